"""Wakes the event streams: one look at the event table per second however many streams there are, and one per ring."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from service.errors import Busy, ServiceError

SEATS = 200  # streams at a time
FALLBACK_S = 1.0  # another process may write events: its bell is not ours

_log = logging.getLogger(__name__)


class TooManyStreams(ServiceError):
    status = 503
    code = "too_many_streams"
    again = True

    def __init__(self) -> None:
        super().__init__("连接过多，请稍后再试", "too many streams are open: try again later")


class Feed:
    """Streams read the event table at their own pace; here they only wait. A slow one holds no queue of ours."""

    def __init__(self, newest: Callable[[], int]) -> None:
        self._newest = newest
        self._at = 0
        self._closed = False
        self._news = asyncio.Event()
        self._look = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._taken = 0

    @property
    def closed(self) -> bool:
        return self._closed

    @contextmanager
    def seat(self) -> Iterator[None]:
        """One stream. Raises TooManyStreams."""
        if self._taken >= SEATS:
            raise TooManyStreams
        self._taken += 1
        try:
            yield
        finally:
            self._taken -= 1

    async def run(self) -> None:
        """Until closed. However it ends, every waiter wakes."""
        self._loop = asyncio.get_running_loop()
        try:
            while not self._closed:
                await self._look_once()
                await self._rung()
        finally:
            self._close()

    def ring(self) -> None:
        """Look now. From any thread."""
        self._soon(self._look.set)

    def close(self) -> None:
        """End every stream. From any thread; safe to repeat."""
        self._closed = True
        self._soon(self._close)

    async def beyond(self, seen: int) -> bool:
        """True once there is an event after `seen`; False when the feed is closed."""
        while self._at <= seen and not self._closed:
            await self._news.wait()
        return not self._closed

    async def _look_once(self) -> None:
        try:
            newest = await run_in_threadpool(self._newest)
        except (Busy, SQLAlchemyError):
            _log.exception("could not look for events; looking again in %s s", FALLBACK_S)
            return
        if newest > self._at:
            self._at = newest
            self._wake()

    async def _rung(self) -> None:
        try:
            async with asyncio.timeout(FALLBACK_S):
                await self._look.wait()
        except TimeoutError:
            return
        self._look.clear()

    def _wake(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()

    def _close(self) -> None:
        self._closed = True
        self._look.set()
        self._wake()

    def _soon(self, call: Callable[[], None]) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(call)
