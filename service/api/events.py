"""The ledger as a live stream, resumed with Last-Event-ID. Each client reads at its own pace: nothing piles up here."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Header, Query, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel, ConfigDict
from starlette.concurrency import run_in_threadpool

from service.access import Role
from service.accounts import Actor
from service.api.door import Admitted, identify
from service.api.edge import AtEdge, Edge
from service.api.parts import REFUSALS_OF_FILES, router
from service.errors import ServiceError
from service.stamps import Stamp
from service.store import Tx

PAGE = 200
BEAT_S = 10.0

events = router("events")

RowNumber = Annotated[int, Query(ge=0)]


class LedgerEvent(BaseModel):
    """`event: ledger`: one row of the ledger; its number is the event's id."""

    model_config = ConfigDict(from_attributes=True)

    step: str
    at: datetime
    recorded_at: datetime
    by: str
    incident_id: str | None
    dispatch_id: str | None
    camera_id: str | None
    flight_id: str | None


class Beat(BaseModel):
    """`event: beat`: nothing happened, and the line is alive."""

    now: datetime


@dataclass(frozen=True, slots=True)
class Batch:
    """What the asker may see of the rows up to `upto`; `more` rows may lie behind them."""

    stamps: Sequence[Stamp]
    upto: int
    more: bool


async def _seat(edge: AtEdge) -> AsyncIterator[None]:
    with edge.feed.seat():
        yield


@events.get("/events", response_class=EventSourceResponse, dependencies=[Depends(_seat)], responses=REFUSALS_OF_FILES)
async def stream_events(
    request: Request,
    edge: AtEdge,
    actor: Admitted,
    after: RowNumber | None = None,
    last_event_id: Annotated[int | None, Header(ge=0)] = None,
) -> AsyncIterator[ServerSentEvent]:
    """Rows after Last-Event-ID, or `after`, or from now on. Ends when the key does; then connect again."""
    start = last_event_id if last_event_id is not None else after
    seen = await run_in_threadpool(_newest, edge) if start is None else start
    try:
        while True:
            batch = await run_in_threadpool(_after, edge, actor, seen)
            for stamp in batch.stamps:
                yield ServerSentEvent(id=str(stamp.id), event="ledger", data=LedgerEvent.model_validate(stamp))
            seen = batch.upto
            if not batch.more and not await _news(edge, seen):
                yield ServerSentEvent(event="beat", data=Beat(now=edge.clock.now()))
            if edge.feed.closed:
                return
            await run_in_threadpool(identify, request)
    except ServiceError:
        return  # the client connects again and is told why


async def _news(edge: Edge, seen: int) -> bool:
    try:
        async with asyncio.timeout(BEAT_S):
            return await edge.feed.beyond(seen)
    except TimeoutError:
        return False


def _newest(edge: Edge) -> int:
    with edge.store.read() as tx:
        return tx.stamps.last_id()


def _after(edge: Edge, actor: Actor, seen: int) -> Batch:
    with edge.store.read() as tx:
        stamps = tx.stamps.after(seen, PAGE)
        return Batch(_visible(tx, stamps, actor), stamps[-1].id if stamps else seen, len(stamps) == PAGE)


def _visible(tx: Tx, stamps: Sequence[Stamp], actor: Actor) -> Sequence[Stamp]:
    if actor.role is Role.DEPARTMENT:
        return _own(tx, stamps, actor)
    return _of_team(tx, stamps, actor) if actor.role is Role.PILOT else stamps


def _of_team(tx: Tx, stamps: Sequence[Stamp], actor: Actor) -> Sequence[Stamp]:
    """Rows of the team's flights."""
    teams = tx.flights.teams_of({stamp.flight_id for stamp in stamps if stamp.flight_id})
    return [stamp for stamp in stamps if stamp.flight_id and teams.get(stamp.flight_id) == actor.team]


def _own(tx: Tx, stamps: Sequence[Stamp], actor: Actor) -> Sequence[Stamp]:
    """Rows of its dispatches, and of their incidents that name no other department's dispatch."""
    incidents = {stamp.incident_id for stamp in stamps if stamp.incident_id}
    dispatches = {
        one.id: incident
        for incident in incidents
        for one in tx.dispatches.of(incident)
        if one.department == actor.department
    }
    visible = set(dispatches.values())
    return [s for s in stamps if s.incident_id in visible and (s.dispatch_id is None or s.dispatch_id in dispatches)]
