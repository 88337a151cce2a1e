"""A letter: the promise to tell a department something, kept in the outbox until it is kept or given up."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class LetterState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    DROPPED = "dropped"  # overtaken: the dispatch was recalled before it arrived
    DEAD = "dead"  # all attempts spent; a person may replay it


class MessageType(StrEnum):
    CREATED = "cn.patrol.dispatch.created"
    RECALLED = "cn.patrol.dispatch.recalled"
    REWORK = "cn.patrol.dispatch.rework"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """`webhook_id` stays the same through all attempts: the receiver knows a repeated letter by it.

    started_at: when this round of attempts began (a replay starts a new one). lease: who is delivering it just
    now, until leased_until. gave_up_at: when an operator was told to telephone; attempts go on all the same.
    """

    webhook_id: str
    incident_id: str
    dispatch_id: str
    department: str
    type: MessageType
    body: str
    urgent: bool
    created_at: datetime
    started_at: datetime
    next_at: datetime
    id: int = 0
    state: LetterState = LetterState.WAITING
    attempts: int = 0
    lease: str | None = None
    leased_until: datetime | None = None
    gave_up_at: datetime | None = None
    finished_at: datetime | None = None
    last_error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try at delivering a letter; `error` is empty when it arrived."""

    letter_id: int
    at: datetime
    took_ms: float
    http_status: int | None
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointState:
    """A circuit breaker's memory: after repeated failures the endpoint is left alone until open_until."""

    department: str
    failures: int = 0
    failing_since: datetime | None = None
    open_until: datetime | None = None
    disabled_at: datetime | None = None
    disabled_why: str = ""
