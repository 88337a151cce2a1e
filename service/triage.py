"""What an operator decides about an incident."""

from datetime import timedelta

from pipelines.observation import Evidence
from service import posting
from service.errors import BadInput, ClaimedByAnother, Conflict, ReasonNeeded
from service.exhibits import AFTER, Exhibit, exhibit
from service.incident import DISCARDED, Event, Incident
from service.stamps import Step
from service.work import Work


def shown(work: Work, incident_id: str, *, by: str) -> Incident:
    incident = work.tx.incidents.get(incident_id)
    if incident.shown_at is not None:
        return incident
    work.stamp(Step.SHOWN, by=by, incident_id=incident.id)
    return work.change(incident, shown_at=work.now)


def claim(work: Work, incident_id: str, *, by: str, seconds: float) -> Incident:
    incident = work.tx.incidents.get(incident_id)
    holder = _holder(work, incident)
    if holder is not None and holder != by:
        raise ClaimedByAnother(holder)
    work.stamp(Step.CLAIMED, by=by, incident_id=incident.id)
    return work.change(incident, claimed_by=by, claimed_until=work.now + timedelta(seconds=seconds))


def release(work: Work, incident_id: str, *, by: str) -> Incident:
    """Somebody else's claim is left alone."""
    incident = work.tx.incidents.get(incident_id)
    if incident.claimed_by != by:
        return incident
    work.stamp(Step.RELEASED, by=by, incident_id=incident.id)
    return work.change(incident, claimed_by=None, claimed_until=None)


def confirm(work: Work, incident_id: str, *, by: str) -> Incident:
    incident = work.move(work.tx.incidents.get(incident_id), Event.CONFIRM, by=by)
    return _sent_out(work, incident)


def reject(work: Work, incident_id: str, *, by: str, reason: str, note: str) -> Incident:
    work.county.check_reason(reason)
    incident = work.tx.incidents.get(incident_id)
    return work.move(incident, Event.REJECT, by=by, reason=reason, details={"reason": reason, "note": note})


def merge(work: Work, incident_id: str, into_id: str, *, by: str) -> Incident:
    into = work.tx.incidents.get(into_id)
    if into.id == incident_id or into.status in DISCARDED:
        raise Conflict("不能并入该事件", f"nothing can be merged into {into.number}")
    incident = work.tx.incidents.get(incident_id)
    moved = work.move(incident, Event.MERGE, by=by, merged_into=into.id, details={"into": into.id})
    work.stamp(Step.MERGED, by=by, incident_id=into.id, details={"absorbed": moved.id})
    return moved


def unmerge(work: Work, incident_id: str, *, by: str, reason: str) -> Incident:
    incident = work.tx.incidents.get(incident_id)
    changes = {"merged_into": None, "reason": _needed(reason)}
    return work.move(incident, Event.UNMERGE, by=by, details={"reason": reason}, **changes)


def handle_on_spot(work: Work, incident_id: str, *, by: str, note: str, after_photo: Evidence | None) -> Incident:
    incident = work.tx.incidents.get(incident_id)
    if after_photo is not None:
        work.tx.exhibits.add(exhibit(after_photo, incident.id, added_at=work.now, by=by, role=AFTER))
    details = {"note": note, "on_spot": True}
    return work.move(incident, Event.HANDLE_ON_SPOT, by=by, details=details, **posting.just_resolved(work))


def close(work: Work, incident_id: str, *, by: str) -> Incident:
    return work.move(work.tx.incidents.get(incident_id), Event.CLOSE, by=by)


def reopen(work: Work, incident_id: str, *, by: str, reason: str) -> Incident:
    """Raises PlaceTaken when the place has a new incident by now: that is the one to work on."""
    incident = work.tx.incidents.get(incident_id)
    moved = work.move(incident, Event.REOPEN, by=by, reason=_needed(reason), details={"reason": reason})
    return _sent_out(work, moved)


def opened_original(work: Work, exhibit_id: int, *, by: str, reason: str) -> Exhibit:
    shown = work.tx.exhibits.get(exhibit_id)
    if shown.original is None:
        raise BadInput("没有原图", "there is no original of this")
    details = {"exhibit": exhibit_id, "reason": _needed(reason)}
    work.stamp(Step.ORIGINAL_OPENED, by=by, incident_id=shown.incident_id, details=details)
    return shown


def _sent_out(work: Work, incident: Incident) -> Incident:
    if not work.county.rules.auto_dispatch:
        return incident
    posting.dispatch(work, incident.id, by="rule:auto-dispatch", departments=None)
    return work.tx.incidents.get(incident.id)


def _holder(work: Work, incident: Incident) -> str | None:
    if incident.claimed_until is None or incident.claimed_until <= work.now:
        return None
    return incident.claimed_by


def _needed(reason: str) -> str:
    if not reason.strip():
        raise ReasonNeeded
    return reason
