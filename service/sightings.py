"""What one observation says, in the words of the incident and of the ledger."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pipelines.observation import Observation, Phase
from service.colour import Reason, colour_of
from service.errors import BadInput
from service.incident import Incident
from service.stamps import Source, Step


def seen(observation: Observation, reason: Reason) -> dict[str, Any]:
    return {
        "subject": observation.subject,
        "last_seen_at": observation.captured_at,
        "cleared_at": observation.captured_at if observation.phase is Phase.ENDED else None,
        "confidence": observation.confidence,
        "seen_s": observation.seen_s,
        "unseen_s": observation.unseen_s,
        "measures": dict(observation.measures),
        "where": observation.where,
        "decided_by": observation.decided_by,
        "colour": reason.colour,
        "why_zh": reason.zh,
        "why_en": reason.en,
    }


def first_colour(observation: Observation) -> Reason:
    lasted = observation.captured_at - observation.began_at
    return colour_of(observation.kind, observation.measures, lasted.total_seconds())


def colour_now(incident: Incident, observation: Observation) -> Reason:
    """What has ended keeps the colour that it had while it lasted."""
    if observation.phase is Phase.ENDED:
        return Reason(incident.colour, incident.why_zh, incident.why_en)
    lasted = observation.captured_at - incident.began_at
    return colour_of(observation.kind, observation.measures, lasted.total_seconds())


def machine_steps(observation: Observation) -> list[tuple[Step, datetime, Source]]:
    """The road before the service: the street's moments by the camera's clock, the node's by its own."""
    street = street_clock(observation)
    return [
        (Step.ONSET, observation.began_at, street),
        (Step.DETECTED, observation.detected_at, Source.SERVER),
        (Step.DWELL_MET, observation.dwell_met_at, street),
        (Step.CAPTURED, observation.captured_at, street),
        (Step.RECEIVED, observation.received_at, Source.SERVER),
        (Step.DECIDED, observation.decided_at, Source.SERVER),
    ]


def said(observation: Observation) -> Mapping[str, Any]:
    return {
        "phase": observation.phase.value,
        "already_there": observation.already_there,
        "seen_s": observation.seen_s,
        "unseen_s": observation.unseen_s,
    }


def told_by(observation: Observation) -> str:
    return f"camera:{observation.source_id}"


def street_clock(observation: Observation) -> Source:
    try:
        return Source(observation.time_source)
    except ValueError as error:
        known = ", ".join(Source)
        raise BadInput("时间来源不明", f"time_source must be one of {known}") from error
