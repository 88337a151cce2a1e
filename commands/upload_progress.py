"""How far an upload is: one line that says how much, how fast and how long still, for a person or for a log."""

from collections import deque
from typing import TextIO

from clock import Clock

_WINDOW_S = 30.0  # long enough to be calm, short enough to be true when the line gets worse
_DRAW_S, _LOG_S = 0.2, 10.0
_WIDTH = 20


class Progress:
    """On a terminal the line is drawn anew; elsewhere one is written now and then."""

    def __init__(self, out: TextIO, clock: Clock) -> None:
        self._out = out
        self._clock = clock
        self._live = out.isatty()
        self._drawn_at = -_LOG_S
        self._begin("", 0, 0)

    def begin(self, what: str, total: int, done: int = 0) -> None:
        """A new stretch of work of `total` bytes, `done` of which were done before."""
        self._begin(what, total, done)
        self._drawn_at = -_LOG_S

    def add(self, size: int) -> None:
        """Bytes done, or, negative, undone."""
        self._done += size
        now = self._clock.monotonic()
        self._seen.append((now, self._done))
        while now - self._seen[0][0] > _WINDOW_S and len(self._seen) > 2:
            self._seen.popleft()
        if now - self._drawn_at >= (_DRAW_S if self._live else _LOG_S):
            self._draw(now)

    def name(self, name: str) -> None:
        """What is being worked on."""
        self._name = name

    def say(self, text: str) -> None:
        """A line of its own, which stays."""
        self._out.write(f"\r\x1b[K{text}\n" if self._live else f"{text}\n")
        self._out.flush()

    def end(self) -> None:
        if self._total:
            self._draw(self._clock.monotonic())
        if self._live:
            self._out.write("\n")
        self._out.flush()

    def line(self) -> str:
        part = min(self._done / self._total, 1.0) if self._total else 1.0
        bar = "█" * int(part * _WIDTH) + "░" * (_WIDTH - int(part * _WIDTH))
        speed = self._speed()
        left = _clock_face((self._total - self._done) / speed) if speed else "--:--"
        done, total = self._done / 2**20, self._total / 2**20
        return (
            f"{self._what} {bar} {part:6.1%} {done:.0f}/{total:.0f} MiB {speed / 1e6:.1f} MB/s "
            f"还剩 left {left} {self._name}"
        )

    def _begin(self, what: str, total: int, done: int) -> None:
        self._what, self._total, self._done, self._name = what, total, done, ""
        self._seen: deque[tuple[float, int]] = deque([(self._clock.monotonic(), done)])

    def _speed(self) -> float:
        """Bytes per second over the window; 0 while nobody can know."""
        (first_at, first), (last_at, last) = self._seen[0], self._seen[-1]
        return max(last - first, 0) / (last_at - first_at) if last_at > first_at else 0.0

    def _draw(self, now: float) -> None:
        self._drawn_at = now
        self._out.write(f"\r{self.line()[:110]}\x1b[K" if self._live else f"{self.line()}\n")
        self._out.flush()


def _clock_face(seconds: float) -> str:
    minutes, second = divmod(int(max(seconds, 0)), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute:02}:{second:02}"
