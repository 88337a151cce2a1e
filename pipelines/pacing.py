"""Plays footage at the speed of its own times, as if it were live."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from clock import Clock
from pipelines.footage import Delivered, Source, SourceEnded, SourceState
from vision.types import Frame

_NAP_S = 0.1


class PacedSource:
    """Holds every frame of `source` back until its time has come. Frames that are late by a sample are dropped."""

    def __init__(self, source: Source, *, rate_hz: float, clock: Clock) -> None:
        self._source = source
        self._late_s = 1 / rate_hz
        self._clock = clock
        self._held: Frame | None = None
        self._first: datetime | None = None
        self._started = 0.0
        self._overtaken = 0
        self._closed = False

    @property
    def source_id(self) -> str:
        return self._source.source_id

    def open(self) -> None:
        self._source.open()
        self._started = self._clock.monotonic()

    def close(self) -> None:
        self._closed = True
        self._source.close()

    def look(self, timeout_s: float) -> Frame | None:
        frame = self._held or self._newest(timeout_s)
        self._held = None
        if frame is None or self._comes_within(frame, timeout_s):
            return None if frame is None else _received(frame, self._clock.now())
        self._held = frame
        return None

    def state(self) -> SourceState:
        return self._source.state()

    def delivered(self) -> Delivered:
        said = self._source.delivered()
        return replace(said, sampled=said.sampled - self._overtaken, dropped=said.dropped + self._overtaken)

    def cut(self, start: datetime, end: datetime, path: Path) -> bool:
        return self._source.cut(start, end, path)

    def _newest(self, timeout_s: float) -> Frame | None:
        frame = self._source.look(timeout_s)
        while frame is not None and self._wait_s(frame) < -self._late_s:
            self._overtaken += 1
            frame = self._source.look(timeout_s)
        return frame

    def _comes_within(self, frame: Frame, timeout_s: float) -> bool:
        """Sleeps until the frame's time, or for `timeout_s` when that is further away."""
        give_up = self._clock.monotonic() + timeout_s
        while (wait := self._wait_s(frame)) > 0:
            left = give_up - self._clock.monotonic()
            if left <= 0:
                return False
            self._clock.sleep(min(wait, left, _NAP_S))
            if self._closed:
                raise SourceEnded(f"{self.source_id} was closed")
        return True

    def _wait_s(self, frame: Frame) -> float:
        self._first = self._first or frame.ref.captured_at
        comes = self._started + (frame.ref.captured_at - self._first) / timedelta(seconds=1)
        return comes - self._clock.monotonic()


def _received(frame: Frame, at: datetime) -> Frame:
    return replace(frame, ref=replace(frame.ref, received_at=at))
