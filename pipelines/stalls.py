"""Which stays of a scene sell something, which of them belong together, and the evidence for each group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.cues import weight
from pipelines.pavement import Place
from pipelines.standing import foot_of, spot_of
from pipelines.street import OBSTACLE
from pipelines.trade import Trade
from vision.clusters import clusters
from vision.geometry import covered
from vision.labels import is_goods, is_parasol
from vision.stay import Stay
from vision.types import Boxes

VEHICLES = frozenset({"tricycle", "van", "truck"})
"""What people sell from."""
LEAST_STRENGTH = 0.5
"""A stall that is less sure makes no row of two."""
SAME_THING = 0.6
"""Boxes that cover each other by this much are one stall, named twice."""
UNDER = 0.4
"""How much of a stall's foot a vehicle's must cover for the stall to be a vehicle."""
OFTEN = 0.15
"""The share of its names by which a stall is a vehicle too."""
BESIDE = 0.5
"""How far from a stall goods lie, in shares of its height."""
LONG_TENDED_S = 8.0
MOSTLY_TENDED = 0.6
ENOUGH_CUSTOMERS = 2
AT_A_FIXTURE = 0.5
"""What people at a thing say of it that was there before us, in shares: they gather at bus shelters, too."""


@dataclass(frozen=True, slots=True, eq=False)
class Stall:
    """A stay that sells where it may not. key: the same before and after a restart. strength: 0..1, how surely."""

    stay: Stay
    key: str
    place: Place
    strength: float


@dataclass(frozen=True, slots=True, eq=False)
class Company:
    """What stays in a scene and may speak for a stall: boxes (n, 4) in pixels of the view."""

    vehicles: Boxes
    goods: Boxes
    parasols: Boxes


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """Stalls that stand close together, and the strengths (0..1) of the cues that they sell."""

    stalls: tuple[Stall, ...]
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
    return ",".join(f"{value:.2f}" for value in spot_of(stay))


def each_once(stalls: Sequence[Stall]) -> tuple[Stall, ...]:
    """The stalls without those that lie on a stronger one."""
    if len(stalls) < 2:
        return tuple(stalls)
    ranked = sorted(stalls, key=lambda stall: -stall.strength)
    same = _are_same(boxes_of([stall.stay for stall in ranked]))
    kept: list[int] = []
    for row in range(len(ranked)):
        if not same[row, kept].any():
            kept.append(row)
    return tuple(sorted((ranked[row] for row in kept), key=lambda stall: stall.stay.began_at))


def company(stays: Sequence[Stay]) -> Company:
    labelled = [(stay.label, stay) for stay in stays]
    return Company(
        vehicles=boxes_of([stay for label, stay in labelled if label in VEHICLES]),
        goods=boxes_of([stay for label, stay in labelled if label == OBSTACLE or is_goods(label)]),
        parasols=boxes_of([stay for label, stay in labelled if is_parasol(label)]),
    )


def sites(
    stalls: Sequence[Stall], close: NDArray[np.bool_], others: Company, trades: Mapping[str, Trade]
) -> tuple[Site, ...]:
    """`close` (n, n): which stalls stand beside which. `trades`: the people at each stall, by its key."""
    groups = [tuple(stalls[row] for row in group) for group in clusters(close)]
    return tuple(Site(group, _cues(group, others, trades)) for group in groups)


def _cues(stalls: Sequence[Stall], others: Company, trades: Mapping[str, Trade]) -> dict[str, float]:
    at_each = [trades.get(stall.key, Trade()) for stall in stalls]
    came = any(stall.stay.came for stall in stalls)
    people = 1.0 if came else AT_A_FIXTURE
    found = {
        "stall": max(stall.strength for stall in stalls),
        "arrival": float(came),
        "row": float(sum(stall.strength >= LEAST_STRENGTH for stall in stalls) > 1),
        "vendor": people * max(_tended(trade) for trade in at_each),
        "customers": people * max(min(1.0, trade.customers / ENOUGH_CUSTOMERS) for trade in at_each),
        "goods": float(any(_has_goods(stall.stay, others) for stall in stalls)),
        "parasol": float(any(_has_parasol(stall.stay, others) for stall in stalls)),
        "vehicle": float(any(_is_vehicle(stall.stay, others) for stall in stalls)),
    }
    return {name: strength for name, strength in found.items() if strength}


def _tended(trade: Trade) -> float:
    return min(1.0, trade.attended_s / LONG_TENDED_S) * min(1.0, trade.attended / MOSTLY_TENDED)


def _is_vehicle(stall: Stay, others: Company) -> bool:
    """Called one too, or one stands on the same ground."""
    called_one = sum(votes for label, votes in stall.votes.items() if label in VEHICLES)
    if called_one >= OFTEN * sum(stall.votes.values()):
        return True
    if not len(others.vehicles):
        return False
    feet = others.vehicles.copy()
    feet[:, 1] = (feet[:, 1] + feet[:, 3]) / 2
    return bool((covered(foot_of(stall.box)[None, :], feet) >= UNDER).any())


def _has_goods(stall: Stay, others: Company) -> bool:
    beside = others.goods[_is_beside(stall.box, others.goods)]
    return bool(len(beside)) and not _are_same(np.vstack([stall.box, beside]))[0, 1:].all()


def _has_parasol(stall: Stay, others: Company) -> bool:
    return any(map(is_parasol, stall.votes)) or bool(_is_beside(stall.box, others.parasols).any())


def _is_beside(stall: Boxes, things: Boxes) -> NDArray[np.bool_]:
    low, high = np.maximum(stall[:2], things[:, :2]), np.minimum(stall[2:], things[:, 2:])
    apart = np.clip(low - high, 0, None)
    return np.asarray(np.hypot(apart[:, 0], apart[:, 1]) <= BESIDE * (stall[3] - stall[1]), np.bool_)


def _are_same(boxes: Boxes) -> NDArray[np.bool_]:
    """(n, n): which boxes are one thing."""
    shares = covered(boxes, boxes)
    return np.asarray(np.maximum(shares, shares.T) >= SAME_THING, np.bool_)


def boxes_of(stays: Sequence[Stay]) -> Boxes:
    return np.array([stay.box for stay in stays], np.float32).reshape(-1, 4)
