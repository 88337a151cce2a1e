"""A request's body on its way to the disk: a block at a time, so that memory stays flat however long the body is.

A piece that breaks off leaves what has come, and the next goes on behind it.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Protocol

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from service.api.tus import Checksum
from service.upload_errors import PieceDamaged, Stalled, TooMuchSent
from service.upload_parts import Part

BLOCK = 1024 * 1024
IDLE_S = 30.0  # a line that is cut somewhere between says nothing: without this it would hold the file for hours


class _Digest(Protocol):
    def update(self, content: bytes | bytearray, /) -> None: ...


async def take_piece(
    request: Request, part: Part, room: int, checksum: Checksum | None, *, idle_s: float = IDLE_S
) -> None:
    """The body, up to `room` bytes, to the part's end. All that comes is kept, also when the line breaks, but for a
    whole piece whose checksum differs: that is cut off again. Raises TooMuchSent, Stalled, DiskFull or PieceDamaged.
    """
    start = part.size
    digest = None if checksum is None else checksum.begun()
    try:
        await _store_all(_chunks(request, idle_s), part, room, digest)
    except ClientDisconnect:
        return  # nobody waits for an answer, and the checksum was one of the whole piece
    if checksum is not None and digest is not None and digest.digest() != checksum.digest:
        await run_in_threadpool(part.cut, start)
        raise PieceDamaged


async def _store_all(chunks: AsyncIterator[bytes], part: Part, room: int, digest: _Digest | None) -> None:
    block = bytearray()
    try:
        async for chunk in chunks:
            block += chunk[:room]
            room -= len(chunk)
            if room < 0:
                raise TooMuchSent
            if len(block) >= BLOCK:
                full, block = block, bytearray()
                await run_in_threadpool(_store, part, full, digest)
    finally:
        await run_in_threadpool(_store, part, block, digest)


async def _chunks(request: Request, idle_s: float) -> AsyncIterator[bytes]:
    """Raises Stalled or ClientDisconnect."""
    stream = request.stream()
    while True:
        try:
            async with asyncio.timeout(idle_s):
                chunk = await anext(stream, None)
        except TimeoutError as error:
            raise Stalled(idle_s) from error
        if chunk is None:
            return
        yield chunk


def _store(part: Part, block: bytearray, digest: _Digest | None) -> None:
    if digest is not None:
        digest.update(block)
    part.write(block)
