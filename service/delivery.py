"""What an attempt at delivery means for the letter, its dispatch and the department's endpoint."""

from collections.abc import Mapping
from dataclasses import replace

from service import breaker
from service.dispatch import Event, Status
from service.errors import EndpointGone, NotDelivered
from service.letters import Attempt, Letter, LetterState, MessageType
from service.schedule import next_attempt
from service.stamps import Step
from service.work import Work

OUTBOX = "outbox"

# What brings a dispatch to DELIVERED when its letter has arrived, and to UNDELIVERABLE when nobody expects that.
_ARRIVED: Mapping[Status, tuple[Event, ...]] = {
    Status.SENT: (Event.DELIVERED,),
    Status.UNDELIVERABLE: (Event.RETRY, Event.SEND, Event.DELIVERED),
}
_GIVEN_UP: Mapping[Status, tuple[Event, ...]] = {
    Status.QUEUED: (Event.SEND, Event.GIVE_UP),
    Status.SENT: (Event.GIVE_UP,),
}


def sending(work: Work, letter: Letter) -> None:
    _move(work, letter, {Status.QUEUED: (Event.SEND,)})


def settled(work: Work, claimed: Letter, made: Attempt, failure: NotDelivered | None) -> None:
    """Whoever lost the lease meanwhile may still say that the letter arrived, but not that it failed."""
    work.tx.outbox.add_attempt(made)
    letter = work.tx.outbox.get(claimed.id)
    if failure is None:
        _arrived(work, letter)
    elif letter.lease == claimed.lease and letter.state is LetterState.WAITING:
        _failed(work, letter, failure)
    elif letter.lease == claimed.lease:
        work.tx.outbox.save(replace(letter, lease=None, leased_until=None))


def given_up(work: Work, letter: Letter) -> None:
    """An operator is told to telephone; attempts go on all the same."""
    if letter.gave_up_at is not None:
        return
    work.tx.outbox.save(replace(letter, gave_up_at=work.now))
    if not _move(work, letter, _GIVEN_UP, details=_details(letter)):
        _stamp(work, Step.UNDELIVERABLE, letter)


def replayed(work: Work, letter: Letter, *, by: str) -> Letter:
    if letter.state is not LetterState.DEAD:
        return letter
    fresh = replace(
        letter,
        state=LetterState.WAITING,
        attempts=0,
        started_at=work.now,
        next_at=work.now,
        gave_up_at=None,
        finished_at=None,
    )
    work.tx.outbox.save(fresh)
    _stamp(work, Step.REPLAYED, fresh, by=by)
    return fresh


def _arrived(work: Work, letter: Letter) -> None:
    done = replace(
        letter,
        state=LetterState.DONE,
        attempts=letter.attempts + 1,
        lease=None,
        leased_until=None,
        finished_at=work.now,
        last_error="",
    )
    work.tx.outbox.save(done)
    work.tx.endpoints.put(breaker.answered(work.tx.endpoints.get(letter.department)))
    _move(work, letter, _ARRIVED)


def _failed(work: Work, letter: Letter, failure: NotDelivered) -> None:
    attempts = letter.attempts + 1
    gone = isinstance(failure, EndpointGone)
    wait = failure.retry_after_s
    later = None if gone else next_attempt(letter, attempts=attempts, now=work.now, retry_after_s=wait)
    tried = replace(letter, attempts=attempts, lease=None, leased_until=None, last_error=failure.why)
    if later is None:
        tried = replace(tried, state=LetterState.DEAD, finished_at=work.now)
    else:
        tried = replace(tried, next_at=later)
    work.tx.outbox.save(tried)
    _note_failure(work, tried, failure)
    if later is None:
        _stamp(work, Step.DEAD_LETTER, tried)
    if later is None or not failure.again:
        given_up(work, tried)


def _note_failure(work: Work, letter: Letter, failure: NotDelivered) -> None:
    """A wrong configuration says nothing about the endpoint's health."""
    state = work.tx.endpoints.get(letter.department)
    if failure.again:
        work.tx.endpoints.put(breaker.failed(state, work.now))
    elif isinstance(failure, EndpointGone):
        work.tx.endpoints.put(breaker.disabled(state, work.now, failure.why))
        _stamp(work, Step.ENDPOINT_DISABLED, letter)


def _move(
    work: Work, letter: Letter, moves: Mapping[Status, tuple[Event, ...]], *, details: Mapping[str, str] | None = None
) -> bool:
    """Only the first letter of a dispatch moves it; a recall or a rework finds it moved already."""
    if letter.type is not MessageType.CREATED:
        return False
    dispatch = work.tx.dispatches.get(letter.dispatch_id)
    events = moves.get(dispatch.status, ())
    for event in events:
        dispatch = work.move_dispatch(dispatch, event, by=OUTBOX, details=details)
    return bool(events)


def _stamp(work: Work, step: Step, letter: Letter, *, by: str = OUTBOX) -> None:
    work.stamp(step, by=by, incident_id=letter.incident_id, dispatch_id=letter.dispatch_id, details=_details(letter))


def _details(letter: Letter) -> Mapping[str, str]:
    return {"department": letter.department, "letter": letter.webhook_id, "error": letter.last_error}
