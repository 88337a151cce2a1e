"""A dispatch, one per department and attempt, and the table of how it may move: values only."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from service.errors import IllegalMove


class Status(StrEnum):
    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERABLE = "undeliverable"
    ACKNOWLEDGED = "acknowledged"
    ARRIVED = "arrived"
    SUSPENDED = "suspended"
    RESOLVED = "resolved"
    REWORK = "rework"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    RECALLED = "recalled"


class Event(StrEnum):
    SEND = "send"
    DELIVERED = "delivered"
    GIVE_UP = "give_up"
    RETRY = "retry"
    MANUAL_DELIVERED = "manual_delivered"
    ACK = "ack"
    REFUSE = "refuse"
    ARRIVE = "arrive"
    RESOLVE = "resolve"
    NOT_FOUND = "not_found"
    SUSPEND = "suspend"
    RESUME = "resume"
    VERIFY_OK = "verify_ok"
    VERIFY_FAIL = "verify_fail"
    RECALL = "recall"


class Part(StrEnum):
    """主办 leads and answers for the result, 协办 assists."""

    LEAD = "lead"
    ASSIST = "assist"


TRANSITIONS: Mapping[tuple[Status, Event], Status] = {
    (Status.QUEUED, Event.SEND): Status.SENT,
    (Status.QUEUED, Event.RECALL): Status.RECALLED,
    (Status.SENT, Event.DELIVERED): Status.DELIVERED,
    (Status.SENT, Event.GIVE_UP): Status.UNDELIVERABLE,
    (Status.SENT, Event.RECALL): Status.RECALLED,
    (Status.UNDELIVERABLE, Event.RETRY): Status.QUEUED,
    (Status.UNDELIVERABLE, Event.MANUAL_DELIVERED): Status.DELIVERED,
    (Status.UNDELIVERABLE, Event.RECALL): Status.RECALLED,
    (Status.DELIVERED, Event.ACK): Status.ACKNOWLEDGED,
    (Status.DELIVERED, Event.REFUSE): Status.RETURNED,
    (Status.DELIVERED, Event.RECALL): Status.RECALLED,
    (Status.ACKNOWLEDGED, Event.ARRIVE): Status.ARRIVED,
    (Status.ACKNOWLEDGED, Event.RESOLVE): Status.RESOLVED,
    (Status.ACKNOWLEDGED, Event.REFUSE): Status.RETURNED,
    (Status.ACKNOWLEDGED, Event.SUSPEND): Status.SUSPENDED,
    (Status.ACKNOWLEDGED, Event.RECALL): Status.RECALLED,
    (Status.ARRIVED, Event.RESOLVE): Status.RESOLVED,
    (Status.ARRIVED, Event.NOT_FOUND): Status.RESOLVED,
    (Status.ARRIVED, Event.SUSPEND): Status.SUSPENDED,
    (Status.ARRIVED, Event.RECALL): Status.RECALLED,
    (Status.SUSPENDED, Event.RESUME): Status.ACKNOWLEDGED,
    (Status.SUSPENDED, Event.RECALL): Status.RECALLED,
    (Status.RESOLVED, Event.VERIFY_OK): Status.ACCEPTED,
    (Status.RESOLVED, Event.VERIFY_FAIL): Status.REWORK,
    (Status.REWORK, Event.ACK): Status.ACKNOWLEDGED,
    (Status.REWORK, Event.ARRIVE): Status.ARRIVED,
    (Status.REWORK, Event.RECALL): Status.RECALLED,
}

# Nothing more is expected of the department.
OVER = frozenset({Status.RECALLED, Status.RETURNED, Status.ACCEPTED})
ANSWERED = frozenset({Status.ACKNOWLEDGED, Status.ARRIVED, Status.SUSPENDED, Status.RESOLVED})

# A department that answers has the message, whatever our sender believes: these moves catch up with that.
PROOF_OF_DELIVERY: Mapping[Status, tuple[Event, ...]] = {
    Status.QUEUED: (Event.SEND, Event.DELIVERED),
    Status.SENT: (Event.DELIVERED,),
    Status.UNDELIVERABLE: (Event.MANUAL_DELIVERED,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """`due_at` was fixed when it was dispatched: a later change of the county's limits does not touch it."""

    id: str
    incident_id: str
    department: str
    part: Part
    attempt: int
    status: Status
    version: int
    created_at: datetime
    updated_at: datetime
    limit_continuous_hours: float | None
    due_at: datetime | None
    by: str
    delivered_at: datetime | None = None
    suspended_until: datetime | None = None
    reworks: int = 0
    found: bool = True
    reason: str = ""
    note: str = ""

    @property
    def is_over(self) -> bool:
        return self.status in OVER

    def next(self, **changes: Any) -> "Dispatch":
        """The next version; whoever saves the same version first wins."""
        return replace(self, version=self.version + 1, **changes)


def after(status: Status, event: Event) -> Status:
    """Raises IllegalMove when the table has no such move."""
    try:
        return TRANSITIONS[status, event]
    except KeyError:
        raise IllegalMove("dispatch", status, event) from None


def delivered(dispatch: Dispatch, at: datetime) -> Dispatch:
    """The department's own clock starts when it first has the message."""
    return dispatch if dispatch.delivered_at is not None else replace(dispatch, delivered_at=at)
