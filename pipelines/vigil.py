"""Whether a live camera sees: ok, degraded by damage, or blind since its last picture."""

from datetime import datetime, timedelta
from threading import Lock

from pipelines.footage import SourceState
from pipelines.observation import CameraState
from pipelines.tally import Health


class Vigil:
    """Told by the reader's thread, asked by any.

    Silence for `blind_after` is blindness; damage is remembered for `damaged_for`.
    """

    def __init__(self, opened_at: datetime, *, blind_after: timedelta, damaged_for: timedelta) -> None:
        self._blind_after = blind_after
        self._damaged_for = damaged_for
        self._health = Health(CameraState.BLIND, opened_at, "not connected yet")
        self._last = opened_at
        self._damage = 0
        self._damaged_at: datetime | None = None
        self._lock = Lock()

    def saw(self, at: datetime) -> None:
        with self._lock:
            self._last = at
            fresh = self._damaged_at is not None and at - self._damaged_at < self._damaged_for
            state = CameraState.DEGRADED if fresh else CameraState.OK
            self._health.say(state, at, f"{self._damage} pictures arrived damaged" if fresh else "")

    def damaged(self, pictures: int, at: datetime) -> None:
        """`pictures` more could not be decoded."""
        if pictures:
            with self._lock:
                self._damage += pictures
                self._damaged_at = at
                if self._health.state().state is CameraState.BLIND:
                    why = f"{self._damage} pictures arrived, none could be decoded. Check the camera's encoder settings"
                    self._health.say(CameraState.BLIND, self._last, why)

    def lost(self, why: str) -> None:
        with self._lock:
            self._health.say(CameraState.BLIND, self._last, why)

    def state(self, now: datetime) -> SourceState:
        with self._lock:
            silent = now - self._last
            if silent > self._blind_after and self._health.state().state is not CameraState.BLIND:
                self._health.say(CameraState.BLIND, self._last, f"no picture for {silent.total_seconds():.0f} s")
            return self._health.state()
