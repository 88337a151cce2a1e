"""Which pictures to look at: the one nearest to each due time, preferring those that decode alone."""

import math
from collections.abc import Sequence

_SLACK = 1.1
"""Keyframes this much further apart than asked for still count as often enough: 30 frames at 29.97 are 1.001 s."""

_ROUNDING_S = 1e-6


def keyframes_suffice(gap_s: float, rate_hz: float) -> bool:
    """Whether keyframes `gap_s` apart are often enough for the rate asked for."""
    return gap_s * rate_hz <= _SLACK


class DueTimes:
    """Due times 0, 1/rate, 2/rate … in seconds of media time, and which of the pictures shown is nearest to each."""

    def __init__(self, rate_hz: float) -> None:
        self._rate_hz = _checked(rate_hz)
        self._next = 0

    def take(self, times: Sequence[float], until: float | None) -> list[float]:
        """Those of `times` (ascending) that are nearest to a due time not yet served.

        `until` is when the first picture after them is shown; None when they are the last.
        """
        followers = [*times[1:], until]
        return [time for time, after in zip(times, followers, strict=False) if self._serves(time, after)]

    def _serves(self, time: float, after: float | None) -> bool:
        edge = time if after is None else (time + after) / 2
        last_due = math.floor((edge + _ROUNDING_S) * self._rate_hz)
        if last_due < self._next:
            return False
        self._next = last_due + 1
        return True


class Rhythm:
    """The same for a stream whose next picture can only be expected.

    Due times follow each other at the rate asked for, and begin anew at a picture that comes half a beat late or
    more: a camera whose keyframes are 1.02 s apart shall not lose one now and then to the beat of a second.
    """

    def __init__(self, rate_hz: float) -> None:
        self._every_s = 1 / _checked(rate_hz)
        self._due: float | None = None

    def takes(self, time: float, next_in_s: float) -> bool:
        """Whether the picture of `time` is nearer to the due time than the one expected `next_in_s` later."""
        if self._due is not None and time + next_in_s / 2 + _ROUNDING_S < self._due:
            return False
        kept_beat = (time if self._due is None else self._due) + self._every_s
        self._due = kept_beat if kept_beat - time > self._every_s / 2 else time + self._every_s
        return True


def _checked(rate_hz: float) -> float:
    if not rate_hz > 0:
        raise ValueError(f"a sampling rate is above 0 Hz, not {rate_hz}")
    return rate_hz
