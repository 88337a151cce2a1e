"""A bar that says how much is done and how long the rest will take."""

import sys
from dataclasses import dataclass, field
from typing import TextIO

from clock import Clock

_WIDE = 30


def bar(name: str, done: int, total: int, left_s: float | None) -> str:
    filled = "#" * (_WIDE * done // max(total, 1))
    return f"{name} [{filled:<{_WIDE}}] {done}/{total}{_left(left_s)}"


def _left(seconds: float | None) -> str:
    if seconds is None:
        return ""
    return f", about {seconds / 60:.0f} min left" if seconds >= 90 else f", about {seconds:.0f} s left"


@dataclass(slots=True)
class Progress:
    """Reckons from what this run has done: what lay there already says nothing of its speed."""

    name: str
    total: int
    clock: Clock
    stream: TextIO = field(default_factory=lambda: sys.stderr)
    _first: tuple[int, float] | None = field(default=None, init=False)
    _shown: int = field(default=-1, init=False)

    def show(self, done: int) -> None:
        """Rewrites one line on a terminal; elsewhere writes a line whenever the count has changed."""
        line = bar(self.name, done, self.total, self._left_s(done))
        if self.stream.isatty():
            self.stream.write(f"\r{line:<90}" + "\n" * (done == self.total))
        elif done != self._shown:
            self.stream.write(line + "\n")
        self.stream.flush()
        self._shown = done

    def _left_s(self, done: int) -> float | None:
        if self._first is None:
            self._first = (done, self.clock.monotonic())
        before, began = self._first
        if not before < done < self.total:
            return None
        return (self.clock.monotonic() - began) / (done - before) * (self.total - done)
