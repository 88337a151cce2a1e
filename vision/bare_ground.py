"""What stands on the ground and has no name: goods, bins, barriers, a heap of sand.

The ground is remembered as it looks bare. What covers its texture or brings texture of its own, and is neither a
shadow nor the bare ground coming back, is foreign. Nothing foreign is ever absorbed into the ground, so it stays
foreign for hours (background subtraction alone absorbs a parked object in 11 to 19 s).

Pictures are (h, w, 3) BGR of the reference view, all of one size; boxes are pixels of it.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.types import Boxes, Image

CELL = 8
_Values = NDArray[np.float32]
_Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Cue:
    """Thresholds in grey levels and shares; measured on the sample clips and on changing light over a bare car park.

    texture: variance that counts as texture. alike: correlation below which a cell no longer looks like its ground.
    least_cells: a smaller blob is litter. shadow_spread: a shadow's log ratio to the ground varies less than this.
    storm: when more of the picture than this changes at once, it is the light.
    learn: share of a new look that flows into unchanged ground.
    """

    texture: float = 14.0
    alike: float = 0.5
    least_cells: int = 9
    shadow_spread: float = 0.16
    storm: float = 0.3
    learn: float = 0.1


class BareGround:
    """Learns one view's ground and points at what does not belong to it. Looks must come in order."""

    def __init__(self, cue: Cue | None = None) -> None:
        self._cue = cue or Cue()
        self._ground: _Values | None = None
        self._before: _Values | None = None
        self._foreign: list[_Mask] = []

    def foreign(self, view: Image, known: Boxes) -> Boxes:
        """Boxes (m, 4) of things without a name. `known` (n, 4): boxes that the detector has names for."""
        now = np.asarray(cv2.GaussianBlur(_in_whole_cells(view), (5, 5), 1.0), np.float32)
        if self._ground is None or self._ground.shape != now.shape:
            self._ground = self._before = now
            return _boxes([])
        changed = _changed(self._ground, now, self._cue)
        named = _cells_of(known, changed.shape)
        if (changed & ~named).mean() > self._cue.storm:
            self._learn(now, np.ones_like(changed), named)
            return _boxes([])
        blobs = _blobs(changed & ~named, self._cue.least_cells)
        self._foreign = [blob for blob in blobs if is_foreign(self._ground, now, blob, self._cue)]
        self._learn(now, changed, named)
        return _boxes(self._foreign)

    def _learn(self, now: _Values, changed: _Mask, named: _Mask) -> None:
        """Unchanged cells follow slowly; what was judged light or bare ground is taken as it is once two looks agree
        on it, since it may be passing traffic; what is foreign, never."""
        assert self._ground is not None
        assert self._before is not None
        passing = changed & _changed(self._before, now, self._cue) if changed.any() else changed
        self._before = now
        kept = np.logical_or.reduce([named, passing, *self._foreign])
        cv2.accumulateWeighted(now, self._ground, self._cue.learn, _pixels(~changed & ~kept))
        np.copyto(self._ground, now, where=_pixels(changed & ~kept)[..., None] > 0)


def _changed(ground: _Values, now: _Values, cue: Cue) -> _Mask:
    """Cells whose texture is not the ground's any more."""
    a, b = _structure(ground), _structure(now)
    ab, aa, bb = (_cells(product) for product in (a * b, a * a, b * b))
    correlation = ab / np.sqrt(np.maximum(aa * bb, 1e-6))
    textured = np.maximum(aa, bb) > cue.texture
    return np.asarray(textured & (correlation < cue.alike), np.bool_)


def _structure(picture: _Values) -> _Values:
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    return np.asarray(grey - cv2.blur(grey, (3 * CELL, 3 * CELL)), np.float32)


def _cells(values: _Values) -> _Values:
    size = values.shape[1] // CELL, values.shape[0] // CELL
    means = cv2.resize(values, size, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.blur(means, (3, 3)), np.float32)


def _cells_of(boxes: Boxes, shape: tuple[int, ...]) -> _Mask:
    """Cells under the boxes, with one cell of margin for their shadows and mirrors."""
    mask = np.zeros(shape, np.bool_)
    low = np.maximum(np.floor(boxes[:, :2] / CELL).astype(int) - 1, 0)
    high = np.maximum(np.ceil(boxes[:, 2:] / CELL).astype(int) + 1, 0)
    for (x1, y1), (x2, y2) in zip(low, high, strict=True):
        mask[y1:y2, x1:x2] = True
    return mask


def _blobs(mask: _Mask, least: int) -> list[_Mask]:
    closed = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    count, names, stats, _ = cv2.connectedComponentsWithStats(closed, connectivity=4)
    return [names == i for i in range(1, count) if stats[i, cv2.CC_STAT_AREA] >= least]


def is_foreign(ground: _Values, now: _Values, blob: _Mask, cue: Cue) -> bool:
    """Neither a shadow, nor sun, nor a place that something has just left."""
    rows, columns = _window(blob)
    part = np.s_[rows.start * CELL : rows.stop * CELL, columns.start * CELL : columns.stop * CELL]
    pixels = _pixels(blob[rows, columns]) > 0
    was, is_now = ground[part], now[part]
    return _brings_edges(was, is_now, pixels) and not _is_light(was, is_now, pixels, cue)


def _window(blob: _Mask) -> tuple[slice, slice]:
    """The cells round a blob, with one of margin for its contours."""
    rows, columns = np.flatnonzero(blob.any(axis=1)), np.flatnonzero(blob.any(axis=0))
    below, right = min(int(rows[-1]) + 2, blob.shape[0]), min(int(columns[-1]) + 2, blob.shape[1])
    return slice(max(int(rows[0]) - 1, 0), below), slice(max(int(columns[0]) - 1, 0), right)


def _brings_edges(ground: _Values, now: _Values, pixels: _Mask) -> bool:
    """A thing brings contours; bare ground coming back takes them away."""
    return float(_edges(now)[pixels].mean()) > 1.1 * float(_edges(ground)[pixels].mean())


def _edges(picture: _Values) -> _Values:
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    return np.asarray(np.hypot(cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)), np.float32)


def _is_light(ground: _Values, now: _Values, pixels: _Mask, cue: Cue) -> bool:
    """Light and shadow scale all colours of a surface alike: where it changed, by one factor."""
    ratio = np.log((now[pixels] + 8.0) / (ground[pixels] + 8.0))
    level = ratio.mean(axis=1)
    touched = np.abs(level) > 0.08
    if touched.mean() < 0.1:
        return True
    tint = (ratio[touched] - level[touched, None]).std()
    return bool(level[touched].std() < cue.shadow_spread and tint < 0.08)


def _pixels(cells: _Mask) -> NDArray[np.uint8]:
    size = cells.shape[1] * CELL, cells.shape[0] * CELL
    return np.asarray(cv2.resize(cells.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST), np.uint8)


def _in_whole_cells(view: Image) -> Image:
    return view[: view.shape[0] // CELL * CELL, : view.shape[1] // CELL * CELL]


def _boxes(blobs: list[_Mask]) -> Boxes:
    found = []
    for blob in blobs:
        rows, columns = np.flatnonzero(blob.any(axis=1)), np.flatnonzero(blob.any(axis=0))
        found.append((columns[0], rows[0], columns[-1] + 1, rows[-1] + 1))
    return np.array(found, np.float32).reshape(-1, 4) * CELL
