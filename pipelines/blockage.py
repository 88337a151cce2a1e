"""The life of one blockage: a place is blocked from the first standing thing to the moment the last one is gone.

Vehicles may change while the place stays blocked; that is one blockage. Silence ends nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pipelines.observation import Phase, ZoneState


@dataclass(frozen=True, slots=True)
class Standing:
    """One thing that stands in a zone, as the rule sees it.

    since: onset, or the end of legal hours if that came later. met: it has stood there too long.
    """

    label: str
    since: datetime
    seen_at: datetime
    dwell_s: float
    seen_s: float
    unseen_s: float
    confidence: float
    already_there: bool
    met: bool


@dataclass(frozen=True, slots=True)
class Blockage:
    """What is remembered of a place that is blocked."""

    began_at: datetime
    dwell_met_at: datetime
    seen_at: datetime
    told_at: datetime
    noticed_at: datetime
    subject: str
    things: int
    seen_s: float
    unseen_s: float
    confidence: float
    already_there: bool


@dataclass(frozen=True, slots=True)
class ZoneLife:
    """A zone's state and, while it is blocked, its blockage.

    since: capture time of the last change of state. noticed_at: this machine's time when something first stood there.
    """

    state: ZoneState = ZoneState.UNKNOWN
    since: datetime | None = None
    blockage: Blockage | None = None
    noticed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """When a look was taken (capture time) and when this machine decided on it. Aware UTC."""

    at: datetime
    now: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """What a zone's change is to the service."""

    phase: Phase
    blockage: Blockage


def step(
    life: ZoneLife, standing: Sequence[Standing], moment: Moment, *, retell_s: float
) -> tuple[ZoneLife, Told | None]:
    """The zone's next life, and what there is to tell. Call it only for looks in which the zone could be seen."""
    if life.blockage is None:
        return _open(life, standing, moment)
    if not standing:
        told = Told(Phase.ENDED, life.blockage)
        return ZoneLife(ZoneState.CLEAR, moment.at), told
    return _go_on(life, life.blockage, standing, moment, retell_s)


def _open(life: ZoneLife, standing: Sequence[Standing], moment: Moment) -> tuple[ZoneLife, Told | None]:
    met = [thing for thing in standing if thing.met]
    if met:
        blockage = _begin(min(met, key=lambda thing: thing.since), standing, moment, life.noticed_at or moment.now)
        return ZoneLife(ZoneState.BLOCKED, moment.at, blockage), Told(Phase.BEGAN, blockage)
    state = ZoneState.OCCUPIED if standing else ZoneState.CLEAR
    noticed = moment.now if standing else None
    return (life if state is life.state else ZoneLife(state, moment.at, noticed_at=noticed)), None


def _begin(first: Standing, standing: Sequence[Standing], moment: Moment, noticed_at: datetime) -> Blockage:
    return Blockage(
        began_at=first.since,
        dwell_met_at=first.seen_at,
        seen_at=first.seen_at,
        told_at=moment.at,
        noticed_at=noticed_at,
        subject=first.label,
        things=len(standing),
        seen_s=first.seen_s,
        unseen_s=first.unseen_s,
        confidence=first.confidence,
        already_there=first.already_there,
    )


def _go_on(
    life: ZoneLife, blockage: Blockage, standing: Sequence[Standing], moment: Moment, retell_s: float
) -> tuple[ZoneLife, Told | None]:
    seen_at = max(thing.seen_at for thing in standing)
    elapsed = (seen_at - blockage.began_at).total_seconds()
    unseen = max(blockage.unseen_s, min(thing.unseen_s for thing in standing))
    nearer = replace(
        blockage,
        seen_at=max(seen_at, blockage.seen_at),
        things=len(standing),
        unseen_s=unseen,
        seen_s=max(0.0, elapsed - unseen),
        confidence=max(blockage.confidence, *(thing.confidence for thing in standing)),
    )
    if (moment.at - blockage.told_at).total_seconds() < retell_s and nearer.things == blockage.things:
        return replace(life, blockage=nearer), None
    nearer = replace(nearer, told_at=moment.at)
    return replace(life, blockage=nearer), Told(Phase.CONTINUES, nearer)
