"""What a department is told: the body of a letter, in few words, with links instead of pictures."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from service.codes import codes_of
from service.colour import COLOUR_NAMES
from service.county import KIND_NAMES, County
from service.dispatch import Dispatch
from service.exhibits import Exhibit
from service.incident import Incident
from service.letters import MessageType
from service.names import Name

MOST_BYTES = 20_000
ANSWERS = ("acknowledge", "arrive", "resolve", "not-found", "refuse")


def notice(
    message: MessageType,
    county: County,
    incident: Incident,
    dispatch: Dispatch,
    exhibits: Sequence[Exhibit],
    *,
    at: datetime,
    reason: str = "",
) -> str:
    """JSON of Standard Webhooks' shape, under 20 kB: the oldest evidence is left out first."""
    shown = list(exhibits)
    while True:
        data = _data(county, incident, dispatch, shown, reason)
        body = json.dumps({"type": message, "timestamp": _iso(at), "data": data}, ensure_ascii=False)
        if not shown or len(body.encode()) < MOST_BYTES:
            return body
        shown.pop(0)


def _data(
    county: County, incident: Incident, dispatch: Dispatch, exhibits: Sequence[Exhibit], reason: str
) -> Mapping[str, Any]:
    return {
        "dispatch_id": dispatch.id,
        "department": dispatch.department,
        "part": dispatch.part,
        "due_at": _iso(dispatch.due_at),
        "limit_continuous_hours": dispatch.limit_continuous_hours,
        "reason": reason,
        "incident": _incident(incident),
        "place": _place(county, incident),
        "evidence": [_evidence(county, one) for one in exhibits],
        "answer": {answer: f"{county.base_url}/api/dispatches/{dispatch.id}/{answer}" for answer in ANSWERS},
    }


def _incident(incident: Incident) -> Mapping[str, Any]:
    return {
        "id": incident.id,
        "number": incident.number,
        "kind": {"id": incident.kind, **_both(KIND_NAMES[incident.kind])},
        "colour": {"level": int(incident.colour), **_both(COLOUR_NAMES[incident.colour])},
        "why": {"zh": incident.why_zh, "en": incident.why_en},
        "onset_at": _iso(incident.began_at),
        "already_there": incident.already_there,
        "raised_at": _iso(incident.raised_at),
        "subject": incident.subject,
        "codes": [{"scheme": c.scheme, "code": c.code, "zh": c.zh} for c in codes_of(incident.kind, incident.subject)],
        "measures": {name: {"value": m.value, "unit": m.unit} for name, m in incident.measures.items()},
    }


def _place(county: County, incident: Incident) -> Mapping[str, Any]:
    where = incident.where
    spot = None if where is None else {"lat": where.latitude, "lon": where.longitude, "error_m": where.error_m}
    camera = {"id": incident.camera_id, **_both(county.camera_name(incident.camera_id))}
    return {"camera": camera, "zone": incident.zone_id, "wgs84": spot}


def _evidence(county: County, exhibit: Exhibit) -> Mapping[str, Any]:
    return {
        "role": exhibit.role,
        "url": f"{county.base_url}/api/evidence/{exhibit.id}",
        "sha256": exhibit.sha256,
        "media_type": exhibit.media_type,
        "captured_at": _iso(exhibit.captured_at),
    }


def _both(name: Name) -> Mapping[str, str]:
    return {"zh": name.zh, "en": name.en}


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat()
