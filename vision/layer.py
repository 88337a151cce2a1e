"""What many looks at one face add up to: a weighted mean per cell, and the patches that stand out of it."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.face import Grid, Sheet
from vision.geometry import Points

Mask = NDArray[np.bool_]


class Layer:
    """A running mean over looks. A look counts for more where it saw more finely."""

    def __init__(self, shape: tuple[int, int]) -> None:
        self._sum = np.zeros(shape, np.float64)
        self._weight = np.zeros(shape, np.float64)

    def add(self, values: Sheet, weight: Sheet) -> None:
        """Cells that are NaN in either were not seen in this look."""
        seen = np.isfinite(values) & np.isfinite(weight)
        self._sum[seen] += values[seen] * weight[seen]
        self._weight[seen] += weight[seen]

    def mean(self) -> Sheet:
        """NaN where no look saw anything."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(self._weight > 0, self._sum / self._weight, np.nan).astype(np.float32)

    def seen(self) -> Mask:
        return self._weight > 0


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """Cells that belong together. middle (2,) and outlines (n, 2): metres on the face, along and up."""

    cells: Mask
    area_m2: float
    middle: Points
    outlines: tuple[Points, ...]


def patches(mask: Mask, grid: Grid, *, least_m2: float, gap_m: float) -> list[Patch]:
    """The largest first. Pieces less than `gap_m` apart are one: a trickle that dries and comes out again."""
    across = 2 * int(gap_m / grid.cell_m / 2) + 1
    near = cv2.dilate(mask.astype(np.uint8), cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (across, across)))
    count, labels = cv2.connectedComponents(near)
    found = [_patch(mask & (labels == number), grid) for number in range(1, count)]
    return sorted((p for p in found if p.area_m2 >= least_m2), key=lambda p: -p.area_m2)


def _patch(cells: Mask, grid: Grid) -> Patch:
    rows, columns = np.nonzero(cells)
    middle = grid.metres(np.array([[columns.mean(), rows.mean()]]))[0]
    contours, _ = cv2.findContours(cells.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    outlines = tuple(grid.metres(c[:, 0].astype(np.float64)) for c in contours if len(c) >= 3)
    return Patch(cells, float(cells.sum()) * grid.cell_m2, middle, outlines)
