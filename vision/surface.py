"""What a line of sight can end on: level ground at a known height, or a plane such as the face of a dam."""

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from vision.attitude import rotation
from vision.ellipsoid import EQUATOR_M, Local
from vision.pose import Doubt, Origin, Pose

Vector = NDArray[np.float64]
Places = tuple[tuple[float, float, float], ...]
"""Latitude and longitude in degrees (WGS-84), metres above the datum that the pose's height is given in."""


@dataclass(frozen=True, slots=True, eq=False)
class Facet:
    """The flat piece of ground around the end of a line of sight: north, east, up in metres from beneath the camera.

    `normal` (3,) has length 1. `range_m` is known along the optical axis, from a laser: the facet then moves with the
    camera, which makes a wrong pitch matter less than where only a height is known.
    """

    point: Vector
    normal: Vector
    range_m: float | None = None

    def along(self, start: Vector, rays: Vector) -> Vector:
        """How many of the rays (n, 3) lead from `start` (3,) to the plane: (n,), NaN where it lies behind them."""
        steps = ((self.point - start) @ self.normal) / _not_nought(rays @ self.normal)
        return np.where(steps > 0, steps, np.nan)


def _not_nought(values: Vector) -> Vector:
    return np.where(np.abs(values) < 1e-12, 1e-12, values)


class Surface(Protocol):
    """Ground that a camera looks at. `doubt` is of its height, or across it for a steep face, in metres."""

    @property
    def doubt(self) -> Doubt: ...

    @property
    def is_level(self) -> bool:
        """Whether a line of sight near the horizon says little about where it ends."""
        ...

    def facet(self, pose: Pose, ray: Vector) -> Facet | None:
        """Where the ray (3,) north, east, up from the camera first meets it; None when it never does."""
        ...


_EXACT = Doubt(0.0, Origin.ASSUMED)
_SURVEYED = Doubt(0.2, Origin.SURVEYED)
_BY_LASER = Doubt(0.5, Origin.LASER)
_UP = np.array([0.0, 0.0, 1.0])
_BEYOND = 1.5
"""Times as far from the middle of a plane as the farthest surveyed place."""


@dataclass(frozen=True, slots=True)
class Level:
    """Level ground at a known height: below a laser's spot, of a reservoir's meadow, of the place of take-off."""

    height_m: float = 0.0
    doubt: Doubt = _EXACT

    @property
    def is_level(self) -> bool:
        return True

    def facet(self, pose: Pose, ray: Vector) -> Facet | None:
        """The earth falls away by the square of the distance: 0.3 m at 2 km."""
        drop = pose.height_m - self.height_m
        if drop <= 0 or ray[2] >= 0:
            return None
        reach = drop / -ray[2] * math.hypot(ray[0], ray[1])
        return Facet(np.array([0.0, 0.0, self.height_m - reach**2 / (2 * EQUATOR_M)]), _UP)


@dataclass(frozen=True, slots=True)
class Ranged:
    """Level ground through the spot that a laser along the optical axis has met, `range_m` from the camera."""

    range_m: float
    doubt: Doubt = _BY_LASER

    @property
    def is_level(self) -> bool:
        return True

    def facet(self, pose: Pose, ray: Vector) -> Facet | None:
        axis = rotation(pose.yaw_deg, pose.pitch_deg, pose.roll_deg)[:, 0] * [1, 1, -1]
        spot = np.array([0.0, 0.0, pose.height_m]) + self.range_m * axis
        return Facet(spot, _UP, self.range_m) if ray[2] < 0 else None


@dataclass(frozen=True, slots=True)
class Slope:
    """A plane through three or more surveyed places: the face of a dam, upright or leaning.

    It ends a little beyond them, since what a line of sight meets far outside of a face is not the face.
    """

    places: Places
    doubt: Doubt = _SURVEYED

    def __post_init__(self) -> None:
        spread = np.linalg.svd(self._centred(Local(*self.places[0][:2])), compute_uv=False)
        if len(self.places) < 3 or spread[1] < 1e-3 * spread[0]:
            raise ValueError(f"a plane needs three places that do not lie on one line, not {self.places}")

    @property
    def is_level(self) -> bool:
        return False

    def facet(self, pose: Pose, ray: Vector) -> Facet | None:
        local = Local(pose.lat_deg, pose.lon_deg)
        normal = np.linalg.svd(self._centred(local))[2][2]
        facet = Facet(local.metres(np.array(self.places)).mean(axis=0), normal)
        start = np.array([0.0, 0.0, pose.height_m])
        met = start + facet.along(start, ray[None])[0] * ray
        return facet if np.linalg.norm(met - facet.point) <= _BEYOND * self._reach(local) else None

    def _reach(self, local: Local) -> float:
        return float(np.linalg.norm(self._centred(local), axis=1).max())

    def _centred(self, local: Local) -> Vector:
        metres = local.metres(np.array(self.places))
        return np.asarray(metres - metres.mean(axis=0))
