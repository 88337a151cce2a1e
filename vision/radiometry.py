"""From the temperature that a thermal camera apparently sees to that of the surface: emissivity, reflection, air.

The camera sees what the surface emits and what it reflects, both weakened by the air on the way, and the air itself:
W(T_seen) = t e W(T_surface) + t (1 - e) W(T_reflected) + (1 - t) W(T_air), with W the radiation in the camera's band.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Kelvin = NDArray[np.float32]
"""(height, width), or any shape."""

_POWER = 3.74
"""W(T) = T to this power. Fitted to what the maker's software gives for five cameras between -13 and 51 degrees Celsius
(3.70 to 3.78 each); the whole spectrum would be 4."""

ZERO_C = 273.15


@dataclass(frozen=True, slots=True)
class Path:
    """What lies between the surface and the camera. `transmission` and `emissivity` are shares above 0, at most 1."""

    emissivity: float
    transmission: float
    reflected_k: float
    air_k: float

    def __post_init__(self) -> None:
        if not (0 < self.emissivity <= 1 and 0 < self.transmission <= 1):
            raise ValueError(f"emissivity {self.emissivity} and transmission {self.transmission} are shares of 1")


def surface_kelvin(seen: Kelvin, path: Path) -> Kelvin:
    """The surface's temperature for each that the camera apparently sees."""
    through = path.transmission * path.emissivity
    added = path.transmission * (1 - path.emissivity) * path.reflected_k**_POWER
    added += (1 - path.transmission) * path.air_k**_POWER
    emitted = np.maximum((seen.astype(np.float64) ** _POWER - added) / through, 0.0)
    return np.asarray(emitted ** (1 / _POWER), np.float32)
