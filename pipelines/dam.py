"""A dam as flights look at it: the flat pieces that are watched, what is expected to be wet there, and the camera."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.float64]
"""(n, 3): latitude and longitude in degrees (WGS-84), height in metres above the plan's own datum."""


class Part(StrEnum):
    """What a region is. At a drain water is expected: it is left out of every other region."""

    FACE = "face"
    TOE = "toe"
    ABUTMENT = "abutment"
    DRAIN = "drain"


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """A flat piece of the dam with three corners or more, in order around it."""

    id: str
    name: str
    part: Part
    corners: Places


@dataclass(frozen=True, slots=True)
class Conditions:
    """What decides how far a thermal picture may be trusted. rain_mm: in the 24 hours before the flight."""

    rain_mm: float = 0.0
    wind_m_s: float = 0.0
    water_c: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Dam:
    """take_off_m: the height of the place of take-off above the datum of the corners.

    thermal_ratio: the thermal camera's focal length over the colour camera's, both as 35 mm equivalents; 0 when the
    thermal pictures state their own. counts_per_kelvin: of thermal pictures that do not say it; 0 when unknown.
    """

    path: Path
    id: str
    name: str
    regions: tuple[Region, ...]
    take_off_m: float
    thermal_ratio: float
    counts_per_kelvin: float
    conditions: Conditions

    def watched(self) -> tuple[Region, ...]:
        return tuple(region for region in self.regions if region.part is not Part.DRAIN)

    def drains(self) -> tuple[Region, ...]:
        return tuple(region for region in self.regions if region.part is Part.DRAIN)
