"""The words everyone uses: a frame, where and when it was taken, and what was seen in it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
"""Pixels (height, width, 3), BGR, 8 bit."""

Grey = NDArray[np.uint8]
"""Luma (height, width), 8 bit."""

Boxes = NDArray[np.float32]
"""(n, 4) x1 y1 x2 y2 in pixels of the frame they belong to, origin top left."""


class TimeSource(StrEnum):
    """Who said when a frame was taken."""

    CAMERA = "camera"
    CONTAINER = "container"
    ARRIVAL = "arrival"


@dataclass(frozen=True, slots=True)
class FrameRef:
    """One frame's name and times. Both times are aware UTC."""

    source_id: str
    seq: int
    captured_at: datetime
    received_at: datetime
    time_source: TimeSource

    def __post_init__(self) -> None:
        for name in ("captured_at", "received_at"):
            if getattr(self, name).tzinfo is None:
                raise ValueError(f"{name} of {self.source_id} #{self.seq} has no time zone")


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A decoded picture with its ref."""

    ref: FrameRef
    image: Image

    def __post_init__(self) -> None:
        if self.image.ndim != 3 or self.image.shape[2] != 3 or self.image.dtype != np.uint8:
            raise ValueError(f"a frame is (h, w, 3) uint8 BGR, not {self.image.shape} {self.image.dtype}")

    @property
    def size_wh(self) -> tuple[int, int]:
        return self.image.shape[1], self.image.shape[0]


@dataclass(frozen=True, slots=True, eq=False)
class Detections:
    """What a detector saw in one frame, in columns: boxes (n, 4) xyxy px, scores (n,) in 0..1, labels n.

    `model` is the model's name@sha8, so that evidence says who decided.
    """

    ref: FrameRef
    boxes: Boxes
    scores: NDArray[np.float32]
    labels: tuple[str, ...]
    model: str

    def __post_init__(self) -> None:
        n = len(self.labels)
        if self.boxes.shape != (n, 4) or self.scores.shape != (n,):
            raise ValueError(f"{n} labels, boxes {self.boxes.shape}, scores {self.scores.shape}")

    def __len__(self) -> int:
        return len(self.labels)

    def only(self, keep: NDArray[np.bool_]) -> "Detections":
        """The rows where `keep` (n,) is true."""
        labels = tuple(label for label, kept in zip(self.labels, keep, strict=True) if kept)
        return Detections(self.ref, self.boxes[keep], self.scores[keep], labels, self.model)


def no_detections(ref: FrameRef, model: str) -> Detections:
    """Looked, and saw nothing."""
    return Detections(ref, np.zeros((0, 4), np.float32), np.zeros(0, np.float32), (), model)
