"""A stay as a zone's life sees it: where its feet are, how long it may not stand there already, how sure we are."""

from collections.abc import Sequence

import numpy as np

from pipelines.blockage import Standing
from pipelines.plan import Zone
from vision.geometry import Points, share_inside
from vision.stay import Stay
from vision.types import Boxes

SHARE_IN_ZONE = 0.4
"""How much of a thing's footprint (the lower half of its box) must lie in the zone for it to stand there …"""
SHARE_OF_ZONE = 0.35
"""… or how much of the zone it must take: a lorry may be larger than the lane it stops in."""


def foot_of(box: Boxes) -> Boxes:
    """The lower half of a box: where the thing touches the ground."""
    x1, y1, x2, y2 = (float(v) for v in box)
    return np.array([x1, (y1 + y2) / 2, x2, y2], np.float32)


def stands_in(box: Boxes, polygon: Points) -> bool:
    """Whether a thing with this box stands in the polygon; both in the same pixels."""
    foot = foot_of(box)
    inside = share_inside(foot, polygon)
    if inside >= SHARE_IN_ZONE:
        return True
    low, high = polygon.min(axis=0), polygon.max(axis=0)
    taken = inside * float(np.prod(foot[2:] - foot[:2])) / max(float(np.prod(high - low)), 1e-9)
    return inside > 0 and taken >= SHARE_OF_ZONE


def confidence(stay: Stay) -> float:
    """0..1: the detector's mean score, raised by how steadily it saw the thing."""
    steady = stay.hits / max(stay.awake, 1)
    return float(1 - (1 - stay.score) * (1 - 0.5 * min(steady, 1.0)))


def spot_of(stay: Stay) -> tuple[float, ...]:
    """What never changes in a stay, and tells it from others."""
    return (stay.began_at.timestamp(), *map(float, stay.box))


class LegalHours:
    """Takes the time in which staying was legal out of what stands in a zone."""

    def __init__(self, zone: Zone) -> None:
        self._zone = zone
        self._stood: dict[tuple[float, ...], Stay] = {}

    def saw(self, stays: Sequence[Stay]) -> None:
        """What stands there now, while it is legal."""
        self._stood = {spot_of(stay): stay for stay in stays}

    def standing(self, stay: Stay, *, allowed_s: float) -> Standing:
        """The stay since its onset, or since legal hours ended."""
        since = max(stay.began_at, self._zone.legal.last_end(stay.seen_at) or stay.began_at)
        stayed_s = (stay.seen_at - since).total_seconds()
        blind_s, seen_s = self._since_legal(stay)
        dwell_s, seen_s = stayed_s - blind_s, min(seen_s, stayed_s)
        return Standing(
            label=stay.label,
            since=since,
            seen_at=stay.seen_at,
            dwell_s=dwell_s,
            seen_s=seen_s,
            unseen_s=stayed_s - seen_s,
            confidence=confidence(stay),
            already_there=stay.already_there,
            met=dwell_s >= allowed_s and stay.absent_since is None,
        )

    def _since_legal(self, stay: Stay) -> tuple[float, float]:
        """Blind and seen seconds of the stay, without those of the legal hours before."""
        before = self._stood.get(spot_of(stay))
        if before is None:
            return stay.blind_s, stay.seen_s
        return stay.blind_s - before.blind_s, stay.seen_s - before.seen_s
