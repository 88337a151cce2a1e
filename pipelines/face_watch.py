"""One flat piece of a dam during one flight: every look of every camera is laid on it and added up."""

from dataclasses import dataclass, replace
from datetime import datetime

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines.dam import Dam, Region
from vision.ellipsoid import Local
from vision.face import Face, Grid, Sheet, Sight
from vision.layer import Layer, Mask, Patch
from vision.pose import Lens, Pose
from vision.sight import local_m, sight
from vision.types import Image

MOST_CELLS = 2_000_000
FINEST_CELL_M = 0.03
COARSEST_PIXEL_M = 0.25
"""Where a pixel is wider, the smallest patch that counts (0.3 m2) is fewer than five of them: nobody looked there."""


@dataclass(frozen=True, slots=True, eq=False)
class Glimpse:
    """One look of one camera: from which file, how far into it, when (aware UTC, None when unknown) and from where."""

    file: str
    media_s: float
    at: datetime | None
    pose: Pose
    lens: Lens
    sharpness: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Sheets:
    """What a flight saw of a face, each (rows, columns) of its grid.

    luma: 0..255. wet, boil: 0..1. kelvin: apparent temperature above the face's own median.
    """

    grid: Grid
    luma: Sheet
    wet: Sheet
    boil: Sheet
    kelvin: Sheet

    def seen_share(self) -> float:
        """How much of the face any camera saw."""
        seen = np.isfinite(self.luma) | np.isfinite(self.kelvin)
        return float((seen & self.grid.inside).sum() / max(int(self.grid.inside.sum()), 1))


class FaceWatch:
    """Give it every look in any order; `sheets` is what they add up to."""

    def __init__(self, region: Region, dam: Dam, *, cell_m: float) -> None:
        self.region = region
        self.around = Local(float(region.corners[0, 0]), float(region.corners[0, 1]))
        self.face = Face.through(local_m(region.corners, self.around))
        self.grid = _without_drains(self.face.grid(_affordable(self.face, cell_m)), dam, self.around)
        self.colour_glimpses: list[Glimpse] = []
        self.thermal_glimpses: list[Glimpse] = []
        self._spots = _spots(self.grid)
        shape = self.grid.inside.shape
        self._luma, self._wet, self._boil, self._kelvin = (Layer(shape) for _ in range(4))

    def shows(self, glimpse: Glimpse) -> bool:
        """Whether the picture shows any of this face; cheaper than looking at it."""
        eye = self.sight(glimpse)
        within = eye.of(self.face.places(self._spots))
        width, height = eye.size_wh
        return bool(((within >= 0) & (within < [width, height])).all(axis=1).any())

    def see_colour(self, glimpse: Glimpse, picture: Image, wet: NDArray[np.float32], boil: NDArray[np.float32]) -> bool:
        """wet, boil: 0..1 per pixel of the picture. False when the picture shows nothing of this face."""
        eye, weight = self._weight(glimpse)
        if weight is None:
            return False
        luma = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.float32)
        for layer, values in ((self._luma, luma), (self._wet, wet), (self._boil, boil)):
            layer.add(self.grid.laid(values, eye, np.isfinite(weight)), weight)
        self.colour_glimpses.append(glimpse)
        return True

    def see_thermal(self, glimpse: Glimpse, kelvin: NDArray[np.float32]) -> bool:
        """Sensors drift by kelvins within minutes, so each look counts against its own median on the face."""
        eye, weight = self._weight(glimpse)
        if weight is None:
            return False
        laid = self.grid.laid(kelvin, eye, np.isfinite(weight))
        self._kelvin.add(laid - np.float32(np.nanmedian(laid)), weight)
        self.thermal_glimpses.append(glimpse)
        return True

    def sheets(self) -> Sheets:
        return Sheets(self.grid, self._luma.mean(), self._wet.mean(), self._boil.mean(), self._kelvin.mean())

    def sight(self, glimpse: Glimpse) -> Sight:
        return sight(glimpse.pose, glimpse.lens, self.around)

    def _weight(self, glimpse: Glimpse) -> tuple[Sight, Sheet | None]:
        """A look counts by the square of how finely it sees; None when it sees nothing of the face."""
        eye = self.sight(glimpse)
        coarse = self.grid.coarsest_m(eye)
        coarse[coarse > COARSEST_PIXEL_M] = np.nan
        return eye, None if np.isnan(coarse).all() else (1 / np.square(coarse)).astype(np.float32)


def _spots(grid: Grid) -> NDArray[np.float64]:
    """A few hundred places of the face (n, 2)."""
    rows, columns = np.nonzero(grid.inside)
    some = np.linspace(0, len(rows) - 1, min(len(rows), 400)).astype(int)
    return grid.metres(np.stack([columns[some], rows[some]], axis=1).astype(np.float64))


def _affordable(face: Face, cell_m: float) -> float:
    """A long levee gets coarser cells rather than more memory than the machine has."""
    extent = np.ptp(face.outline, axis=0)
    return max(cell_m, FINEST_CELL_M, float(np.sqrt(np.prod(extent) / MOST_CELLS)))


def _without_drains(grid: Grid, dam: Dam, around: Local) -> Grid:
    """Water at a drain is expected: its cells are no part of what is watched."""
    inside = grid.inside.copy()
    for drain in dam.drains():
        inside &= ~_covered(grid, local_m(drain.corners, around))
    return replace(grid, inside=inside)


def _covered(grid: Grid, corners_m: NDArray[np.float64]) -> Mask:
    offset = corners_m - grid.face.origin_m
    flat = np.stack([offset @ grid.face.along, offset @ grid.face.up], axis=1)
    drawn = np.zeros(grid.inside.shape, np.uint8)
    cv2.fillPoly(drawn, [np.round(grid.cells(flat)).astype(np.int32)], 1)
    return drawn > 0


def clearest(glimpses: list[Glimpse], patch: Patch, watch: FaceWatch) -> Glimpse | None:
    """The look that shows the patch most finely: its face for whoever has to decide."""
    middle = watch.face.places(patch.middle[None])
    best = [(_pixel_m(watch.sight(g), middle), -g.sharpness, n) for n, g in enumerate(glimpses)]
    seen = [entry for entry in best if np.isfinite(entry[0])]
    return glimpses[min(seen)[2]] if seen else None


def _pixel_m(eye: Sight, place: NDArray[np.float64]) -> float:
    """Metres that one pixel covers there, across the line of sight; NaN when the picture does not show it."""
    x, y = eye.of(place)[0]
    width, height = eye.size_wh
    if not (0 <= x < width and 0 <= y < height):
        return float("nan")
    return float(np.linalg.norm(place[0] - eye.centre_m) / eye.matrix[0, 0])
