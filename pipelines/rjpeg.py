"""DJI's radiometric JPEG: counts in APP3, measuring conditions in APP4, the air's transmission in APP5.

The layout is not published. What is here was worked out from real files of eight cameras and from what the maker's
software makes of them (docs/telemetry.md has the figures).
"""

import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipelines.jpeg import APP3, APP4, APP5, joined
from vision.radiometry import ZERO_C, Kelvin, Path, surface_kelvin

_SIZES: Mapping[int, tuple[int, int]] = {640 * 512 * 2: (640, 512), 1280 * 1024 * 2: (1280, 1024)}
"""Bytes -> width, height. The preview's size says nothing: an M30T shows 1280 x 1024 of 640 x 512."""

_PER_KELVIN = 64
_MAGIC = b"\xff\xd2\xd1\xff"
_CONDITIONS = struct.Struct("<5f")
_TYPICAL = (233.0, 423.0)
"""Kelvin between which the median of a picture lies, when its counts are kelvins at all."""

_FULL = 1 << 14
_AIR_FROM_C, _AIR_STEP_C, _AIR_ROWS = 10.0, 5.0, 14
_CHECKED_M, _COLUMNS = (0.0, 5.0, 13.0), (0.0, 39.5, 49.5)
"""Distance -> column of the transmission table. 5 m is what nearly every drone writes, 13 m was met once; in between
it is interpolated, and beyond it the last is taken."""


class NoCounts(Exception):
    """The picture carries no raw thermal data."""


@dataclass(frozen=True, slots=True, eq=False)
class Degrees:
    """What the counts mean, as far as it is known; `why` is why they are no temperatures."""

    kelvin: Kelvin | None
    kelvin_per_count: float | None
    scale_error: float
    why: str


@dataclass(frozen=True, slots=True)
class _Conditions:
    """As set by the pilot, or by default: degrees Celsius, metres, shares of 1."""

    air_c: float
    distance_m: float
    emissivity: float
    humidity: float
    reflected_c: float
    steps: int = 0
    """The transmission is cut to so many steps of 1; 0: not at all. Older cameras reckon in 128ths."""

    @property
    def is_sane(self) -> bool:
        shares = 0 < self.emissivity <= 1 and 0 <= self.humidity <= 1
        return shares and -60 < self.air_c < 80 and -273 < self.reflected_c < 500 and 0 < self.distance_m < 1000


def counts_of(jpeg: bytes) -> NDArray[np.uint16]:
    """(height, width). Raises NoCounts."""
    for marker in (APP3, APP4):
        raw = joined(jpeg, marker)
        if len(raw) in _SIZES:
            width, height = _SIZES[len(raw)]
            return np.frombuffer(raw, "<u2").reshape(height, width).astype(np.uint16)
    raise NoCounts(f"no raw thermal data of a known size in it ({len(joined(jpeg, APP3))} bytes in APP3)")


def degrees_of(jpeg: bytes, counts: NDArray[np.uint16]) -> Degrees:
    """Temperatures for the calibrations that are known; of the others what is known of their scale."""
    block = joined(jpeg, APP4)
    if len(block) in _SIZES:
        return _XT_S
    for starts, degrees in _OTHERS.items():
        if block.startswith(starts):
            return degrees
    conditions = _conditions(block)
    if conditions is None:
        return Degrees(None, None, 0.0, "its calibration block is of no known kind")
    seen: Kelvin = (counts / _PER_KELVIN).astype(np.float32)
    if not _TYPICAL[0] < float(np.median(seen)) < _TYPICAL[1]:
        return Degrees(None, None, 0.0, "its counts are no kelvins, and what they are is not known")
    return _measured(seen, conditions, joined(jpeg, APP5))


_OTHERS: Mapping[bytes, Degrees] = {
    b"\xaa\x55\x12\x06": Degrees(
        None, 0.0056, 0.11, "sensor counts (H20T, early M30T): the offset of its curve is not known"
    ),
    _MAGIC + b"hirp": Degrees(None, None, 0.0, "sensor counts (M3TD and others, hirp): their curve is not known"),
}
_XT_S = Degrees(None, None, 0.0, "sensor counts (XT S): their curve is not known")
"""How a calibration block begins that is understood in part. 0.0056 +- 0.0006 K a count is measured on the H20T."""


def _conditions(block: bytes) -> _Conditions | None:
    """With a header, or bare as the M2EA writes it."""
    at, steps = (32, 0) if block.startswith(_MAGIC + b"iirp") else (0, 128)
    if len(block) < at + _CONDITIONS.size:
        return None
    air, distance, emissivity, humidity, reflected = _CONDITIONS.unpack_from(block, at)
    found = _Conditions(air, distance, emissivity, humidity, reflected, steps)
    return found if found.is_sane else None


def _measured(seen: Kelvin, conditions: _Conditions, block: bytes) -> Degrees:
    transmission = _transmission(block, conditions)
    if transmission is None:
        return Degrees(None, 1 / _PER_KELVIN, 0.5, "the table of the air's transmission is not in it")
    path = Path(
        emissivity=conditions.emissivity,
        transmission=transmission,
        reflected_k=conditions.reflected_c + ZERO_C,
        air_k=conditions.air_c + ZERO_C,
    )
    middle = np.median(seen) + np.array([-0.5, 0.5], np.float32)
    ((low, high),) = pairwise(surface_kelvin(middle, path).tolist())
    return Degrees(surface_kelvin(seen, path), (high - low) / _PER_KELVIN, 0.02, "")


def _transmission(block: bytes, conditions: _Conditions) -> float | None:
    """The share of radiation that the air lets through, for its temperature and the distance, from the file's table:
    14-bit fractions, rows by temperature, columns by distance."""
    table = _table(block)
    if table is None:
        return None
    column = float(np.interp(conditions.distance_m, _CHECKED_M, _COLUMNS))
    shares = [float(np.interp(column, np.arange(table.shape[1]), row)) for row in table]
    share = float(np.interp((conditions.air_c - _AIR_FROM_C) / _AIR_STEP_C, np.arange(len(shares)), shares))
    return math.floor(share * conditions.steps) / conditions.steps if conditions.steps else share


def _table(block: bytes) -> NDArray[np.float64] | None:
    """(rows, 64 or 88): each row begins with 1, at no distance at all."""
    words = np.frombuffer(block[: len(block) // 2 * 2], "<u2").astype(np.float64) / _FULL
    for start in (0, 128):
        for wide in (64, 88):
            rows = words[start : start + wide * _AIR_ROWS]
            if len(rows) == wide * _AIR_ROWS and (rows[[0, wide, 2 * wide]] == 1).all():
                return rows.reshape(_AIR_ROWS, wide)
    return None
