"""The thread that keeps a live stream open: connects, reads, waits and connects again until it is told to stop."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Event, Thread, main_thread
from typing import Any

import av

from clock import Clock
from pipelines.arrival import ArrivalTimes
from pipelines.backoff import Backoff
from pipelines.decoding import Shown
from pipelines.footage import BadSource
from pipelines.live_link import LiveLink
from pipelines.media import reason, video_stream
from pipelines.ring import PacketRing
from pipelines.slot import Slot
from pipelines.tally import Tally
from pipelines.vigil import Vigil

_GLANCE_S = 1.0


@dataclass(frozen=True, slots=True)
class Newest:
    """A due picture and when it arrived."""

    shown: Shown
    arrived: datetime


@dataclass(frozen=True, slots=True)
class Outlets:
    """Where the reader puts what it has: pictures, packets for clips, counts, and how the camera does."""

    slot: Slot[Newest]
    ring: PacketRing
    tally: Tally
    vigil: Vigil


class LiveReader:
    """`connect` opens the stream and raises av.FFmpegError or BadSource; either way it is tried again, for ever."""

    def __init__(
        self, connect: Callable[[], Any], outlets: Outlets, *, name: str, rate_hz: float, clock: Clock, backoff: Backoff
    ) -> None:
        self._connect = connect
        self._outlets = outlets
        self._name = name
        self._rate_hz = rate_hz
        self._clock = clock
        self._backoff = backoff
        self._times = ArrivalTimes()
        self._stopping = Event()

    def start(self) -> None:
        """Not a daemon: the interpreter must not be taken down around a thread that is inside FFmpeg."""
        Thread(target=self._read_on, name=f"camera {self._name}").start()

    def stop(self) -> None:
        """Does not wait for the thread, which may be inside a read for some seconds more."""
        self._stopping.set()

    def _read_on(self) -> None:
        try:
            while not self._is_over():
                self._outlets.vigil.lost(self._read_until_lost())
                self._wait(self._backoff.next_s())
        finally:
            self._outlets.slot.shut()

    def _is_over(self) -> bool:
        """Nobody may be left to stop the reader when the program ends."""
        return self._stopping.is_set() or not main_thread().is_alive()

    def _wait(self, seconds: float) -> None:
        while seconds > 0 and not self._is_over():
            self._stopping.wait(min(seconds, _GLANCE_S))
            seconds -= _GLANCE_S

    def _read_until_lost(self) -> str:
        try:
            with self._connect() as container:
                self._read(container)
        except av.FFmpegError as error:
            return f"no stream: {reason(error)}"
        except BadSource as error:
            return str(error)
        return "the camera ended the stream"

    def _read(self, container: Any) -> None:
        stream = video_stream(container, self._name)
        link = LiveLink(stream, rate_hz=self._rate_hz, times=self._times, ring=self._outlets.ring)
        for packet in container.demux(stream):
            if self._is_over():
                return
            self._pass_on(link, packet, self._clock.now())

    def _pass_on(self, link: LiveLink, packet: Any, arrived: datetime) -> None:
        failed, missed = link.failed, link.missed
        pictures = link.take(packet, arrived)
        self._outlets.vigil.damaged(link.failed - failed, arrived)
        self._outlets.tally.dropped += link.missed - missed
        self._outlets.tally.keyframes_only = link.keyframes_only
        for shown in pictures:
            self._backoff.reset()
            self._outlets.vigil.saw(arrived)
            self._outlets.tally.dropped += self._outlets.slot.put(Newest(shown, arrived))
