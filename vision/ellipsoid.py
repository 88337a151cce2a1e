"""Metres around a place and latitudes and longitudes on the WGS-84 ellipsoid, both ways and exactly."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float64]

EQUATOR_M = 6_378_137.0
_FLATTENING = 1 / 298.257223563
_E2 = _FLATTENING * (2 - _FLATTENING)
_POLE_M = EQUATOR_M * (1 - _FLATTENING)
_SECOND_E2 = _E2 / (1 - _E2)


@dataclass(frozen=True, slots=True)
class Local:
    """North, east, up in metres from a place on the ellipsoid; points are (n, 3), places (n, 3) lat, lon, height."""

    lat_deg: float
    lon_deg: float

    def places(self, metres: Vectors) -> Vectors:
        """Latitude and longitude in degrees, height in metres above the ellipsoid that up 0 lies on here."""
        return _geodetic(metres @ self._axes() + self._centre())

    def metres(self, places: Vectors) -> Vectors:
        return np.asarray((_cartesian(places) - self._centre()) @ self._axes().T)

    def _centre(self) -> Vectors:
        return np.asarray(_cartesian(np.array([[self.lat_deg, self.lon_deg, 0.0]]))[0])

    def _axes(self) -> Vectors:
        """Rows: where north, east and up point in earth-centred coordinates."""
        lat, lon = math.radians(self.lat_deg), math.radians(self.lon_deg)
        sa, ca, so, co = math.sin(lat), math.cos(lat), math.sin(lon), math.cos(lon)
        return np.array([[-sa * co, -sa * so, ca], [-so, co, 0.0], [ca * co, ca * so, sa]])


def _cartesian(places: Vectors) -> Vectors:
    lat, lon, height = np.radians(places[:, 0]), np.radians(places[:, 1]), places[:, 2]
    across = EQUATOR_M / np.sqrt(1 - _E2 * np.sin(lat) ** 2)
    flat = (across + height) * np.cos(lat)
    return np.column_stack([flat * np.cos(lon), flat * np.sin(lon), (across * (1 - _E2) + height) * np.sin(lat)])


def _geodetic(points: Vectors) -> Vectors:
    """Bowring's formula; within kilometres of the ground it is exact to a micrometre."""
    x, y, z = points.T
    flat = np.hypot(x, y)
    reduced = np.arctan2(z * EQUATOR_M, flat * _POLE_M)
    lat = np.arctan2(z + _SECOND_E2 * _POLE_M * np.sin(reduced) ** 3, flat - _E2 * EQUATOR_M * np.cos(reduced) ** 3)
    root = np.sqrt(1 - _E2 * np.sin(lat) ** 2)
    height = flat * np.cos(lat) + z * np.sin(lat) - EQUATOR_M * root
    return np.column_stack([np.degrees(lat), np.degrees(np.arctan2(y, x)), height])
