"""`Idempotency-Key`: the same request sent again by the same caller gets the same answer and changes nothing.

Only successes are kept: a refusal changed nothing, so the request is judged anew. A reservation left behind by a
killed process is taken over after LEASE; the tables of moves then refuse what was done already.
"""

import hashlib
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from service.api.door import admit
from service.api.edge import Edge, edge_of
from service.api.refusals import BadIdempotencyKey, KeySpent, StillRunning
from service.keys import Answer

HEADER = "Idempotency-Key"
LEASE = timedelta(seconds=60)
NEVER_KEPT = frozenset({"create_key", "open_session"})  # their answers are secrets

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class OnceRoute(APIRoute):
    """A route whose POST honours the header."""

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()
        if "POST" not in (self.methods or ()) or self.name in NEVER_KEPT:
            return handle

        async def once(request: Request) -> Response:
            key = request.headers.get(HEADER)
            return await (handle(request) if key is None else _once(handle, request, key))

        return once


async def _once(handle: Handler, request: Request, key: str) -> Response:
    if not (0 < len(key) <= 200 and key.isprintable() and key.isascii()):
        raise BadIdempotencyKey
    actor = (await run_in_threadpool(admit, request)).key_id
    fingerprint = _fingerprint(request, await request.body())
    edge = edge_of(request)
    kept = await run_in_threadpool(_reserve, edge, actor, key, fingerprint)
    if kept is not None:
        return _again(kept)
    try:
        response = await handle(request)
    except BaseException:
        await run_in_threadpool(_drop, edge, actor, key)
        raise
    await run_in_threadpool(_keep, edge, actor, key, response)
    return response


def _fingerprint(request: Request, body: bytes) -> str:
    """A form's boundary is drawn anew by many clients each time they send, so it does not count."""
    head = f"{request.method} {request.url.path}?{request.url.query}\n"
    boundary = request.headers.get("content-type", "").partition("boundary=")[2].strip('"').encode()
    return hashlib.sha256(head.encode() + (body.replace(boundary, b"") if boundary else body)).hexdigest()


def _reserve(edge: Edge, actor: str, key: str, fingerprint: str) -> Answer | None:
    """The answer that was kept, or None when it is now ours to find one. Raises KeySpent or StillRunning."""
    now = edge.clock.now()
    with edge.store.begin() as tx:
        kept = tx.answers.reserve(actor, key, fingerprint, now)
        if kept is None:
            return None
        if kept.fingerprint != fingerprint:
            raise KeySpent
        if kept.status is not None:
            return kept
        if now - kept.at < LEASE:
            raise StillRunning
        tx.answers.drop(actor, key)
        return tx.answers.reserve(actor, key, fingerprint, now)


def _drop(edge: Edge, actor: str, key: str) -> None:
    with edge.store.begin() as tx:
        tx.answers.drop(actor, key)


def _keep(edge: Edge, actor: str, key: str, response: Response) -> None:
    with edge.store.begin() as tx:
        media_type = response.headers.get("content-type", "application/json")
        tx.answers.keep(actor, key, response.status_code, bytes(response.body), media_type, edge.clock.now())


def _again(kept: Answer) -> Response:
    assert kept.status is not None
    return Response(kept.body, kept.status, {"Idempotent-Replay": "true"}, kept.media_type)
