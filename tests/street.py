"""The rendered street as frames, and the model that ships: what detector tests look at and look with."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import av
import cv2
import numpy as np

from vision.types import Boxes, Detections, Frame, FrameRef, Image, TimeSource

ROOT = Path(__file__).parent.parent
MODELS, SAMPLES = ROOT / "models", ROOT / "samples"
STREET = "street-1"
STANDING_CAR = np.array([519, 310, 837, 454], np.float32)
"""In the lane of firelane_60s.mp4 from second 10 on, as its renderer knows."""
NOON = datetime(2026, 5, 1, 4, tzinfo=UTC)


def a_frame(image: Image, *, seq: int = 0) -> Frame:
    at = NOON + timedelta(seconds=seq)
    return Frame(FrameRef("gate", seq, at, at, TimeSource.CONTAINER), image)


def the_street(second: int = 20) -> Image:
    """The picture at that second of the sample."""
    with av.open(str(SAMPLES / "firelane_60s.mp4")) as film:
        picture = next(frame for frame in film.decode(video=0) if frame.time is not None and frame.time >= second)
    return np.asarray(picture.to_ndarray(format="bgr24"), np.uint8)


def shrunk(image: Image, scale: float) -> Image:
    return np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def on_its_side(image: Image) -> Image:
    """A portrait frame: the street in the upper part, asphalt below."""
    height, width = image.shape[:2]
    below = np.full((width * 16 // 9 - height, width, 3), 90, np.uint8)
    return np.concatenate([image, below])


def overlap(one: Boxes, other: Boxes) -> float:
    """Intersection over union of two boxes."""
    sides = np.clip(np.minimum(one[2:], other[2:]) - np.maximum(one[:2], other[:2]), 0, None)
    areas = np.prod(one[2:] - one[:2]) + np.prod(other[2:] - other[:2])
    return float(np.prod(sides) / (areas - np.prod(sides)))


def found_at(seen: Detections, place: Boxes, *, least: float = 0.6) -> list[str]:
    """The labels of what was seen at that place."""
    return [label for label, box in zip(seen.labels, seen.boxes, strict=True) if overlap(box, place) > least]
