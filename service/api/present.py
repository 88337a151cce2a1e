"""From the service's own values to what the API shows, for one asker: a department sees its own part alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from enum import StrEnum
from typing import Any, TypeVar

from service import dispatch as dispatches
from service import incident as incidents
from service.access import ACCESS, Role
from service.accounts import Actor
from service.api.views import DispatchView, EvidenceView, IncidentView, StageView, StampView, StopView, Words
from service.county import County
from service.dispatch import Dispatch
from service.errors import NotFound
from service.exhibits import Exhibit
from service.incident import Incident
from service.names import Name
from service.road import road, stages
from service.stamps import Stamp
from service.store import Tx

S = TypeVar("S", bound=StrEnum)
E = TypeVar("E", bound=StrEnum)

# What a person may press -> the move that it is, and the route that does it.
INCIDENT_ACTIONS: Mapping[str, tuple[incidents.Event, str]] = {
    "confirm": (incidents.Event.CONFIRM, "confirm_incident"),
    "reject": (incidents.Event.REJECT, "reject_incident"),
    "dispatch": (incidents.Event.DISPATCH, "dispatch_incident"),
    "merge": (incidents.Event.MERGE, "merge_incident"),
    "unmerge": (incidents.Event.UNMERGE, "unmerge_incident"),
    "handle_on_spot": (incidents.Event.HANDLE_ON_SPOT, "handle_incident_on_spot"),
    "verify": (incidents.Event.VERIFY_OK, "verify_incident"),
    "close": (incidents.Event.CLOSE, "close_incident"),
    "reopen": (incidents.Event.REOPEN, "reopen_incident"),
}
DISPATCH_ACTIONS: Mapping[str, tuple[dispatches.Event, str]] = {
    "acknowledge": (dispatches.Event.ACK, "acknowledge_dispatch"),
    "arrive": (dispatches.Event.ARRIVE, "arrive_at_dispatch"),
    "resolve": (dispatches.Event.RESOLVE, "resolve_dispatch"),
    "not-found": (dispatches.Event.NOT_FOUND, "report_nothing_found"),
    "refuse": (dispatches.Event.REFUSE, "refuse_dispatch"),
    "recall": (dispatches.Event.RECALL, "recall_dispatch"),
    "suspend": (dispatches.Event.SUSPEND, "suspend_dispatch"),
    "resume": (dispatches.Event.RESUME, "resume_dispatch"),
    "manual-delivered": (dispatches.Event.MANUAL_DELIVERED, "mark_dispatch_delivered"),
}


def incident_view(tx: Tx, incident: Incident, actor: Actor, county: County) -> IncidentView:
    """Raises NotFound for a department that it was not sent to: to them it does not exist."""
    own = visible(tx.dispatches.of(incident.id), incident, actor)
    stamps = _visible_stamps(tx.stamps.of(incident.id), own, actor)
    stops = road(incident, stamps)
    return IncidentView.model_validate(
        {
            **plain(incident),
            "level": incident.colour.value,
            "colour": incident.colour.name.lower(),
            "why": Words(zh=incident.why_zh, en=incident.why_en),
            "camera_name": words(county.camera_name(incident.camera_id)),
            "stamps": [_stamp_view(stamp) for stamp in stamps],
            "road": [StopView(step=stop.step, at=stop.at) for stop in stops],
            "stages": [StageView(start=s.start, end=s.end, seconds=s.seconds) for s in stages(stops)],
            "evidence": [evidence_view(one) for one in tx.exhibits.of(incident.id)],
            "dispatches": [dispatch_view(one, actor, county) for one in own],
            "actions": [
                *_actions(INCIDENT_ACTIONS, incidents.TRANSITIONS, incident.status, actor),
                *_beacon(incident, actor),
            ],
        },
    )


def dispatch_view(dispatch: Dispatch, actor: Actor, county: County) -> DispatchView:
    department = county.departments.get(dispatch.department)
    name = Name(dispatch.department, dispatch.department) if department is None else department.name
    actions = _actions(DISPATCH_ACTIONS, dispatches.TRANSITIONS, _as_read(dispatch, actor), actor)
    return DispatchView.model_validate({**plain(dispatch), "department_name": words(name), "actions": actions})


def evidence_view(exhibit: Exhibit) -> EvidenceView:
    return EvidenceView(
        id=exhibit.id,
        role=exhibit.role,
        url=f"/api/evidence/{exhibit.id}",
        sha256=exhibit.sha256,
        media_type=exhibit.media_type,
        captured_at=exhibit.captured_at,
        has_original=exhibit.original is not None,
    )


def visible(all_of_it: Sequence[Dispatch], incident: Incident, actor: Actor) -> Sequence[Dispatch]:
    """Raises NotFound when the asker is a department and none of these is its own."""
    if actor.role is not Role.DEPARTMENT:
        return all_of_it
    own = [dispatch for dispatch in all_of_it if dispatch.department == actor.department]
    if not own:
        raise NotFound("incident", incident.id)
    return own


def _visible_stamps(stamps: Sequence[Stamp], own: Sequence[Dispatch], actor: Actor) -> Sequence[Stamp]:
    if actor.role is not Role.DEPARTMENT:
        return stamps
    ids = {dispatch.id for dispatch in own}
    return [stamp for stamp in stamps if stamp.dispatch_id is None or stamp.dispatch_id in ids]


def _actions(
    actions: Mapping[str, tuple[E, str]], table: Mapping[tuple[S, E], S], status: S, actor: Actor
) -> list[str]:
    return [
        name for name, (event, route) in actions.items() if (status, event) in table and actor.role in ACCESS[route]
    ]


def _as_read(dispatch: Dispatch, actor: Actor) -> dispatches.Status:
    """A department that reads its dispatch has it, whatever our sender believes."""
    unread = actor.role is Role.DEPARTMENT and dispatch.status in dispatches.PROOF_OF_DELIVERY
    return dispatches.Status.DELIVERED if unread else dispatch.status


def _beacon(incident: Incident, actor: Actor) -> Iterable[str]:
    """The page says so once it is on a screen; the first time counts."""
    wanted = incident.shown_at is None and incident.is_open and actor.role in ACCESS["mark_incident_shown"]
    return ("shown",) if wanted else ()


def _stamp_view(stamp: Stamp) -> StampView:
    return StampView.model_validate(plain(stamp))


def plain(value: Any) -> dict[str, Any]:
    """The fields of one of our frozen values, one level deep."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


def words(name: Name) -> Words:
    return Words(zh=name.zh, en=name.en)
