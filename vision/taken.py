"""How much of a piece of ground is taken by what stands on it."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.geometry import Points

_ACROSS = 256
"""Cells along the ground's longer side: of a pavement of 25 m, squares of 10 cm."""


def area_taken(ground: Points, shapes: Sequence[Points]) -> float:
    """Area of the polygon that lies under any of the shapes, in the square of their unit. What overlaps counts once.

    Counted in cells of 1/256 of the polygon's longer side.
    """
    low = ground.min(axis=0)
    cell = max(float(np.ptp(ground, axis=0).max()) / _ACROSS, 1e-9)
    whole, taken = _filled([ground], low, cell), _filled(shapes, low, cell)
    return float(np.count_nonzero(whole & taken)) * cell * cell


def _filled(shapes: Sequence[Points], low: Points, cell: float) -> NDArray[np.uint8]:
    mask = np.zeros((_ACROSS + 1, _ACROSS + 1), np.uint8)
    for shape in shapes:
        cv2.fillPoly(mask, [np.round((shape - low) / cell).astype(np.int32)], 1)
    return mask
