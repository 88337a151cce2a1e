"""The HTTP edge: every route, behind one door."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI
from fastapi.routing import APIRoute
from fastapi.staticfiles import StaticFiles
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp

from service.api import refusals
from service.api.accounts import accounts, entrance
from service.api.cameras import cameras
from service.api.county import county
from service.api.dispatches import dispatches
from service.api.door import admitted
from service.api.edge import Edge
from service.api.events import events
from service.api.evidence import evidence
from service.api.flights import flights
from service.api.incidents import incidents
from service.api.observations import observations
from service.api.outbox import outbox
from service.api.outermost import SecurityHeaders, TooLargeInOurWords
from service.api.pages import WEB, pages
from service.api.parts import BODY_LIMIT
from service.api.schema import schema
from service.api.timing import timing
from service.api.uploads import uploads
from service.errors import Busy
from service.sweeping import EVERY_S, sweep

_log = logging.getLogger(__name__)

BEHIND_THE_DOOR = (
    observations,
    incidents,
    dispatches,
    cameras,
    events,
    evidence,
    timing,
    outbox,
    flights,
    uploads,
    county,
    accounts,
    schema,
)
IN_FRONT = (entrance, pages)


class _App(FastAPI):
    """The body limit of the framework answers in its own words and outside all middleware: we stand outside of it."""

    def build_middleware_stack(self) -> ASGIApp:
        return SecurityHeaders(TooLargeInOurWords(super().build_middleware_stack()))


def create_app(edge: Edge) -> FastAPI:
    """Opens nothing: the store must be open before the first request."""
    app = _App(
        title="Patrol 视频巡查",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=_lifespan,
        max_body_size=BODY_LIMIT,
        generate_unique_id_function=_operation,
    )
    app.state.edge = edge
    refusals.install(app)
    for router in BEHIND_THE_DOOR:
        app.include_router(router, dependencies=[Depends(admitted)])
    for router in IN_FRONT:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=WEB), name="static")
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """The feed runs as long as the application does; when it ends, every stream ends."""
    edge: Edge = app.state.edge
    watching = asyncio.create_task(edge.feed.run())
    sweeping = asyncio.create_task(_sweep_hourly(edge))
    try:
        yield
    finally:
        sweeping.cancel()
        edge.feed.close()
        await asyncio.gather(watching, sweeping, return_exceptions=True)


async def _sweep_hourly(edge: Edge) -> None:
    while True:
        try:
            await run_in_threadpool(sweep, edge.store, edge.clock)
            await run_in_threadpool(edge.uploads.expire)
        except (Busy, SQLAlchemyError):
            _log.exception("could not sweep; trying again in an hour")
        await asyncio.sleep(EVERY_S)


def _operation(route: APIRoute) -> str:
    """The endpoint's own name: short, unique, and what access.py calls it."""
    return route.name
