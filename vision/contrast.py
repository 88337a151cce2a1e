"""How much warmer or colder each cell of a face is than the ground around it."""

import cv2
import numpy as np

from vision.face import Sheet
from vision.layer import Mask

LEAST_K = 1.5
"""A departure of 2 to 3 degrees is what flood-season tests recommend, on temperatures that a vendor's formula stretches
by 1.15 to 1.5 against the apparent ones used here (Zhou and Su, 2022; measured on eight drones' frames)."""
_SIGMAS = 4.0
_AROUND_M = 8.0
_COARSE_M = 0.25
_RANGE_K = 16.0


def contrast(kelvin: Sheet, cell_m: float, *, around_m: float = _AROUND_M) -> Sheet:
    """Kelvin above the median within `around_m`, NaN where nothing was seen.

    The median of a wide window leaves out what fills less than half of it, so a seep does not hide itself.
    """
    step = max(1, round(_COARSE_M / cell_m))
    coarse = kelvin[::step, ::step]
    level = float(np.nanmedian(coarse)) if np.isfinite(coarse).any() else 0.0
    filled = np.where(np.isfinite(coarse), coarse - level, 0.0)
    counts = np.clip(np.round(filled * 127.5 / _RANGE_K + 127.5), 0, 255).astype(np.uint8)
    across = 2 * max(1, round(around_m / 2 / (cell_m * step))) + 1
    around = (cv2.medianBlur(counts, across).astype(np.float32) - 127.5) * _RANGE_K / 127.5 + level
    rows, columns = kelvin.shape
    return np.asarray(kelvin - cv2.resize(around, (columns, rows)), np.float32)


def stands_out(difference: Sheet) -> Mask:
    """Cells warmer or colder than their surroundings by more than the face's own unrest; of either sign.

    Nights after rain showed warm seeps, other hours cold ones. The unrest is the median absolute deviation.
    """
    known = difference[np.isfinite(difference)]
    if not known.size:
        return np.zeros(difference.shape, np.bool_)
    unrest = float(np.median(np.abs(known - np.median(known)))) * 1.4826
    with np.errstate(invalid="ignore"):
        return np.asarray(np.abs(difference) >= max(LEAST_K, _SIGMAS * unrest), np.bool_)
