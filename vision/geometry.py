"""Boxes, polygons and the ground: where things overlap, and how much width is left beside them.

Boxes are xyxy; polygons are (n, 2) x y. Pixels have their origin top left; the ground is metres in a plane of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Interval = tuple[float, float]


def points(pairs: Sequence[Sequence[float]]) -> Points:
    return np.asarray(pairs, np.float64).reshape(-1, 2)


def iou(a: NDArray[np.floating], b: NDArray[np.floating]) -> NDArray[np.float64]:
    """Intersection over union of every box of `a` (n, 4) with every box of `b` (m, 4): (n, m)."""
    low = np.maximum(a[:, None, :2], b[None, :, :2])
    high = np.minimum(a[:, None, 2:], b[None, :, 2:])
    inter = np.prod(np.clip(high - low, 0, None), axis=2)
    union = _areas(a)[:, None] + _areas(b)[None, :] - inter
    return np.asarray(inter / np.maximum(union, 1e-9), np.float64)


def covered(boxes: NDArray[np.floating], others: NDArray[np.floating]) -> NDArray[np.float64]:
    """Which share of every box (n, 4) each of the others (m, 4) covers: (n, m)."""
    low = np.maximum(boxes[:, None, :2], others[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], others[None, :, 2:])
    inter = np.prod(np.clip(high - low, 0, None), axis=2)
    return np.asarray(inter / np.maximum(_areas(boxes)[:, None], 1e-9), np.float64)


def _areas(boxes: NDArray[np.floating]) -> NDArray[np.float64]:
    return np.asarray(np.prod(np.clip(boxes[:, 2:] - boxes[:, :2], 0, None), axis=1), np.float64)


def area(polygon: Points) -> float:
    x, y = polygon[:, 0], polygon[:, 1]
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)


def share_inside(box: NDArray[np.floating], polygon: Points) -> float:
    """The share of the box's area that lies inside the polygon, which may be concave."""
    whole = float(_areas(box[None, :])[0])
    return area_inside(box, polygon) / whole if whole > 0 else 0.0


def area_inside(box: NDArray[np.floating], polygon: Points) -> float:
    """Area of the polygon's part within the box (Sutherland-Hodgman against the four sides)."""
    part = polygon
    for axis, limit, keep_above in ((0, box[0], True), (0, box[2], False), (1, box[1], True), (1, box[3], False)):
        part = _clip(part, axis, float(limit), keep_above=keep_above)
        if len(part) < 3:
            return 0.0
    return area(part)


def _clip(polygon: Points, axis: int, limit: float, *, keep_above: bool) -> Points:
    sign = 1.0 if keep_above else -1.0
    depth = sign * (polygon[:, axis] - limit)
    kept: list[NDArray[np.float64]] = []
    for here, there, d0, d1 in zip(polygon, np.roll(polygon, -1, 0), depth, np.roll(depth, -1), strict=True):
        if d0 >= 0:
            kept.append(here)
        if (d0 >= 0) != (d1 >= 0):
            kept.append(here + (there - here) * (d0 / (d0 - d1)))
    return np.asarray(kept, np.float64).reshape(-1, 2)


def is_simple(polygon: Points) -> bool:
    """True when no two sides of the polygon cross."""
    n = len(polygon)
    pairs = ((i, j) for i in range(n) for j in range(i + 2, n) if (j + 1) % n != i)
    return not any(_cross(polygon[i], polygon[(i + 1) % n], polygon[j], polygon[(j + 1) % n]) for i, j in pairs)


def _cross(a: Points, b: Points, c: Points, d: Points) -> bool:
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(a: Points, b: Points, c: Points) -> float:
    return float((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))


