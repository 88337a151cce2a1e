"""A detector that needs no network: every red blob of a picture is a stall."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import cv2
import numpy as np

from vision.types import Boxes, Detections, Frame, FrameRef, Image, TimeSource

RED = (0, 0, 255)
MODEL = "blobs@00000000"


@dataclass(eq=False)
class SeesBlobs:
    """Sees what is red; the score is the blob's share of its box, so a disc scores about 0.78."""

    name: str = MODEL
    sizes: list[tuple[int, int]] = field(default_factory=list)

    def detect(self, frames: Sequence[Frame]) -> list[Detections]:
        self.sizes += [frame.size_wh for frame in frames]
        return [_seen(frame) for frame in frames]


def _seen(frame: Frame) -> Detections:
    red = (frame.image[:, :, 2] > 200) & (frame.image[:, :, 1] < 60)
    count, _, stats, _ = cv2.connectedComponentsWithStats(red.astype(np.uint8))
    rows = stats[1:count]
    boxes = np.concatenate([rows[:, :2], rows[:, :2] + rows[:, 2:4]], axis=1).astype(np.float32)
    scores = (rows[:, 4] / np.maximum(rows[:, 2] * rows[:, 3], 1)).astype(np.float32)
    return Detections(frame.ref, boxes, scores, ("stall_parasol",) * len(rows), MODEL)


def ground(width: int, height: int, *discs: tuple[int, int, int]) -> Image:
    """A green field with red discs (centre x, centre y, radius) on it."""
    image = np.full((height, width, 3), (40, 120, 40), np.uint8)
    for x, y, radius in discs:
        cv2.circle(image, (x, y), radius, RED, -1)
    return image


def as_frame(image: Image) -> Frame:
    noon = datetime(2026, 5, 1, 4, tzinfo=UTC)
    return Frame(FrameRef("drone", 0, noon, noon, TimeSource.CAMERA), image)


def box_of(x: int, y: int, radius: int) -> Boxes:
    return np.array([x - radius, y - radius, x + radius + 1, y + radius + 1], np.float32)
