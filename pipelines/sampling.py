"""Which pictures to look at: the one nearest to each due time, preferring those that decode alone."""

import math
from collections.abc import Sequence

_SLACK = 1.1
"""Keyframes this much further apart than asked for still count as often enough: 30 frames at 29.97 are 1.001 s."""

_ROUNDING_S = 1e-6


class DueTimes:
    """Due times 0, 1/rate, 2/rate … in seconds of media time, and which of the pictures shown is nearest to each."""

    def __init__(self, rate_hz: float) -> None:
        if not rate_hz > 0:
            raise ValueError(f"a sampling rate is above 0 Hz, not {rate_hz}")
        self._rate_hz = rate_hz
        self._next = 0

    def take(self, times: Sequence[float], until: float | None) -> list[float]:
        """Those of `times` (ascending) that are nearest to a due time not yet served.

        `until` is when the first picture after them is shown; None when they are the last.
        """
        followers = [*times[1:], until]
        return [time for time, after in zip(times, followers, strict=False) if self._serves(time, after)]

    def keyframes_suffice(self, gap_s: float) -> bool:
        """Whether keyframes `gap_s` apart are often enough for the rate asked for."""
        return gap_s * self._rate_hz <= _SLACK

    def _serves(self, time: float, after: float | None) -> bool:
        edge = time if after is None else (time + after) / 2
        last_due = math.floor((edge + _ROUNDING_S) * self._rate_hz)
        if last_due < self._next:
            return False
        self._next = last_due + 1
        return True
