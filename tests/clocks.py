"""A clock that stands still until a test moves it."""

import threading
from datetime import UTC, datetime, timedelta

MORNING = datetime(2026, 5, 1, 0, 0, tzinfo=UTC)  # 08:00 in the county


class FakeClock:
    """Sleeping moves it on and takes no time. May be shared between threads."""

    def __init__(self, at: datetime = MORNING) -> None:
        self._at = at
        self._monotonic = 0.0
        self._lock = threading.Lock()

    def now(self) -> datetime:
        return self._at

    def monotonic(self) -> float:
        return self._monotonic

    def sleep(self, seconds: float) -> None:
        self.move(seconds)

    def move(self, seconds: float) -> datetime:
        with self._lock:
            self._at += timedelta(seconds=seconds)
            self._monotonic += seconds
            return self._at

    def set(self, at: datetime) -> None:
        """The wall clock only, as when somebody corrects it."""
        self._at = at
