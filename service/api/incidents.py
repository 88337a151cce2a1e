"""Incidents: what is open, and what the duty desk does about it."""

from typing import Annotated

from fastapi import Query
from pydantic import AwareDatetime, BaseModel

from pipelines.observation import Kind
from service.accounts import Actor
from service.api.door import Admitted
from service.api.edge import AtEdge, Edge
from service.api.parts import Id, Line, Reason, router
from service.api.present import incident_view
from service.api.views import IncidentPage, IncidentView
from service.incident import Incident, Status
from service.incident_filter import Filter, Order

incidents = router("incidents")


class Rejection(BaseModel):
    """`reason` is one of /api/county's."""

    reason: Reason
    note: Line = ""


class Why(BaseModel):
    reason: Reason


class Note(BaseModel):
    note: Line = ""


class Target(BaseModel):
    into: Reason


class Recipients(BaseModel):
    """None: as the county's routing rule says. Otherwise the first one leads."""

    departments: list[Reason] | None = None


class Verdict(BaseModel):
    """What a person saw instead of the camera. Not ok needs a reason and sends the work back."""

    ok: bool
    reason: Line = ""


class Asked(BaseModel):
    """What to list. `cursor` is the last answer's `next_cursor`."""

    status: list[Status] = []
    open: bool = False
    kind: Kind | None = None
    camera: str | None = None
    department: str | None = None
    since: AwareDatetime | None = None
    text: Line = ""
    order: Order = Order.GRAVEST
    limit: Annotated[int, Query(ge=1, le=200)] = 50
    cursor: Annotated[str, Query(max_length=200)] | None = None


@incidents.get("/incidents")
def list_incidents(edge: AtEdge, actor: Admitted, asked: Annotated[Asked, Query()]) -> IncidentPage:
    """Gravest and newest first."""
    with edge.store.read() as tx:
        page = tx.incidents.page(_filter(asked, actor))
        return IncidentPage(
            incidents=[incident_view(tx, incident, actor, edge.county) for incident in page.incidents],
            next_cursor=page.next,
            at_event=tx.stamps.last_id(),
            now=edge.clock.now(),
        )


@incidents.get("/incidents/{incident_id}")
def get_incident(edge: AtEdge, actor: Admitted, incident_id: Id) -> IncidentView:
    """One incident with its ledger, its dispatches and its evidence."""
    with edge.store.read() as tx:
        return incident_view(tx, tx.incidents.get(incident_id), actor, edge.county)


@incidents.post("/incidents/{incident_id}/shown")
def mark_incident_shown(edge: AtEdge, actor: Admitted, incident_id: Id) -> IncidentView:
    """It is on somebody's screen. The first time counts."""
    return _shown(edge, actor, edge.desk.shown(incident_id, by=actor.by))


@incidents.post("/incidents/{incident_id}/claim")
def claim_incident(edge: AtEdge, actor: Admitted, incident_id: Id) -> IncidentView:
    """So that two operators do not decide the same thing; it lapses by itself."""
    return _shown(edge, actor, edge.desk.claim(incident_id, by=actor.by))


@incidents.post("/incidents/{incident_id}/release")
def release_incident(edge: AtEdge, actor: Admitted, incident_id: Id) -> IncidentView:
    return _shown(edge, actor, edge.desk.release(incident_id, by=actor.by))


@incidents.post("/incidents/{incident_id}/confirm")
def confirm_incident(edge: AtEdge, actor: Admitted, incident_id: Id) -> IncidentView:
    return _shown(edge, actor, edge.desk.confirm(incident_id, by=actor.by))


@incidents.post("/incidents/{incident_id}/reject")
def reject_incident(edge: AtEdge, actor: Admitted, incident_id: Id, said: Rejection) -> IncidentView:
    """The reasons are counted: they say how good each camera's zone is."""
    return _shown(edge, actor, edge.desk.reject(incident_id, by=actor.by, reason=said.reason, note=said.note))


@incidents.post("/incidents/{incident_id}/dispatch")
def dispatch_incident(edge: AtEdge, actor: Admitted, incident_id: Id, said: Recipients) -> IncidentView:
    edge.desk.dispatch(incident_id, by=actor.by, departments=said.departments)
    return get_incident(edge, actor, incident_id)


@incidents.post("/incidents/{incident_id}/merge")
def merge_incident(edge: AtEdge, actor: Admitted, incident_id: Id, said: Target) -> IncidentView:
    return _shown(edge, actor, edge.desk.merge(incident_id, said.into, by=actor.by))


@incidents.post("/incidents/{incident_id}/unmerge")
def unmerge_incident(edge: AtEdge, actor: Admitted, incident_id: Id, said: Why) -> IncidentView:
    return _shown(edge, actor, edge.desk.unmerge(incident_id, by=actor.by, reason=said.reason))


@incidents.post("/incidents/{incident_id}/handle-on-spot")
def handle_incident_on_spot(edge: AtEdge, actor: Admitted, incident_id: Id, said: Note) -> IncidentView:
    """Somebody was there anyway and it is done; no department is sent."""
    return _shown(edge, actor, edge.desk.handle_on_spot(incident_id, by=actor.by, note=said.note))


@incidents.post("/incidents/{incident_id}/verify")
def verify_incident(edge: AtEdge, actor: Admitted, incident_id: Id, said: Verdict) -> IncidentView:
    """For what no camera can check."""
    return _shown(edge, actor, edge.desk.verify(incident_id, by=actor.by, ok=said.ok, reason=said.reason))


@incidents.post("/incidents/{incident_id}/close")
def close_incident(edge: AtEdge, actor: Admitted, incident_id: Id) -> IncidentView:
    return _shown(edge, actor, edge.desk.close(incident_id, by=actor.by))


@incidents.post("/incidents/{incident_id}/reopen")
def reopen_incident(edge: AtEdge, actor: Admitted, incident_id: Id, said: Why) -> IncidentView:
    return _shown(edge, actor, edge.desk.reopen(incident_id, by=actor.by, reason=said.reason))


def _shown(edge: Edge, actor: Actor, incident: Incident) -> IncidentView:
    return get_incident(edge, actor, incident.id)


def _filter(asked: Asked, actor: Actor) -> Filter:
    """A department's key asks for its own, whatever it asks for."""
    return Filter(
        statuses=tuple(asked.status),
        open_only=asked.open,
        kind=asked.kind,
        camera=asked.camera,
        department=actor.department or asked.department,
        since=asked.since,
        text=asked.text,
        order=asked.order,
        limit=asked.limit,
        cursor=asked.cursor,
    )