def corners(box: NDArray[np.floating]) -> Points:
    x1, y1, x2, y2 = (float(v) for v in box)
    return points([(x1, y1), (x2, y1), (x2, y2), (x1, y2)])


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """A plane homography from image pixels to metres, from four or more matched points."""

    matrix: NDArray[np.float64]

    @staticmethod
    def through(image_px: Points, ground_m: Points) -> "Ground":
        """Raises ValueError when the points do not span a plane."""
        matrix, _ = cv2.findHomography(image_px, ground_m)
        if matrix is None or not np.isfinite(matrix).all() or abs(np.linalg.det(matrix)) < 1e-12:
            raise ValueError("the points lie on one line, or two of them coincide")
        return Ground(np.asarray(matrix, np.float64))

    def metres(self, image_px: Points) -> Points:
        mapped = cv2.perspectiveTransform(image_px.reshape(-1, 1, 2), self.matrix)
        return np.asarray(mapped, np.float64).reshape(-1, 2)

    def pixels(self, ground_m: Points) -> Points:
        mapped = cv2.perspectiveTransform(ground_m.reshape(-1, 1, 2), np.linalg.inv(self.matrix))
        return np.asarray(mapped, np.float64).reshape(-1, 2)


def clear_width(lane_m: Points, footprints_m: Sequence[Points], *, step_m: float = 0.25) -> float:
    """The width in metres that a fire engine finds at the narrowest place of the lane.

    Sections are cut across the lane's long axis every `step_m`, and through every footprint's middle since it may be
    thinner than that; in each the widest gap between the lane's sides and the footprints counts, and the narrowest
    section decides. Only sections beside a footprint are looked at: a lane that tapers off at its end is not blocked
    by that.
    """
    turned = _along(lane_m)
    lane, things = turned(lane_m), [turned(f) for f in footprints_m]
    reach = [(float(t[:, 0].min()), float(t[:, 0].max())) for t in things]
    low, high = float(lane[:, 0].min()), float(lane[:, 0].max())
    stations = [*np.arange(low + step_m / 2, high, step_m), *((a + b) / 2 for a, b in reach)]
    widths = [
        _widest_gap(_section(lane, x), [_span(t, x) for t, (a, b) in zip(things, reach, strict=True) if a <= x <= b])
        for x in stations
        if low < x < high and any(a <= x <= b for a, b in reach)
    ]
    return min(widths, default=lane_width(lane_m))


def lane_width(lane_m: Points) -> float:
    """The lane's usual width in metres: the median of its sections."""
    lane = _along(lane_m)(lane_m)
    stations = np.linspace(lane[:, 0].min(), lane[:, 0].max(), 41)[1:-1]
    return float(np.median([sum(b - a for a, b in _section(lane, float(x))) for x in stations]))


def long_axis(lane_m: Points) -> Points:
    """Unit vector (2,) along the lane."""
    (_, _), (width, height), angle = cv2.minAreaRect(lane_m.astype(np.float32))
    turn = np.deg2rad(angle if width >= height else angle + 90)
    return np.array([np.cos(turn), np.sin(turn)])


def _along(lane_m: Points) -> Callable[[Points], Points]:
    cosine, sine = long_axis(lane_m)
    rotation = np.array([[cosine, sine], [-sine, cosine]])
    return lambda shape: shape @ rotation.T


def _section(polygon: Points, x: float) -> list[Interval]:
    """Where the vertical line at x runs inside the polygon."""
    ys = sorted(_crossings(polygon, x))
    return list(zip(ys[::2], ys[1::2], strict=False))


def _span(polygon: Points, x: float) -> Interval:
    ys = _crossings(polygon, x)
    return (min(ys), max(ys)) if ys else (0.0, 0.0)


def _crossings(polygon: Points, x: float) -> list[float]:
    ahead = np.roll(polygon, -1, 0)
    hit = (polygon[:, 0] <= x) != (ahead[:, 0] <= x)
    a, b = polygon[hit], ahead[hit]
    return [float(v) for v in a[:, 1] + (x - a[:, 0]) / (b[:, 0] - a[:, 0]) * (b[:, 1] - a[:, 1])]


def _widest_gap(free: Sequence[Interval], taken: Sequence[Interval]) -> float:
    return max((_gap(a, b, taken) for a, b in free), default=0.0)


def _gap(low: float, high: float, taken: Sequence[Interval]) -> float:
    widest, at = 0.0, low
    for a, b in sorted(taken):
        widest = max(widest, min(a, high) - at)
        at = max(at, b)
    return max(widest, high - at, 0.0)
