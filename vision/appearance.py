"""Is what stood at this spot still what stands there? Answered from pixels, whatever the light does."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.types import Grey

Patch = NDArray[np.float32]
"""(32, 32) luma with its local mean taken out and its local contrast made one."""

SIDE = 32
_SLACK = 3
_LEAST_CONTRAST = 2.0
_VISIBLE = 0.65
"""How much of a side must lie in the picture; less compares the repeated edge with itself."""


def patch_at(picture: Grey, box: NDArray[np.floating]) -> Patch | None:
    """The spot's appearance; None when the box lies outside the picture or is too small to compare."""
    cut = _crop(picture, box, SIDE)
    return None if cut is None else normalised(cut)


def normalised(cut: Grey) -> Patch:
    """Local contrast normalisation over a fifth of the patch: sun, cloud and headlights drop out, edges stay."""
    values = cut.astype(np.float32)
    flat = values - cv2.GaussianBlur(values, (0, 0), SIDE / 5)
    contrast = np.sqrt(cv2.GaussianBlur(flat * flat, (0, 0), SIDE / 5))
    return np.asarray(flat / (contrast + _LEAST_CONTRAST), np.float32)


@dataclass(frozen=True, slots=True)
class Sighting:
    """How much a place looks as remembered (-1..1), and how far from the spot that place lies, in shares of the box."""

    alike: float
    shift: tuple[float, float]


def sighting(remembered: Patch, picture: Grey, box: NDArray[np.floating]) -> Sighting | None:
    """The place within a tenth of the box around its spot that looks most as remembered.

    None when the spot can't be seen. The slack forgives sway of the camera; the shift tells it from a slow car.
    """
    cut = _crop(picture, _grown(box, _SLACK / SIDE), SIDE + 2 * _SLACK)
    if cut is None:
        return None
    scores = cv2.matchTemplate(normalised(cut), remembered, cv2.TM_CCOEFF_NORMED)
    row, column = (int(v) for v in np.unravel_index(int(scores.argmax()), scores.shape))
    across, down = column + _peak(scores[row], column) - _SLACK, row + _peak(scores[:, column], row) - _SLACK
    return Sighting(float(scores[row, column]), (across / SIDE, down / SIDE))


def _peak(scores: NDArray[np.floating], at: int) -> float:
    """How far from the best sample the top lies of the parabola through it and its neighbours."""
    if not 0 < at < len(scores) - 1:
        return 0.0
    before, top, after = (float(score) for score in scores[at - 1 : at + 2])
    bend = before - 2 * top + after
    return 0.5 * (before - after) / bend if bend < 0 else 0.0


def unrest(before: Grey, spot_before: NDArray[np.floating], now: Grey, spot_now: NDArray[np.floating]) -> float:
    """Mean grey levels by which a spot differs between two pictures, beyond a common change of level."""
    a, b = _crop(before, spot_before, SIDE), _crop(now, spot_now, SIDE)
    if a is None or b is None:
        return 0.0
    difference = b.astype(np.int16) - a
    return float(np.abs(difference - np.median(difference)).mean())


def _grown(box: NDArray[np.floating], share: float) -> NDArray[np.float64]:
    margin = (box[2:] - box[:2]) * share
    return np.concatenate([box[:2] - margin, box[2:] + margin])


def _crop(picture: Grey, box: NDArray[np.floating], side: int) -> Grey | None:
    """The box resampled to (side, side); parts outside the picture repeat its edge."""
    x1, y1, x2, y2 = (float(v) for v in box)
    height, width = picture.shape
    if x2 - x1 < 6 or y2 - y1 < 6 or min(x2, width) - max(x1, 0) < _VISIBLE * (x2 - x1):
        return None
    if min(y2, height) - max(y1, 0) < _VISIBLE * (y2 - y1):
        return None
    scale = np.array([[side / (x2 - x1), 0, -x1 * side / (x2 - x1)], [0, side / (y2 - y1), -y1 * side / (y2 - y1)]])
    shrink = (x2 - x1) / side
    if shrink > 1.5:
        return _shrunk(picture, box, side)
    cut = cv2.warpAffine(picture, scale, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cut, np.uint8)


def _shrunk(picture: Grey, box: NDArray[np.floating], side: int) -> Grey:
    x1, y1, x2, y2 = (round(float(v)) for v in box)
    height, width = picture.shape
    cut = picture[max(y1, 0) : min(y2, height), max(x1, 0) : min(x2, width)]
    pads = (max(-y1, 0), max(y2 - height, 0), max(-x1, 0), max(x2 - width, 0))
    if any(pads):
        cut = cv2.copyMakeBorder(cut, *pads, cv2.BORDER_REPLICATE)
    return np.asarray(cv2.resize(cut, (side, side), interpolation=cv2.INTER_AREA), np.uint8)
