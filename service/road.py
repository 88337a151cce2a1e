"""An incident's road for people: every step from the camera to the closing, reached or not, and the time between."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from service.incident import Incident, Status
from service.stamps import Stamp, Step

MACHINE = (Step.ONSET, Step.CAPTURED, Step.RECEIVED, Step.DETECTED, Step.DWELL_MET, Step.DECIDED, Step.RAISED)
PEOPLE = (
    Step.SHOWN,
    Step.CONFIRMED,
    Step.DISPATCHED,
    Step.SENT,
    Step.DELIVERED,
    Step.ACKNOWLEDGED,
    Step.ARRIVED,
    Step.RESOLVED,
    Step.VERIFIED,
    Step.CLOSED,
)
# Work that was sent back has not reached these any more, whatever the ledger holds of the first time.
_UNDONE_UNLESS: Mapping[Step, frozenset[Status]] = {
    Step.RESOLVED: frozenset({Status.RESOLVED, Status.VERIFIED, Status.CLOSED}),
    Step.VERIFIED: frozenset({Status.VERIFIED, Status.CLOSED}),
    Step.CLOSED: frozenset({Status.CLOSED}),
}


@dataclass(frozen=True, slots=True)
class Stop:
    step: Step
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Stage:
    start: Step
    end: Step
    seconds: float


def road(incident: Incident, stamps: Sequence[Stamp]) -> list[Stop]:
    """The machine's steps as they happened (several clocks, so no fixed order), then the people's in theirs."""
    at = _moments(incident, stamps)
    machine = sorted((step for step in MACHINE if step in at), key=lambda step: at[step])
    ahead = [step for step in MACHINE if step not in at]
    return [Stop(step, at.get(step)) for step in (*machine, *ahead, *_people(at))]


def _people(at: Mapping[Step, datetime]) -> list[Step]:
    """In their order, but for the screen: where a rule confirms, people see afterwards what was done."""
    rest = [step for step in PEOPLE if step is not Step.SHOWN]
    shown = at.get(Step.SHOWN)
    before = sum(step in at and shown is not None and at[step] < shown for step in rest)
    return [*rest[:before], Step.SHOWN, *rest[before:]]


def stages(stops: Sequence[Stop]) -> list[Stage]:
    """From one reached step to the next; a negative one is a clock's fault and is shown as it is."""
    reached = [(stop.step, stop.at) for stop in stops if stop.at is not None]
    return [Stage(start, end, (later - at).total_seconds()) for (start, at), (end, later) in pairwise(reached)]


def _moments(incident: Incident, stamps: Sequence[Stamp]) -> dict[Step, datetime]:
    """The first time of each step, but the last time of those that rework repeats."""
    at: dict[Step, datetime] = {}
    for stamp in stamps:
        allowed = _UNDONE_UNLESS.get(stamp.step)
        if allowed is None:
            at.setdefault(stamp.step, stamp.at)
        elif incident.status in allowed:
            at[stamp.step] = stamp.at
    return at
