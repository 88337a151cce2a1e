"""An incident and the table of how it may move: values only, nothing is stored here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from pipelines.observation import Kind, Measure, Where
from service.colour import Colour
from service.dispatch import ANSWERED, Dispatch
from service.dispatch import Status as DispatchStatus
from service.errors import IllegalMove


class Status(StrEnum):
    CANDIDATE = "candidate"
    RAISED = "raised"
    CONFIRMED = "confirmed"
    DISPATCHED = "dispatched"
    IN_PROGRESS = "in_progress"
    RESOLVED = "resolved"
    VERIFIED = "verified"
    CLOSED = "closed"
    REJECTED = "rejected"
    MERGED = "merged"
    EXPIRED = "expired"


class Event(StrEnum):
    RAISE = "raise"
    VANISH = "vanish"
    CONFIRM = "confirm"
    REJECT = "reject"
    MERGE = "merge"
    EXPIRE = "expire"
    DISPATCH = "dispatch"
    HANDLE_ON_SPOT = "handle_on_spot"
    FIRST_ACK = "first_ack"
    ALL_RETURNED = "all_returned"
    ALL_RESOLVED = "all_resolved"
    VERIFY_OK = "verify_ok"
    VERIFY_FAIL = "verify_fail"
    CLOSE = "close"
    REOPEN = "reopen"
    UNMERGE = "unmerge"


TRANSITIONS: Mapping[tuple[Status, Event], Status] = {
    (Status.CANDIDATE, Event.RAISE): Status.RAISED,
    (Status.CANDIDATE, Event.VANISH): Status.EXPIRED,
    (Status.RAISED, Event.CONFIRM): Status.CONFIRMED,
    (Status.RAISED, Event.REJECT): Status.REJECTED,
    (Status.RAISED, Event.MERGE): Status.MERGED,
    (Status.RAISED, Event.EXPIRE): Status.EXPIRED,
    (Status.CONFIRMED, Event.DISPATCH): Status.DISPATCHED,
    (Status.CONFIRMED, Event.REJECT): Status.REJECTED,
    (Status.CONFIRMED, Event.MERGE): Status.MERGED,
    (Status.CONFIRMED, Event.HANDLE_ON_SPOT): Status.RESOLVED,
    # A further department may be called while others are at it, e.g. when the lead says 非本单位.
    (Status.DISPATCHED, Event.DISPATCH): Status.DISPATCHED,
    (Status.IN_PROGRESS, Event.DISPATCH): Status.IN_PROGRESS,
    (Status.DISPATCHED, Event.FIRST_ACK): Status.IN_PROGRESS,
    (Status.DISPATCHED, Event.ALL_RETURNED): Status.CONFIRMED,
    (Status.IN_PROGRESS, Event.ALL_RESOLVED): Status.RESOLVED,
    (Status.IN_PROGRESS, Event.ALL_RETURNED): Status.CONFIRMED,
    (Status.RESOLVED, Event.VERIFY_OK): Status.VERIFIED,
    (Status.RESOLVED, Event.VERIFY_FAIL): Status.DISPATCHED,
    (Status.VERIFIED, Event.CLOSE): Status.CLOSED,
    (Status.CLOSED, Event.REOPEN): Status.CONFIRMED,
    (Status.REJECTED, Event.REOPEN): Status.CONFIRMED,
    (Status.EXPIRED, Event.REOPEN): Status.CONFIRMED,
    (Status.MERGED, Event.UNMERGE): Status.CONFIRMED,
}

# At most one incident in these states per place. VERIFIED is not among them: the camera saw the place clear,
# so whatever stands there next is another blockage.
OPEN = frozenset({Status.RAISED, Status.CONFIRMED, Status.DISPATCHED, Status.IN_PROGRESS, Status.RESOLVED})
DISCARDED = frozenset({Status.REJECTED, Status.MERGED, Status.EXPIRED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One blockage (or stall, or seep) from first sight to closing; a change makes the next version.

    began_at, last_seen_at, cleared_at and doubt_since are capture times; the other times are the server's.
    doubt_since and still_asked_at belong to the camera's verification: since when the place, said to be done, has
    been seen occupied, and when a picture of it was asked for.
    """

    id: str
    number: str
    kind: Kind
    place: str
    life: str
    camera_id: str
    zone_id: str
    subject: str
    status: Status
    version: int
    colour: Colour
    why_zh: str
    why_en: str
    began_at: datetime
    already_there: bool
    raised_at: datetime
    last_seen_at: datetime
    confidence: float
    seen_s: float
    unseen_s: float
    updated_at: datetime
    decided_by: str = ""
    measures: Mapping[str, Measure] = field(default_factory=dict)
    where: Where | None = None
    cleared_at: datetime | None = None
    shown_at: datetime | None = None
    resolved_at: datetime | None = None
    reason: str = ""
    merged_into: str | None = None
    recurrence_of: str | None = None
    recurrences: int = 0
    reworks: int = 0
    lead: str | None = None
    claimed_by: str | None = None
    claimed_until: datetime | None = None
    doubt_since: datetime | None = None
    still_asked_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    def next(self, **changes: Any) -> "Incident":
        """The next version; whoever saves the same version first wins."""
        return replace(self, version=self.version + 1, **changes)


def after(status: Status, event: Event) -> Status:
    """Raises IllegalMove when the table has no such move."""
    try:
        return TRANSITIONS[status, event]
    except KeyError:
        raise IllegalMove("incident", status, event) from None


def derived(status: Status, dispatches: Collection[Dispatch]) -> Event | None:
    """What the dispatches together mean for their incident; None: nothing more than it says already."""
    working = {one.status for one in dispatches if not one.is_over}
    if (status, Event.ALL_RETURNED) not in TRANSITIONS:
        return None
    if not working:
        return Event.ALL_RETURNED
    if status is Status.DISPATCHED:
        return Event.FIRST_ACK if working & ANSWERED else None
    return Event.ALL_RESOLVED if working == {DispatchStatus.RESOLVED} else None
