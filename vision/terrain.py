"""Ground given as a grid of heights: where a line of sight first meets it, and how steep it is there."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vision.ellipsoid import Local
from vision.pose import Doubt, Origin, Pose
from vision.surface import Facet, Vector

Heights = NDArray[np.float32]
"""(rows, columns) metres, north first, NaN where nothing is known."""

_OF_SATELLITES = Doubt(4.0, Origin.TERRAIN)
"""Grids of one second of arc: metres, trees and roofs included."""
_FAR_M = 5000.0
_LOWEST_M = -450.0
"""The shore of the Dead Sea: no line of sight has to be followed below it."""
_HALVINGS = 20
_METRES_PER_DEG = 111_320.0


@dataclass(frozen=True, slots=True, eq=False)
class Terrain:
    """A grid in latitude and longitude. `north_deg`, `west_deg` are the middle of its first cell, steps are positive.

    Its heights must be above the same datum as the pose's: a mix of geoid and ellipsoid costs up to 30 m. Where the
    take-off is known, `height(take-off)` plus the height above take-off is such a height, whatever the datum.
    """

    heights: Heights
    north_deg: float
    west_deg: float
    lat_step_deg: float
    lon_step_deg: float
    doubt: Doubt = _OF_SATELLITES

    @property
    def is_level(self) -> bool:
        return True

    def height(self, lat_deg: float, lon_deg: float) -> float:
        """Metres, between the four nearest cells; NaN outside the grid and beside unknown cells."""
        return float(self._heights_at(np.array([[lat_deg, lon_deg]]))[0])

    def facet(self, pose: Pose, ray: Vector) -> Facet | None:
        """Marches half a cell at a time to 5 km, then halves the last step twenty times.

        None when nothing is met before that, or where the heights are unknown.
        """
        line = _Line(Local(pose.lat_deg, pose.lon_deg), pose.height_m, ray)
        before = self._first_below(line)
        if before is None:
            return None
        met = self._halved(line, *before)
        normal = self._normal(line, met)
        return None if np.isnan(normal).any() else Facet(line.points(np.array([met]))[0], normal)

    def _first_below(self, line: "_Line") -> tuple[float, float] | None:
        run = math.hypot(line.ray[0], line.ray[1])
        step = self.lat_step_deg * _METRES_PER_DEG / 2
        far = min(_FAR_M, (line.height - _LOWEST_M) / -line.ray[2]) if line.ray[2] < 0 else _FAR_M
        stations = np.linspace(0, far, max(2, math.ceil(far * run / step) + 1))
        above = self._clearance(line, stations)
        stops = np.flatnonzero(~(above > 0))
        if not len(stops) or stops[0] == 0 or math.isnan(above[stops[0]]):
            return None
        return float(stations[stops[0] - 1]), float(stations[stops[0]])

    def _halved(self, line: "_Line", above: float, below: float) -> float:
        for _ in range(_HALVINGS):
            middle = (above + below) / 2
            above, below = (middle, below) if self._clearance(line, np.array([middle]))[0] > 0 else (above, middle)
        return below

    def _clearance(self, line: "_Line", stations: Vector) -> Vector:
        """How high the line runs above the ground, the earth's curvature included."""
        places = line.local.places(line.points(stations))
        return np.asarray(places[:, 2] - self._heights_at(places))

    def _normal(self, line: "_Line", met: float) -> Vector:
        """From a cell to either side: the ground's own roughness within a cell is not known."""
        cell = self.lat_step_deg * _METRES_PER_DEG / 2
        around = line.points(np.array([met])) + cell * np.array([[1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0]])
        north, south, east, west = self._heights_at(line.local.places(around))
        normal = np.array([(south - north) / (2 * cell), (west - east) / (2 * cell), 1.0])
        return np.asarray(normal / np.linalg.norm(normal))

    def _heights_at(self, places: Vector) -> Vector:
        """Bilinear between the middles of cells."""
        row = (self.north_deg - places[:, 0]) / self.lat_step_deg
        column = (places[:, 1] - self.west_deg) / self.lon_step_deg
        rows, columns = self.heights.shape
        inside = (row >= 0) & (row <= rows - 1) & (column >= 0) & (column <= columns - 1)
        top = np.clip(np.floor(row), 0, rows - 2).astype(int)
        left = np.clip(np.floor(column), 0, columns - 2).astype(int)
        down, right = row - top, column - left
        upper = self.heights[top, left] * (1 - right) + self.heights[top, left + 1] * right
        lower = self.heights[top + 1, left] * (1 - right) + self.heights[top + 1, left + 1] * right
        return np.where(inside, upper * (1 - down) + lower * down, np.nan)


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    """A line of sight: `ray` has length 1."""

    local: Local
    height: float
    ray: Vector

    def points(self, stations: Vector) -> Vector:
        return np.array([0.0, 0.0, self.height]) + stations[:, None] * self.ray
