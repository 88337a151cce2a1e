"""Pins as GeoJSON (RFC 7946: WGS-84, longitude first), with the error ellipse as a polygon that any map can draw."""

import math
from collections.abc import Mapping

import numpy as np

from vision.attitude import rotation
from vision.ellipsoid import Local
from vision.pin import SHARE, Pin

_SIDES = 36
_DIGITS = 8
"""A millimetre."""


def feature(pin: Pin, properties: Mapping[str, object]) -> dict[str, object]:
    """The pin with its ellipse beside it, as one feature of two geometries."""
    ellipse = pin.spread.ellipse()
    said = {
        "error_m": round(ellipse.long_m, 2),
        "error_across_m": round(ellipse.short_m, 2),
        "error_azimuth_deg": round(ellipse.azimuth_deg, 1),
        "error_share": SHARE,
        "error_cause": str(pin.cause.term),
        "error_source": str(pin.cause.origin),
    }
    both = {"type": "GeometryCollection", "geometries": [point(pin), ellipse_polygon(pin)]}
    return {"type": "Feature", "geometry": both, "properties": {**said, **properties}}


def point(pin: Pin) -> dict[str, object]:
    return {"type": "Point", "coordinates": [round(pin.lon_deg, _DIGITS), round(pin.lat_deg, _DIGITS)]}


def ellipse_polygon(pin: Pin) -> dict[str, object]:
    """The 90 % ellipse, anticlockwise and closed."""
    ellipse = pin.spread.ellipse()
    turns = -np.linspace(0, 2 * math.pi, _SIDES, endpoint=False)
    arms = np.column_stack([ellipse.long_m * np.cos(turns), ellipse.short_m * np.sin(turns), np.zeros(_SIDES)])
    ring = Local(pin.lat_deg, pin.lon_deg).places(arms @ rotation(-ellipse.azimuth_deg, 0, 0))
    corners = [[round(float(lon), _DIGITS), round(float(lat), _DIGITS)] for lat, lon, _ in ring]
    return {"type": "Polygon", "coordinates": [[*corners, corners[0]]]}
