"""A picture from above in overlapping tiles at the ground resolution that the network knows.

Slicing as in SAHI (Akyon et al. 2022, arXiv:2202.06934); a thing that two tiles see is told once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.detector import Detector
from vision.letterbox import GREY
from vision.suppression import overlaps
from vision.turns import AS_IT_IS, Turn
from vision.types import Boxes, Detections, Frame, Image
from vision.votes import agreed

MOST_ENLARGED = 4.0
"""Beyond that a picture holds nothing that enlarging could show."""
_EDGE = 1.5
"""A box this near to a tile's edge, px, is cut by it."""
_SAME, _PART = 0.5, 0.6
"""IoU from which two boxes are one thing, and the share of a cut box inside another from which it is a part of it."""


@dataclass(frozen=True, slots=True)
class Tiling:
    """Tiles of `side` px that share at least `overlap` px, cut from the picture scaled to `cm_per_px` of ground.

    A thing no wider than the overlap lies whole in some tile.
    """

    side: int
    overlap: int
    cm_per_px: float


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """One way to look at a tile: who looks, and how the tile is laid before it."""

    detector: Detector
    turn: Turn = AS_IT_IS


@dataclass(frozen=True, slots=True, eq=False)
class Tile:
    """One cut of a picture, filled up with grey to (side, side, 3)."""

    image: Image
    left: int
    top: int
    picture_wh: tuple[int, int]

    def cuts(self, boxes: Boxes) -> NDArray[np.bool_]:
        """Which boxes, in pixels of the tile, end at an edge behind which the picture goes on."""
        side = self.image.shape[0]
        x1, y1, x2, y2 = boxes.T
        left, top = (x1 < _EDGE) & (self.left > 0), (y1 < _EDGE) & (self.top > 0)
        right = (x2 > side - _EDGE) & (self.left + side < self.picture_wh[0])
        bottom = (y2 > side - _EDGE) & (self.top + side < self.picture_wh[1])
        return np.asarray(left | top | right | bottom, bool)


class TiledDetector:
    """Looks at pictures of any size from above with detectors made for small ones."""

    def __init__(self, ways: Sequence[Way], tiling: Tiling) -> None:
        self._ways = ways
        self._tiling = tiling

    def look(self, frame: Frame, *, cm_per_px: float) -> Detections:
        """Boxes in pixels of the frame, whose ground resolution is `cm_per_px`. Raises DetectorFailed."""
        scale = min(cm_per_px / self._tiling.cm_per_px, MOST_ENLARGED)
        laid = tiles(scaled(frame.image, scale), self._tiling)
        looks = [self._in(tile, frame) for tile in laid]
        cut = np.concatenate([tile.cuts(look.boxes) for tile, look in zip(laid, looks, strict=True)])
        moved = [shifted(look, tile.left, tile.top) for tile, look in zip(laid, looks, strict=True)]
        return each_once(joined(moved), cut, scale=scale, size_wh=frame.size_wh)

    def _in(self, tile: Tile, frame: Frame) -> Detections:
        """What the ways of looking agree on, in pixels of the tile."""
        return agreed([self._along(way, tile, frame) for way in self._ways])

    def _along(self, way: Way, tile: Tile, frame: Frame) -> Detections:
        [seen] = way.detector.detect([Frame(frame.ref, way.turn.lay(tile.image))])
        return replace(seen, boxes=way.turn.back(seen.boxes, self._tiling.side))


def scaled(image: Image, scale: float) -> Image:
    height, width = image.shape[:2]
    size = max(1, round(width * scale)), max(1, round(height * scale))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(image, size, interpolation=how), np.uint8)


def tiles(image: Image, tiling: Tiling) -> list[Tile]:
    """Row by row; as few as cover the picture, evenly spread."""
    height, width = image.shape[:2]
    places = [(x, y) for y in starts(height, tiling) for x in starts(width, tiling)]
    return [
        Tile(_filled(image[y : y + tiling.side, x : x + tiling.side], tiling.side), x, y, (width, height))
        for x, y in places
    ]


def starts(length: int, tiling: Tiling) -> list[int]:
    """Where tiles begin along one side of a picture, px."""
    rest = max(0, length - tiling.side)
    count = 1 + int(np.ceil(rest / (tiling.side - tiling.overlap)))
    return [round(at) for at in np.linspace(0, rest, count)]


def _filled(image: Image, side: int) -> Image:
    height, width = image.shape[:2]
    canvas = np.full((side, side, 3), GREY, np.uint8)
    canvas[:height, :width] = image
    return canvas


def shifted(seen: Detections, left: int, top: int) -> Detections:
    return replace(seen, boxes=seen.boxes + np.array([left, top, left, top], np.float32))


def joined(looks: Sequence[Detections]) -> Detections:
    """All rows of several looks at one frame."""
    labels = tuple(label for look in looks for label in look.labels)
    boxes, scores = (np.concatenate([getattr(look, name) for look in looks]) for name in ("boxes", "scores"))
    return Detections(looks[0].ref, boxes, scores, labels, looks[0].model)


def each_once(seen: Detections, cut: NDArray[np.bool_], *, scale: float, size_wh: tuple[int, int]) -> Detections:
    """One row per thing, in pixels of the picture before it was scaled; whole boxes go before boxes that are `cut`."""
    waiting, kept = np.lexsort((-seen.scores, cut)), []
    while waiting.size:
        best, rest = waiting[0], waiting[1:]
        kept.append(best)
        same = overlaps(seen.boxes[best], seen.boxes[rest]) > _SAME
        part = cut[rest] & (inside(seen.boxes[rest], seen.boxes[best]) > _PART)
        waiting = rest[~(same | part)]
    rows = np.array(kept, np.int64)
    boxes = np.clip(seen.boxes[rows] / np.float32(scale), 0, np.array(size_wh * 2, np.float32))
    return Detections(seen.ref, boxes, seen.scores[rows], tuple(seen.labels[row] for row in kept), seen.model)


def inside(boxes: Boxes, of: Boxes) -> NDArray[np.float32]:
    """The share of each box (n, 4) that lies in the box `of` (4,)."""
    sides = np.minimum(of[2:], boxes[:, 2:]) - np.maximum(of[:2], boxes[:, :2])
    shared = np.prod(np.clip(sides, 0, None), axis=1)
    return np.asarray(shared / np.maximum(np.prod(boxes[:, 2:] - boxes[:, :2], axis=1), 1e-6), np.float32)
