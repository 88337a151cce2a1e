"""Keeps count of what a source delivered and of how well it sees."""

from datetime import datetime

from pipelines.footage import Delivered, SourceState
from pipelines.observation import CameraState


class Tally:
    """Counts frames from the first that was asked for."""

    def __init__(self, asked_hz: float) -> None:
        self._asked_hz = asked_hz
        self._sampled = 0
        self._first: datetime | None = None
        self._last: datetime | None = None
        self.dropped = 0
        self.keyframes_only = True

    @property
    def sampled(self) -> int:
        return self._sampled

    def handed_out(self, captured_at: datetime) -> None:
        self._sampled += 1
        self._first = self._first or captured_at
        self._last = captured_at

    def delivered(self) -> Delivered:
        return Delivered(self._asked_hz, self._hz(), self._sampled, self.dropped, self.keyframes_only)

    def _hz(self) -> float:
        if self._first is None or self._last is None or self._last <= self._first:
            return 0.0
        return (self._sampled - 1) / (self._last - self._first).total_seconds()


class Health:
    """The state of a source; `since` moves only when the state does."""

    def __init__(self, state: CameraState, since: datetime, why: str = "") -> None:
        self._now = SourceState(state, since, why)

    def say(self, state: CameraState, since: datetime, why: str = "") -> None:
        if state is self._now.state:
            since = self._now.since
        self._now = SourceState(state, since, why)

    def state(self) -> SourceState:
        return self._now
