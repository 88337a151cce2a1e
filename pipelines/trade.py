"""People at a place, counted without telling them apart: who keeps shop, and customers who come and go."""

import math
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

SETTLE_S = 3.0
"""Time constant of the count: who passes within two seconds never counts, who halts for four does."""
RISE = 0.7
MOST_STEP_S = 2.0
"""A look after a long sleep of the detector says no more about how long people stood there than one after this."""
ASIDE, BEHIND, BEFORE = 0.6, 0.2, 0.5
"""How far people stand from what they tend or look at, in shares of their own height, which is 1.7 m: a metre to the
side, and in depth, where a camera looking down by 25 degrees shows a metre as a quarter of a person, two metres."""


@dataclass(frozen=True, slots=True)
class Trade:
    """near: the smoothed number of people at the place; level: how many that makes; arrivals: how often it rose.

    attended_s of watched_s: how long somebody was there, and how long we looked.
    """

    near: float = 0.0
    level: int = 0
    arrivals: int = 0
    attended_s: float = 0.0
    watched_s: float = 0.0
    counted_at: datetime | None = None

    @property
    def customers(self) -> int:
        """Everybody who came but one: the first is taken for the vendor."""
        return max(0, self.arrivals - 1)

    @property
    def attended(self) -> float:
        """The share of the time in which somebody was there."""
        return self.attended_s / self.watched_s if self.watched_s else 0.0


def count_again(trade: Trade, people: int, at: datetime) -> Trade:
    """The trade after a look that found so many people at the place.

    Of those who were there at the first look only one counts as having come: the rest may be waiting for a bus.
    """
    if trade.counted_at is None:
        return Trade(near=people, level=people, arrivals=min(people, 1), counted_at=at)
    step_s = min((at - trade.counted_at).total_seconds(), MOST_STEP_S)
    near = trade.near + (people - trade.near) * (1 - math.exp(-step_s / SETTLE_S))
    risen, fallen = math.ceil(near - trade.level - RISE), math.ceil(trade.level - near - RISE)
    level = trade.level + max(risen, 0) - max(fallen, 0)
    return Trade(
        near=near,
        level=level,
        arrivals=trade.arrivals + max(risen, 0),
        attended_s=trade.attended_s + (step_s if level else 0.0),
        watched_s=trade.watched_s + step_s,
        counted_at=at,
    )


def at_places(people: NDArray[np.floating], places: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Which of the people (p, 4) stand at which of the things (n, 4): (p, n).

    Beside it, before it, or behind it with the lower part hidden by it. All are boxes of one picture, in which a
    person's own height says what a metre is there.
    """
    x1, y2, x2 = people[:, 0, None], people[:, 3, None], people[:, 2, None]
    height = y2 - people[:, 1, None]
    left, top, right, bottom = places.T
    aside = np.maximum(left - x2, x1 - right) <= ASIDE * height
    return np.asarray(aside & (top - BEHIND * height <= y2) & (y2 <= bottom + BEFORE * height), np.bool_)
