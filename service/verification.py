"""The camera checks what was reported as done: clear, or still blocked, with a picture."""

from datetime import datetime, timedelta

from pipelines.observation import CameraReport, CameraState, Evidence, ZoneReport, ZoneState
from service import posting
from service.cameras import camera_from
from service.dispatch import Event as DispatchEvent
from service.dispatch import Status as DispatchStatus
from service.errors import ReasonNeeded
from service.exhibits import VERIFY, exhibit
from service.incident import Event, Incident, Status
from service.stamps import Step
from service.work import Work

STILL_THERE = "摄像头复核：仍被占用 / the camera still sees it"

_STEPS = {
    CameraState.OK: Step.CAMERA_OK,
    CameraState.DEGRADED: Step.CAMERA_DEGRADED,
    CameraState.BLIND: Step.CAMERA_BLIND,
}


def report(work: Work, report: CameraReport) -> list[str]:
    """An older report than the last one changes nothing."""
    last = work.tx.cameras.find(report.source_id)
    if last is None or report.reported_at >= last.reported_at:
        work.tx.cameras.put(camera_from(report, heard_at=work.now))
        if last is None or last.state is not report.state:
            details = {"why": report.why, "since": report.since.isoformat()}
            work.stamp(_STEPS[report.state], by=_by(report.source_id), camera_id=report.source_id, details=details)
        _look_again(work, report)
    return _wanted(work, report.source_id)


def verify(work: Work, incident_id: str, *, by: str, ok: bool, reason: str, picture: Evidence | None) -> Incident:
    incident = work.tx.incidents.get(incident_id)
    if not ok and not reason.strip():
        raise ReasonNeeded
    if picture is not None:
        _keep(work, incident, picture, by=by)
    return _passed(work, incident, by=by) if ok else _failed(work, incident, by=by, reason=reason)


def _look_again(work: Work, report: CameraReport) -> None:
    zones = {(zone.kind, zone.zone_id): zone for zone in report.zones}
    for incident in work.tx.incidents.resolved_of(report.source_id):
        zone = zones.get((incident.kind, incident.zone_id))
        if zone is not None and _counts(work, incident, zone):
            _judge(work, incident, zone)


def _counts(work: Work, incident: Incident, zone: ZoneReport) -> bool:
    """Looked at after they said that it was done, and really seen. A picture must have been asked for at least once."""
    if zone.state is ZoneState.UNKNOWN or zone.captured_at <= _not_before(work, incident):
        return False
    return zone.still is not None or incident.still_asked_at is not None


def _judge(work: Work, incident: Incident, zone: ZoneReport) -> None:
    by = _by(incident.camera_id)
    if zone.state is ZoneState.CLEAR:
        _with_still(work, incident, zone)
        _passed(work, incident, by=by)
        return
    since = incident.doubt_since or max(zone.since, _not_before(work, incident))
    if zone.captured_at - since >= timedelta(seconds=work.county.rules.verify_patience_s):
        _with_still(work, incident, zone)
        _failed(work, incident, by=by, reason=STILL_THERE)
    elif incident.doubt_since is None:
        work.change(incident, doubt_since=since)


def _passed(work: Work, incident: Incident, *, by: str) -> Incident:
    verified = work.move(incident, Event.VERIFY_OK, by=by)
    for dispatch in work.tx.dispatches.of(incident.id):
        if dispatch.status is DispatchStatus.RESOLVED:
            work.move_dispatch(dispatch, DispatchEvent.VERIFY_OK, by=by)
    if work.county.rules.close_after_verified:
        return work.move(verified, Event.CLOSE, by="rule:close-after-verified")
    return verified


def _failed(work: Work, incident: Incident, *, by: str, reason: str) -> Incident:
    """Back to whoever said that it was done; if nobody was sent, to the route or, without one, to the desk."""
    changes = {"reworks": incident.reworks + 1, "resolved_at": None, "reason": reason}
    again = work.move(incident, Event.VERIFY_FAIL, by=by, details={"reason": reason}, **changes)
    done = [one for one in work.tx.dispatches.of(incident.id) if one.status is DispatchStatus.RESOLVED]
    for dispatch in done:
        posting.rework(work, dispatch, by=by, reason=reason)
    if not done and incident.kind in work.county.routes:
        posting.dispatch(work, again.id, by=by, departments=None)
    posting.settle(work, again.id)
    return work.tx.incidents.get(again.id)


def _wanted(work: Work, camera_id: str) -> list[str]:
    waiting = work.tx.incidents.resolved_of(camera_id)
    for incident in waiting:
        if incident.still_asked_at is None:
            work.change(incident, still_asked_at=work.now)
    return sorted({incident.zone_id for incident in waiting})


def _with_still(work: Work, incident: Incident, zone: ZoneReport) -> None:
    if zone.still is not None:
        _keep(work, incident, zone.still, by=_by(incident.camera_id))


def _keep(work: Work, incident: Incident, picture: Evidence, *, by: str) -> None:
    if incident.status is Status.RESOLVED:
        work.tx.exhibits.add(exhibit(picture, incident.id, added_at=work.now, by=by, role=VERIFY))


def _not_before(work: Work, incident: Incident) -> datetime:
    """A department may say "done" while the driver is still turning the key."""
    assert incident.resolved_at is not None
    return incident.resolved_at + timedelta(seconds=work.county.rules.verify_after_s)


def _by(camera_id: str) -> str:
    return f"camera:{camera_id}"
