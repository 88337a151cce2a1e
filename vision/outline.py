"""What the outline of a patch says: how large, how long, which way it runs, whether its front is a ruler's line."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Polygon = NDArray[np.int32]
"""(n, 2) x y in px of the mask, the outermost outline, not closed."""

RULER_PX = 2.5
LINES = 60


@dataclass(frozen=True, slots=True)
class Outline:
    """`elongation` is length over width of the equal ellipse (1: round); `axis_deg` its long axis, clockwise from
    the picture's x axis, in 0..180; `box` x1 y1 x2 y2 px, the far side exclusive."""

    area_px: int
    box: tuple[int, int, int, int]
    elongation: float
    axis_deg: float


def outline_of(mask: Mask) -> Outline:
    """Raises ValueError for a mask without a pixel."""
    ys, xs = np.nonzero(mask)
    if not len(xs):
        raise ValueError("an empty mask has no outline")
    box = int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1
    spread = np.cov(np.stack([xs, ys]), bias=True) + np.eye(2) / 12
    values, vectors = np.linalg.eigh(spread)
    axis = float(np.degrees(np.arctan2(vectors[1, 1], vectors[0, 1]))) % 180
    return Outline(len(xs), box, float(np.sqrt(values[1] / values[0])), axis)


def runs_down(outline: Outline, slope_deg: float, *, within_deg: float = 30, least: float = 1.8) -> bool:
    """Long, and along the slope's fall line in the picture: the tail (拖尾) of water that comes out and runs."""
    off = abs((outline.axis_deg - slope_deg + 90) % 180 - 90)
    return outline.elongation >= least and off <= within_deg


def polygon_of(mask: Mask, *, tolerance_px: float = 1.5) -> Polygon:
    """The outline of the largest piece, simplified to the tolerance."""
    contours, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        raise ValueError("an empty mask has no outline")
    largest = max(contours, key=cv2.contourArea)
    return np.asarray(cv2.approxPolyDP(largest, tolerance_px, True), np.int32).reshape(-1, 2)


def straightness(front: Mask) -> float:
    """Share of the front's pixels on its best straight line: built edges are near 1, fronts of water below .6.

    Random pairs of pixels, always the same ones for the same front.
    """
    ys, xs = np.nonzero(front)
    points = np.stack([xs, ys], axis=1).astype(np.float64)
    chosen = np.random.default_rng(0).integers(len(points), size=(LINES, 2)) if len(points) else np.zeros((0, 2), int)
    return max((_on_line(points, points[a], points[b]) for a, b in chosen), default=0.0)


def _on_line(points: NDArray[np.float64], start: NDArray[np.float64], end: NDArray[np.float64]) -> float:
    along = end - start
    length = float(np.hypot(*along))
    if length < 20:
        return 0.0
    off = (points[:, 0] - start[0]) * along[1] - (points[:, 1] - start[1]) * along[0]
    return float((np.abs(off) / length < RULER_PX).mean())
