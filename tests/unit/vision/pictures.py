"""Builders of pictures and detections for tests: drawn, not photographed."""

from datetime import UTC, datetime

import cv2
import numpy as np

from vision.types import Detections, FrameRef, Image, TimeSource

NOON = datetime(2026, 5, 1, 4, 0, tzinfo=UTC)
"""Twelve o'clock in Beijing."""

Box = tuple[float, float, float, float]


def a_ref(at: datetime = NOON, source_id: str = "north-gate", seq: int = 0) -> FrameRef:
    return FrameRef(source_id, seq, at, at, TimeSource.CONTAINER)


def seen(*things: tuple[str, Box], score: float = 0.9, at: datetime = NOON) -> Detections:
    boxes = np.array([box for _, box in things], np.float32).reshape(-1, 4)
    labels = tuple(label for label, _ in things)
    return Detections(a_ref(at), boxes, np.full(len(things), score, np.float32), labels, "drawn@00000000")


def noise(height: int = 360, width: int = 640, seed: int = 1) -> Image:
    """A picture in which every pixel matters, so that nothing can be changed unseen."""
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)


def street(height: int = 360, width: int = 640) -> Image:
    return np.full((height, width, 3), 110, np.uint8)


def a_car(image: Image, box: tuple[int, int, int, int], plate: str) -> Box:
    """Draw a car seen from behind with a plate of lawful size; where the plate is."""
    x1, y1, x2, y2 = box
    cv2.rectangle(image, (x1, y1), (x2, y2), (40, 40, 160), cv2.FILLED)
    high = (y2 - y1) / 1.5
    left, top = round(x1 + 0.38 * (x2 - x1)), round(y1 + 0.62 * (y2 - y1))
    right, bottom = round(left + 0.44 * high), round(top + 0.14 * high)
    cv2.rectangle(image, (left, top), (right, bottom), (160, 60, 10), cv2.FILLED)
    cv2.putText(image, plate, (left + 2, bottom - 4), (255, 255, 255), cv2.FontFace("sans"), round(0.1 * high), 600)
    return left, top, right, bottom


def cut_out(image: Image, box: Box) -> Image:
    x1, y1, x2, y2 = (round(edge) for edge in box)
    return image[y1:y2, x1:x2]


def likeness(a: Image, b: Image) -> float:
    """Correlation of the fine structure of two pictures: 1 the same, about 0 nothing in common."""
    return float(np.corrcoef(_fine(a), _fine(b))[0, 1])


def _fine(image: Image) -> np.ndarray:
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY).astype(np.float64)
    return np.asarray(grey - cv2.blur(grey, (9, 9))).ravel()
