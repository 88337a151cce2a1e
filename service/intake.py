"""How an observation becomes an incident, or joins one: one incident per blockage, whatever is sent twice or late."""

from datetime import timedelta, timezone
from typing import Any

from pipelines.observation import Observation, Phase
from service import triage
from service.exhibits import exhibit
from service.incident import Event, Incident, Status
from service.sightings import colour_now, first_colour, machine_steps, said, seen, street_clock, told_by
from service.stamps import Step
from service.work import Work

# Numbers run by the county's own year.
CHINA = timezone(timedelta(hours=8))
AUTO = "rule:auto-confirm"

_RECURS_AFTER = frozenset({Status.VERIFIED, Status.CLOSED, Status.EXPIRED})


def record(work: Work, observation: Observation) -> Incident:
    """An observation that was heard before changes nothing."""
    known = work.tx.observations.incident_of(str(observation.id))
    if known is not None:
        return work.tx.incidents.get(known)
    before = _of_same_blockage(work, observation)
    incident = _raised(work, observation) if before is None else _joined(work, before, observation)
    work.tx.observations.add(observation, incident.id, recorded_at=work.now)
    for evidence in observation.evidence:
        work.tx.exhibits.add(exhibit(evidence, incident.id, added_at=work.now, by=told_by(observation)))
    return _ruled(work, incident, observation, new=before is None)


def _of_same_blockage(work: Work, observation: Observation) -> Incident | None:
    """By its life, even if rejected or closed; else what is open at its place; else what it overlaps in time.

    The last is a late fact about something finished: a node that was restarted saw the same thing begin anew.
    """
    incidents = work.tx.incidents
    same = incidents.of_life(str(observation.life))
    if same is not None:
        return same
    return incidents.open_at(observation.kind, observation.place) or _overlapping(work, observation)


def _overlapping(work: Work, observation: Observation) -> Incident | None:
    last = work.tx.incidents.last_at(observation.place, _RECURS_AFTER)
    if last is not None and last.began_at <= observation.captured_at <= last.last_seen_at:
        return last
    return None


def _raised(work: Work, observation: Observation) -> Incident:
    """In whatever phase we first hear of it: what began unheard must still be judged."""
    candidate = _candidate(work, observation)
    gone = observation.phase is Phase.ENDED
    event = Event.VANISH if gone and work.county.rules.expire_cleared else Event.RAISE
    work.tx.incidents.add(candidate)
    for step, at, source in machine_steps(observation):
        work.stamp(step, by=told_by(observation), incident_id=candidate.id, at=at, source=source)
    incident = work.move(candidate, event, by=told_by(observation), details=said(observation))
    if gone:
        _stamp_phase(work, incident, observation)
    return incident


def _candidate(work: Work, observation: Observation) -> Incident:
    before = work.tx.incidents.last_at(observation.place, _RECURS_AFTER)
    reason = first_colour(observation)
    return Incident(
        id=str(observation.life),
        number=work.tx.incidents.next_number(work.now.astimezone(CHINA).year),
        kind=observation.kind,
        place=observation.place,
        life=str(observation.life),
        camera_id=observation.source_id,
        zone_id=observation.zone_id,
        status=Status.CANDIDATE,
        version=0,
        began_at=observation.began_at,
        already_there=observation.already_there,
        raised_at=work.now,
        updated_at=work.now,
        recurrence_of=None if before is None else before.id,
        **seen(observation, reason),
    )


def _joined(work: Work, incident: Incident, observation: Observation) -> Incident:
    """Late facts are stamped and kept; only newer ones change what the incident says of now."""
    changes: dict[str, Any] = {}
    if work.tx.incidents.of_life(str(observation.life)) is None:
        changes |= _recurred(work, incident, observation)
    if observation.captured_at >= incident.last_seen_at:
        changes |= seen(observation, colour_now(incident, observation))
    changed = work.change(incident, **changes) if changes else incident
    if changed.colour != incident.colour:
        details = {"colour": int(changed.colour), "why_zh": changed.why_zh, "why_en": changed.why_en}
        work.stamp(Step.COLOURED, by=told_by(observation), incident_id=incident.id, details=details)
    _stamp_phase(work, changed, observation)
    return changed


def _recurred(work: Work, incident: Incident, observation: Observation) -> dict[str, Any]:
    work.tx.incidents.add_life(str(observation.life), incident.id)
    source = street_clock(observation)
    details = {"life": str(observation.life)}
    work.stamp(
        Step.RECURRED,
        by=told_by(observation),
        incident_id=incident.id,
        at=observation.began_at,
        source=source,
        details=details,
    )
    return {"recurrences": incident.recurrences + 1}


def _stamp_phase(work: Work, incident: Incident, observation: Observation) -> None:
    step = Step.CLEARED if observation.phase is Phase.ENDED else Step.CONTINUED
    work.stamp(
        step,
        by=told_by(observation),
        incident_id=incident.id,
        at=observation.captured_at,
        source=street_clock(observation),
        details=said(observation),
    )


def _ruled(work: Work, incident: Incident, observation: Observation, *, new: bool) -> Incident:
    """What the county lets happen without a person."""
    if incident.status is not Status.RAISED:
        return incident
    if observation.phase is Phase.ENDED and work.county.rules.expire_cleared:
        return work.move(incident, Event.EXPIRE, by="rule:expire-cleared")
    if new and observation.phase is not Phase.ENDED and work.county.confirms(observation.kind, observation.confidence):
        return triage.confirm(work, incident.id, by=AUTO)
    return incident
