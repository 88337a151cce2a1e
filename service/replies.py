"""What a department replies to a dispatch."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from pipelines.observation import Evidence, Where
from service import posting
from service.dispatch import PROOF_OF_DELIVERY, Dispatch, Event
from service.errors import AfterPhotoNeeded, BadInput, ReasonNeeded
from service.exhibits import AFTER, exhibit
from service.letters import LetterState
from service.work import Work

PHONE_AHEAD = timedelta(minutes=2)


def acknowledge(work: Work, dispatch_id: str, *, by: str, device_time: datetime | None) -> Dispatch:
    return _reply(work, dispatch_id, Event.ACK, by=by, details=_device(work, dispatch_id, device_time))


def arrive(work: Work, dispatch_id: str, *, by: str, where: Where | None, device_time: datetime | None) -> Dispatch:
    details = dict(_device(work, dispatch_id, device_time))
    if where is not None:
        details["where"] = {"lat": where.latitude, "lon": where.longitude, "error_m": where.error_m}
    return _reply(work, dispatch_id, Event.ARRIVE, by=by, details=details)


def resolve(
    work: Work,
    dispatch_id: str,
    *,
    by: str,
    after_photo: Evidence | None,
    note: str,
    device_time: datetime | None,
) -> Dispatch:
    if after_photo is None and work.county.rules.after_photo_required:
        raise AfterPhotoNeeded
    details = {"note": note, **_device(work, dispatch_id, device_time)}
    if after_photo is not None:
        _keep(work, dispatch_id, after_photo, by=by)
        details["after_photo"] = after_photo.sha256
    return _reply(work, dispatch_id, Event.RESOLVE, by=by, details=details, note=note)


def not_found(work: Work, dispatch_id: str, *, by: str, note: str, device_time: datetime | None) -> Dispatch:
    details = {"note": note, "found": False, **_device(work, dispatch_id, device_time)}
    return _reply(work, dispatch_id, Event.NOT_FOUND, by=by, details=details, note=note, found=False)


def refuse(work: Work, dispatch_id: str, *, by: str, reason: str) -> Dispatch:
    return _reply(work, dispatch_id, Event.REFUSE, by=by, details={"reason": reason}, reason=_needed(reason))


def suspend(work: Work, dispatch_id: str, *, by: str, reason: str, until: datetime) -> Dispatch:
    if until <= work.now:
        raise BadInput("挂账截止时间应在将来", "a suspension ends in the future")
    details = {"reason": reason, "until": until.isoformat()}
    changes = {"reason": _needed(reason), "suspended_until": until}
    return _reply(work, dispatch_id, Event.SUSPEND, by=by, details=details, **changes)


def resume(work: Work, dispatch_id: str, *, by: str) -> Dispatch:
    return _reply(work, dispatch_id, Event.RESUME, by=by, suspended_until=None)


def end_suspensions(work: Work) -> int:
    over = work.tx.dispatches.suspended_until_before(work.now)
    for dispatch in over:
        resume(work, dispatch.id, by="rule:suspension-over")
    return len(over)


def _reply(
    work: Work, dispatch_id: str, event: Event, *, by: str, details: Mapping[str, Any] | None = None, **changes: Any
) -> Dispatch:
    """A reply proves that the letter arrived, even if our sender does not know it yet."""
    before = work.tx.dispatches.get(dispatch_id)
    if before.status in PROOF_OF_DELIVERY:
        posting.drop_waiting(work, before.id, state=LetterState.DONE)
    moved = work.move_dispatch(work.told_delivered(before, by=by), event, by=by, details=details, **changes)
    posting.settle(work, moved.incident_id)
    return moved


def _device(work: Work, dispatch_id: str, device_time: datetime | None) -> Mapping[str, Any]:
    """What the phone said, and that time as far as it can be true: not before the letter came, not in the future."""
    if device_time is None:
        return {}
    dispatch = work.tx.dispatches.get(dispatch_id)
    earliest, latest = dispatch.delivered_at or dispatch.created_at, work.now + PHONE_AHEAD
    believed = min(max(device_time, earliest), latest)
    return {"device_time": device_time.isoformat(), "device_time_believed": believed.isoformat()}


def _keep(work: Work, dispatch_id: str, photo: Evidence, *, by: str) -> None:
    incident_id = work.tx.dispatches.get(dispatch_id).incident_id
    kept = exhibit(photo, incident_id, added_at=work.now, by=by, role=AFTER, dispatch_id=dispatch_id)
    work.tx.exhibits.add(kept)


def _needed(reason: str) -> str:
    if not reason.strip():
        raise ReasonNeeded
    return reason
