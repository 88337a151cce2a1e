"""What is remembered of the selling in a zone: who came, where stalls stood, and how far they have moved on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from pipelines.sight import Sight
from pipelines.trade import Trade, count_again

REMEMBERED = timedelta(minutes=5)
"""A stall that settles within this time of another's leaving is taken for the same one, moved on."""

Spot = tuple[float, float, float, float]
"""A stall's footprint as a rectangle: metres of the ground if the zone is calibrated, else pixels of the view."""


@dataclass(frozen=True, slots=True)
class Pitch:
    """Where a stall stood, and when it last did."""

    spot: Spot
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Market:
    """sights: how surely each place is a stall, by the key of its stay; trades: the people at each, likewise; trade:
    at all of them together, each person once.

    stirred_at: when something that sells was last seen in the zone, settled or on the move. told_of: how many
    customers the service knows of. moves, moved: how often a stall that had left settled elsewhere, and how far that
    was in all, in units of `Spot`.
    """

    sights: Mapping[str, Sight] = field(default_factory=dict)
    trade: Trade = field(default_factory=Trade)
    trades: Mapping[str, Trade] = field(default_factory=dict)
    pitches: tuple[Pitch, ...] = ()
    stirred_at: datetime | None = None
    told_of: int = 0
    moves: int = 0
    moved: float = 0.0


def counted(market: Market, stalls: Sequence[str], at: NDArray[np.bool_], when: datetime) -> Market:
    """The market after a look: `at` (people, stalls) says who is at which of the stalls with these keys.

    Trades of stalls that are no more go; the trade at all of them together stays until the last pitch is forgotten.
    """
    each = at.sum(axis=0)
    trades = {k: count_again(market.trades.get(k, Trade()), int(n), when) for k, n in zip(stalls, each, strict=True)}
    if not stalls and not _recent(market, when):
        market = replace(market, pitches=(), trade=Trade(), told_of=0)
    return replace(market, trades=trades, trade=count_again(market.trade, int(at.any(axis=1).sum()), when))


def settled(market: Market, spots: Sequence[Spot], at: datetime) -> Market:
    """The market after a look that shows stalls standing at `spots`.

    A spot that none stood at before, while a pitch was left within the last minutes, is that stall's next one.
    """
    pitches = _recent(market, at)
    if not pitches:
        market = replace(market, moves=0, moved=0.0)
    kept = [spot for spot in spots if any(_overlap(spot, pitch.spot) for pitch in pitches)]
    left = [pitch for pitch in pitches if not any(_overlap(spot, pitch.spot) for spot in spots)]
    for spot in (spot for spot in spots if spot not in kept):
        if left:
            nearest = min(left, key=lambda pitch: _distance(pitch.spot, spot))
            left.remove(nearest)
            market = replace(market, moves=market.moves + 1, moved=market.moved + _distance(nearest.spot, spot))
    return replace(market, pitches=(*left, *(Pitch(spot, at) for spot in spots)))


def _recent(market: Market, at: datetime) -> list[Pitch]:
    return [pitch for pitch in market.pitches if at - pitch.seen_at <= REMEMBERED]


def _overlap(one: Spot, other: Spot) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _distance(one: Spot, other: Spot) -> float:
    return float(np.hypot(*(_middle(one) - _middle(other))))


def _middle(spot: Spot) -> NDArray[np.float64]:
    return np.array([(spot[0] + spot[2]) / 2, (spot[1] + spot[3]) / 2])
