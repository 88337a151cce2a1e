"""A place on the ground with its error ellipse, and which doubt made the ellipse as large as it is."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from vision.pose import Origin

SHARE = 0.9
"""Of all true places, how many the ellipse is drawn to hold."""


class Term(StrEnum):
    """What a place depends on."""

    NORTH = "north"
    EAST = "east"
    HEIGHT = "height"
    YAW = "yaw"
    PITCH = "pitch"
    ROLL = "roll"
    FOCAL = "focal"
    ACROSS = "across"
    DOWN = "down"
    GROUND = "ground"
    CLOCK = "clock"


OWN = frozenset({Term.ACROSS, Term.DOWN})
"""Every sighting's own: the pixel. All others are wrong by the same amount through one flight."""


@dataclass(frozen=True, slots=True)
class Effect:
    """Where one standard deviation of one term moves a place to, in metres."""

    term: Term
    origin: Origin
    north_m: float
    east_m: float

    @property
    def size_m(self) -> float:
        return math.hypot(self.north_m, self.east_m)


def reach(share: float = SHARE) -> float:
    """How many standard deviations away its rim lies: 2.15 for 90 %, 2.45 for 95 %."""
    return math.sqrt(-2 * math.log(1 - share))


@dataclass(frozen=True, slots=True)
class Ellipse:
    """Half axes in metres, the longer one's direction in degrees clockwise from north (0 to 180)."""

    long_m: float
    short_m: float
    azimuth_deg: float


@dataclass(frozen=True, slots=True)
class Spread:
    """Covariance of a place in square metres: north by north, north by east, east by east."""

    nn: float
    ne: float
    ee: float

    def matrix(self) -> NDArray[np.float64]:
        return np.array([[self.nn, self.ne], [self.ne, self.ee]])

    def plus(self, other: "Spread") -> "Spread":
        return Spread(self.nn + other.nn, self.ne + other.ne, self.ee + other.ee)

    def at_least(self, sigma_m: float) -> "Spread":
        """No direction surer than `sigma_m`."""
        values, axes = np.linalg.eigh(self.matrix())
        return spread_of(axes @ np.diag(np.maximum(values, sigma_m**2)) @ axes.T)

    def distance(self, north_m: float, east_m: float) -> float:
        """Mahalanobis: how many standard deviations away."""
        away = np.array([north_m, east_m])
        return math.sqrt(max(0.0, float(away @ np.linalg.solve(self.matrix(), away))))

    def holds(self, north_m: float, east_m: float) -> bool:
        """Whether a place this far from the pin lies inside its ellipse."""
        return self.distance(north_m, east_m) <= reach()

    def ellipse(self, share: float = SHARE) -> Ellipse:
        """That holds this share of all true places."""
        values, axes = np.linalg.eigh(self.matrix())
        short, long = (reach(share) * math.sqrt(max(0.0, float(v))) for v in values)
        return Ellipse(long, short, math.degrees(math.atan2(axes[1, 1], axes[0, 1])) % 180)


def spread_of(matrix: NDArray[np.float64]) -> Spread:
    return Spread(float(matrix[0, 0]), float(matrix[0, 1]), float(matrix[1, 1]))


_LEAST_M = 0.01
"""No place is surer than a centimetre; it also keeps every covariance invertible."""


@dataclass(frozen=True, slots=True)
class Pin:
    """A place (WGS-84), the height of the ground there above the pose's datum, and what it owes to whom."""

    lat_deg: float
    lon_deg: float
    height_m: float
    effects: tuple[Effect, ...]

    @property
    def spread(self) -> Spread:
        moves = np.array([(e.north_m, e.east_m) for e in self.effects]).reshape(-1, 2)
        return spread_of(moves.T @ moves + _LEAST_M**2 * np.eye(2))

    @property
    def cause(self) -> Effect:
        """The doubt that moves the place most: where to begin if the ellipse should shrink."""
        return largest(self.effects)


def largest(effects: Sequence[Effect]) -> Effect:
    return max(effects, key=lambda effect: effect.size_m)
