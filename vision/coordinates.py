"""Coordinates at the map's edge: the shifted ones of public Chinese maps, and the plane ones of Chinese surveyors.

Inside, every place is WGS-84. CGCS2000 latitudes and longitudes are the same numbers to a decimetre and need a label,
no conversion; which of the three a basemap speaks is its operator's setting and not guessed from the place, since maps
of Hong Kong and Macau are not shifted though every simple outline of China holds them.
"""

import math
from enum import StrEnum

_AXIS_M, _E2 = 6_378_245.0, 0.00669342162296594323
"""The Krasovsky ellipsoid, which GCJ-02 measures its shift on."""
_SOUTH, _NORTH, _WEST, _EAST = 0.8293, 55.8271, 72.004, 137.8347
_RIPPLE = ((20, 1 / 6), (20, 1 / 2))
_NORTH_WAVES = ((20, 1), (40, 3), (160, 12), (320, 30))
_EAST_WAVES = ((20, 1), (40, 3), (150, 12), (300, 30))
"""Metres, and half a wave's length in degrees."""
_ROUNDS = 3
"""One leaves up to 4 m, two up to 6 mm, three 0.02 mm."""

_LEAST_SHIFT_M = 100.0
"""A smaller one, as in a few places, is no more than two fixes may be apart."""
_METRES_PER_DEG = 111_320.0

LatLon = tuple[float, float]


class Datum(StrEnum):
    """What the numbers on a map mean."""

    WGS84 = "WGS-84"
    CGCS2000 = "CGCS2000"
    GCJ02 = "GCJ-02"


def for_map(lat_deg: float, lon_deg: float, datum: Datum) -> LatLon:
    """A WGS-84 place as a basemap shows it."""
    return to_gcj02(lat_deg, lon_deg) if datum is Datum.GCJ02 else (lat_deg, lon_deg)


def from_map(lat_deg: float, lon_deg: float, datum: Datum) -> LatLon:
    """A place clicked on a basemap in WGS-84."""
    return from_gcj02(lat_deg, lon_deg) if datum is Datum.GCJ02 else (lat_deg, lon_deg)


def to_gcj02(lat_deg: float, lon_deg: float) -> LatLon:
    """Shifted by 42 to 687 m inside China's outline, unchanged outside of it."""
    if not (_SOUTH <= lat_deg <= _NORTH and _WEST <= lon_deg <= _EAST):
        return lat_deg, lon_deg
    north, east = _shift(lat_deg, lon_deg)
    return lat_deg + north, lon_deg + east


def from_gcj02(lat_deg: float, lon_deg: float) -> LatLon:
    """The shift has no closed inverse: what is found is shifted again and corrected by what is left."""
    lat, lon = lat_deg, lon_deg
    for _ in range(_ROUNDS):
        shown_lat, shown_lon = to_gcj02(lat, lon)
        lat, lon = lat + lat_deg - shown_lat, lon + lon_deg - shown_lon
    return lat, lon


def is_shifted(place: LatLon, true: LatLon) -> bool:
    """Whether a place that should be the same as a true one lies where GCJ-02 would show it: a track drawn on a map."""
    shown = to_gcj02(*true)
    return _apart_m(shown, true) > _LEAST_SHIFT_M and _apart_m(place, shown) < _apart_m(shown, true) / 4


def _apart_m(a: LatLon, b: LatLon) -> float:
    east = (a[1] - b[1]) * math.cos(math.radians(b[0]))
    return math.hypot(a[0] - b[0], east) * _METRES_PER_DEG


def _shift(lat_deg: float, lon_deg: float) -> LatLon:
    """Degrees north and east."""
    x, y = lon_deg - 105, lat_deg - 35
    sine = math.sin(math.radians(lat_deg))
    root = 1 - _E2 * sine * sine
    meridian, parallel = _AXIS_M * (1 - _E2) / root**1.5, _AXIS_M / math.sqrt(root) * math.cos(math.radians(lat_deg))
    return math.degrees(_north_m(x, y) / meridian), math.degrees(_east_m(x, y) / parallel)


def _north_m(x: float, y: float) -> float:
    smooth = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    return smooth + _waves(x, _RIPPLE) + _waves(y, _NORTH_WAVES)


def _east_m(x: float, y: float) -> float:
    smooth = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
    return smooth + _waves(x, _RIPPLE) + _waves(x, _EAST_WAVES)


def _waves(v: float, waves: tuple[tuple[float, float], ...]) -> float:
    return sum(size * math.sin(math.pi * v / half) for size, half in waves) * 2 / 3
