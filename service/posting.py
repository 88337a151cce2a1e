"""Sending an incident to departments: the dispatch, its stamp and its letter commit together."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from service import dispatch as moves
from service.colour import Colour
from service.dispatch import Dispatch, Part
from service.errors import AlreadyDispatched, BadInput, ReasonNeeded
from service.incident import Event, Incident, derived
from service.letters import Letter, LetterState, MessageType
from service.notices import notice
from service.stamps import Step
from service.work import Work


def dispatch(work: Work, incident_id: str, *, by: str, departments: Sequence[str] | None) -> list[Dispatch]:
    incident = work.tx.incidents.get(incident_id)
    recipients = work.county.recipients(incident.kind, departments)
    if not recipients:
        raise BadInput("请选择部门", "choose at least one department")
    earlier = work.tx.dispatches.of(incident.id)
    _check_free(recipients, earlier)
    lead = _lead(earlier) or recipients[0]
    moved = work.move(incident, Event.DISPATCH, by=by, lead=lead, details={"departments": recipients})
    return [_sent_to(work, moved, one, earlier, lead=lead, by=by) for one in recipients]


def recall(work: Work, dispatch_id: str, *, by: str, reason: str) -> Dispatch:
    """Whoever may have heard of it is told; what has not gone out yet stays here."""
    if not reason.strip():
        raise ReasonNeeded
    before = work.tx.dispatches.get(dispatch_id)
    recalled = work.move_dispatch(before, moves.Event.RECALL, by=by, reason=reason, details={"reason": reason})
    drop_waiting(work, recalled.id)
    if before.status is not moves.Status.QUEUED:
        post(work, MessageType.RECALLED, recalled, reason=reason)
    settle(work, recalled.incident_id)
    return recalled


def manual_delivered(work: Work, dispatch_id: str, *, by: str, note: str) -> Dispatch:
    before = work.tx.dispatches.get(dispatch_id)
    return work.move_dispatch(before, moves.Event.MANUAL_DELIVERED, by=by, note=note, details={"note": note})


def rework(work: Work, before: Dispatch, *, by: str, reason: str) -> Dispatch:
    changes = {"reworks": before.reworks + 1, "reason": reason}
    again = work.move_dispatch(before, moves.Event.VERIFY_FAIL, by=by, details={"reason": reason}, **changes)
    post(work, MessageType.REWORK, again, reason=reason)
    return again


def post(work: Work, message: MessageType, dispatch: Dispatch, *, reason: str = "") -> None:
    """The letter says what is true now; it is not written anew when it is sent later."""
    incident = work.tx.incidents.get(dispatch.incident_id)
    exhibits = work.tx.exhibits.of(incident.id)
    body = notice(message, work.county, incident, dispatch, exhibits, at=work.now, reason=reason)
    work.tx.outbox.add(
        Letter(
            webhook_id=_webhook_id(message, dispatch),
            incident_id=incident.id,
            dispatch_id=dispatch.id,
            department=dispatch.department,
            type=message,
            body=body,
            urgent=incident.colour <= Colour.ORANGE,
            created_at=work.now,
            started_at=work.now,
            next_at=work.now,
        )
    )


def drop_waiting(work: Work, dispatch_id: str, *, state: LetterState = LetterState.DROPPED) -> None:
    """What is just being delivered may still arrive: the receiver must bear it."""
    for letter in work.tx.outbox.of_dispatch(dispatch_id):
        if letter.state is LetterState.WAITING:
            work.tx.outbox.save(replace(letter, state=state, finished_at=work.now))


def settle(work: Work, incident_id: str) -> None:
    """Move the incident where its dispatches have brought it."""
    incident = work.tx.incidents.get(incident_id)
    if (event := derived(incident.status, work.tx.dispatches.of(incident_id))) is not None:
        changes = just_resolved(work) if event is Event.ALL_RESOLVED else {}
        work.move(incident, event, by="rule:dispatches", **changes)
        settle(work, incident_id)


def just_resolved(work: Work) -> dict[str, Any]:
    """The camera's verification begins anew."""
    return {"resolved_at": work.now, "doubt_since": None, "still_asked_at": None}


def _check_free(recipients: Sequence[str], earlier: Sequence[Dispatch]) -> None:
    busy = {one.department for one in earlier if not one.is_over}
    for department in recipients:
        if department in busy:
            raise AlreadyDispatched(department)


def _lead(earlier: Sequence[Dispatch]) -> str | None:
    """Who leads already goes on leading."""
    leads = (one.department for one in earlier if one.part is Part.LEAD and not one.is_over)
    return next(leads, None)


def _sent_to(
    work: Work, incident: Incident, department: str, earlier: Sequence[Dispatch], *, lead: str, by: str
) -> Dispatch:
    attempt = 1 + sum(one.department == department for one in earlier)
    hours = work.county.limit_continuous_hours(incident.kind)
    sent = Dispatch(
        id=str(uuid.uuid5(uuid.UUID(incident.id), f"{department}|{attempt}")),
        incident_id=incident.id,
        department=department,
        part=Part.LEAD if department == lead else Part.ASSIST,
        attempt=attempt,
        status=moves.Status.QUEUED,
        version=1,
        created_at=work.now,
        updated_at=work.now,
        limit_continuous_hours=hours,
        due_at=None if hours is None else work.now + timedelta(hours=hours),
        by=by,
    )
    work.tx.dispatches.add(sent)
    work.stamp(Step.DISPATCHED, by=by, incident_id=incident.id, dispatch_id=sent.id, details={"department": department})
    post(work, MessageType.CREATED, sent)
    return sent


def _webhook_id(message: MessageType, dispatch: Dispatch) -> str:
    """The same however often it is sent, another for each thing that is said of a dispatch."""
    said = message.rpartition(".")[2]
    return f"{dispatch.id}-{said}-{dispatch.reworks}" if message is MessageType.REWORK else f"{dispatch.id}-{said}"
