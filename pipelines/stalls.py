"""Which stays of a scene sell something, which of them belong together, and the evidence for each group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.cues import weight
from pipelines.standing import foot_of, spot_of
from pipelines.street import OBSTACLE
from pipelines.trade import Trade
from vision.clusters import clusters, gaps
from vision.geometry import covered
from vision.labels import is_goods, is_parasol, is_stall
from vision.stay import Stay, Tuning
from vision.types import Boxes

VEHICLES = frozenset({"tricycle", "van", "truck"})
"""What people sell from."""
LEAST_LIKENESS = 0.3
"""How much of what a place was called must have been a stall: of a tricycle with goods a model says both."""
SAME_THING = 0.6
"""Boxes that cover each other by this much are one stall, named twice."""
UNDER = 0.4
"""How much of a stall's foot a vehicle's must cover for the stall to be a vehicle."""
SURE_SCORE = 0.6
"""The score at which a stall that every look finds is beyond doubt. At 0.42 it needs no company, at 0.28 all people."""
OFTEN = 0.15
"""The share of its names by which a stall is a vehicle too."""
BESIDE = 0.5
"""How far from a stall goods lie, in shares of its height."""
LONG_TENDED_S = 8.0
MOSTLY_TENDED = 0.6
ENOUGH_CUSTOMERS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """Stalls that stand close together, and the strengths (0..1) of the cues that they sell."""

    stalls: tuple[Stay, ...]
    cues: Mapping[str, float]

    @property
    def weight(self) -> float:
        return weight(self.cues)

    @property
    def confidence(self) -> float:
        """0..1: that of its surest stall, raised by whatever else speaks for it."""
        stall = self.cues["stall"]
        return 1 - (1 - stall) * (1 - min(self.weight - stall, 1.0))


def key_of(stay: Stay) -> str:
    """The same for a stay before and after a restart, and for no other."""
    return ",".join(f"{value:.2f}" for value in spot_of(stay))


def likeness(stay: Stay) -> float:
    """The share of a place's names that say stall. To have no name for it contradicts nothing."""
    named = {label: votes for label, votes in stay.votes.items() if label != OBSTACLE}
    stall = sum(votes for label, votes in named.items() if is_stall(label))
    return stall / max(sum(named.values()), 1e-9)


def strength(stay: Stay) -> float:
    """How surely it is a stall, 0..1: what a look with the detector awake found of one, on average."""
    per_look = likeness(stay) * stay.score * stay.hits / max(stay.awake, 1)
    return min(1.0, per_look / SURE_SCORE)


def is_stall_like(stay: Stay, tuning: Tuning) -> bool:
    return likeness(stay) >= LEAST_LIKENESS and stay.seen >= tuning.established and stay.is_real(tuning)


def each_once(stalls: Sequence[Stay]) -> tuple[Stay, ...]:
    """The stays without those that lie on a stronger one."""
    kept: list[Stay] = []
    for stay in sorted(stalls, key=strength, reverse=True):
        if not any(_is_same(stay.box, other.box) for other in kept):
            kept.append(stay)
    return tuple(sorted(kept, key=lambda stay: stay.began_at))


def sites(
    stalls: Sequence[Stay], close: NDArray[np.bool_], others: Sequence[Stay], trades: Sequence[Trade]
) -> tuple[Site, ...]:
    """`close` (n, n): which stalls stand beside which. `others`: all that stays. `trades`: the people at each stall."""
    return tuple(
        Site(tuple(stalls[row] for row in group), _cues([stalls[r] for r in group], others, [trades[r] for r in group]))
        for group in clusters(close)
    )


def _cues(stalls: Sequence[Stay], others: Sequence[Stay], trades: Sequence[Trade]) -> dict[str, float]:
    found = {
        "stall": max(strength(stall) for stall in stalls),
        "row": float(sum(strength(stall) >= LEAST_LIKENESS for stall in stalls) > 1),
        "vendor": max(_tended(trade) for trade in trades),
        "customers": max(min(1.0, trade.customers / ENOUGH_CUSTOMERS) for trade in trades),
        "goods": float(any(_has_goods(stall, others) for stall in stalls)),
        "parasol": float(any(_has_parasol(stall, others) for stall in stalls)),
        "vehicle": float(any(is_vehicle(stall, others) for stall in stalls)),
    }
    return {name: strength for name, strength in found.items() if strength}


def _tended(trade: Trade) -> float:
    return min(1.0, trade.attended_s / LONG_TENDED_S) * min(1.0, trade.attended / MOSTLY_TENDED)


def is_vehicle(stall: Stay, others: Sequence[Stay]) -> bool:
    """Called one too, or one stands on the same ground."""
    called_one = sum(votes for label, votes in stall.votes.items() if label in VEHICLES)
    if called_one >= OFTEN * sum(stall.votes.values()):
        return True
    foot = foot_of(stall.box)[None, :]
    vehicles = [foot_of(stay.box) for stay in others if stay.label in VEHICLES]
    return bool(vehicles) and bool((covered(foot, np.array(vehicles)) >= UNDER).any())


def _has_goods(stall: Stay, others: Sequence[Stay]) -> bool:
    goods = [s for s in others if s is not stall and (s.label == OBSTACLE or is_goods(s.label))]
    return any(_is_beside(stall.box, stay.box) and not _is_same(stall.box, stay.box) for stay in goods)


def _has_parasol(stall: Stay, others: Sequence[Stay]) -> bool:
    if any(is_parasol(label) for label in stall.votes):
        return True
    return any(is_parasol(stay.label) and _is_beside(stall.box, stay.box) for stay in others)


def _is_beside(stall: Boxes, thing: Boxes) -> bool:
    return bool(gaps(np.array([stall, thing]))[0, 1] <= BESIDE * (stall[3] - stall[1]))


def _is_same(one: Boxes, other: Boxes) -> bool:
    return bool(max(covered(one[None], other[None])[0, 0], covered(other[None], one[None])[0, 0]) >= SAME_THING)
