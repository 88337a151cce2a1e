"""Dispatches: what a department answers, and what the centre does about a dispatch."""

from datetime import datetime
from typing import Annotated

from fastapi import Form, Query, UploadFile
from pydantic import AwareDatetime, BaseModel

from service.access import Role
from service.accounts import Actor
from service.api.door import Admitted
from service.api.edge import AtEdge, Edge
from service.api.parts import Id, Line, Reason, router
from service.api.present import dispatch_view
from service.api.views import DispatchView
from service.dispatch import Dispatch
from service.errors import NotFound
from service.photos import PHOTO_LIMIT, Photos

dispatches = router("dispatches")


class Answer(BaseModel):
    """`device_time`: what the telephone's clock said; the server's counts."""

    device_time: AwareDatetime | None = None


class NotFoundThere(BaseModel):
    note: Line = ""


class Why(BaseModel):
    reason: Reason


class Suspension(BaseModel):
    reason: Reason
    until: AwareDatetime


class PhoneCall(BaseModel):
    """Whom one spoke to."""

    note: Reason


class DispatchList(BaseModel):
    dispatches: list[DispatchView]
    now: datetime


@dispatches.get("/dispatches")
def list_dispatches(
    edge: AtEdge,
    actor: Admitted,
    department: str | None = None,
    open: bool = True,
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
) -> DispatchList:
    """A department's own; the centre names one, or gets every department's."""
    wanted = [actor.department or department] if actor.department or department else sorted(edge.county.departments)
    with edge.store.read() as tx:
        found = [
            one for name in wanted if name for one in tx.dispatches.for_department(name, open_only=open, limit=limit)
        ]
    newest = sorted(found, key=lambda one: one.created_at, reverse=True)[:limit]
    return DispatchList(dispatches=[dispatch_view(one, actor, edge.county) for one in newest], now=edge.clock.now())


@dispatches.get("/dispatches/{dispatch_id}")
def get_dispatch(edge: AtEdge, actor: Admitted, dispatch_id: Id) -> DispatchView:
    return dispatch_view(_own(edge, actor, dispatch_id), actor, edge.county)


@dispatches.post("/dispatches/{dispatch_id}/acknowledge")
def acknowledge_dispatch(edge: AtEdge, actor: Admitted, dispatch_id: Id, said: Answer) -> DispatchView:
    _own(edge, actor, dispatch_id)
    done = edge.desk.acknowledge(dispatch_id, by=actor.by, device_time=said.device_time)
    return dispatch_view(done, actor, edge.county)


@dispatches.post("/dispatches/{dispatch_id}/arrive")
def arrive_at_dispatch(edge: AtEdge, actor: Admitted, dispatch_id: Id, said: Answer) -> DispatchView:
    _own(edge, actor, dispatch_id)
    done = edge.desk.arrive(dispatch_id, by=actor.by, device_time=said.device_time)
    return dispatch_view(done, actor, edge.county)


@dispatches.post("/dispatches/{dispatch_id}/resolve", max_body_size=PHOTO_LIMIT + 64 * 1024)
def resolve_dispatch(
    edge: AtEdge,
    actor: Admitted,
    dispatch_id: Id,
    photo: UploadFile | None = None,
    note: Annotated[Line, Form()] = "",
    device_time: Annotated[AwareDatetime | None, Form()] = None,
) -> DispatchView:
    """Done; `photo` shows the place afterwards (JPEG, PNG or WebP)."""
    _own(edge, actor, dispatch_id)
    kept = None if photo is None else Photos(edge.settings.evidence, edge.clock).keep(photo.file, dispatch_id)
    done = edge.desk.resolve(dispatch_id, by=actor.by, after_photo=kept, note=note, device_time=device_time)
    return dispatch_view(done, actor, edge.county)


@dispatches.post("/dispatches/{dispatch_id}/not-found")
def report_nothing_found(edge: AtEdge, actor: Admitted, dispatch_id: Id, said: NotFoundThere) -> DispatchView:
    """Nothing was there: a result like another."""
    _own(edge, actor, dispatch_id)
    return dispatch_view(edge.desk.not_found(dispatch_id, by=actor.by, note=said.note), actor, edge.county)


@dispatches.post("/dispatches/{dispatch_id}/refuse")
def refuse_dispatch(edge: AtEdge, actor: Admitted, dispatch_id: Id, said: Why) -> DispatchView:
    """Not ours (非本单位): it goes back to the centre."""
    _own(edge, actor, dispatch_id)
    return dispatch_view(edge.desk.refuse(dispatch_id, by=actor.by, reason=said.reason), actor, edge.county)


@dispatches.post("/dispatches/{dispatch_id}/recall")
def recall_dispatch(edge: AtEdge, actor: Admitted, dispatch_id: Id, said: Why) -> DispatchView:
    return dispatch_view(edge.desk.recall(dispatch_id, by=actor.by, reason=said.reason), actor, edge.county)


@dispatches.post("/dispatches/{dispatch_id}/suspend")
def suspend_dispatch(edge: AtEdge, actor: Admitted, dispatch_id: Id, said: Suspension) -> DispatchView:
    """挂账: approved by whoever calls this, with an end."""
    done = edge.desk.suspend(dispatch_id, by=actor.by, reason=said.reason, until=said.until)
    return dispatch_view(done, actor, edge.county)


@dispatches.post("/dispatches/{dispatch_id}/resume")
def resume_dispatch(edge: AtEdge, actor: Admitted, dispatch_id: Id) -> DispatchView:
    return dispatch_view(edge.desk.resume(dispatch_id, by=actor.by), actor, edge.county)


@dispatches.post("/dispatches/{dispatch_id}/manual-delivered")
def mark_dispatch_delivered(edge: AtEdge, actor: Admitted, dispatch_id: Id, said: PhoneCall) -> DispatchView:
    """They were told by telephone."""
    return dispatch_view(edge.desk.manual_delivered(dispatch_id, by=actor.by, note=said.note), actor, edge.county)


def _own(edge: Edge, actor: Actor, dispatch_id: str) -> Dispatch:
    """Raises NotFound for a department whose dispatch it is not: to them it does not exist."""
    with edge.store.read() as tx:
        dispatch = tx.dispatches.get(dispatch_id)
    if actor.role is Role.DEPARTMENT and dispatch.department != actor.department:
        raise NotFound("dispatch", dispatch_id)
    return dispatch
