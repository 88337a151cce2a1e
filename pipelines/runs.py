"""Coded pictures in runs: from one keyframe to the next, read without decoding anything."""

from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import av

from pipelines.timeline import Timeline

_MOST_SECONDS = 12.0
_MOST_BYTES = 16_000_000
_REORDERED = 16
"""No codec shows a picture after more than this many decoded later."""

_MOST_FAILURES = 50
"""Failed reads in a row after which the rest of the file is given up."""


@dataclass(frozen=True, slots=True)
class Coded:
    """One coded picture and when it is shown, in seconds of media time."""

    packet: Any
    time: float

    @property
    def is_key(self) -> bool:
        return bool(self.packet.is_keyframe)


@dataclass(frozen=True, slots=True)
class Run:
    """Coded pictures in the order of decoding.

    `fresh`: begins with a keyframe. `closed`: the next run does too, so nothing after it needs these.
    `until`: when the next run's first picture is shown; None at the end.
    """

    pictures: tuple[Coded, ...]
    fresh: bool
    closed: bool
    until: float | None

    def candidates(self) -> list[float]:
        """Times of the pictures that can be shown whole, ascending.

        Pictures shown before the keyframe that they follow lean on the run before, which may not have been decoded.
        """
        first = self.pictures[0].time if self.fresh else float("-inf")
        return sorted({c.time for c in self.pictures if c.time >= first and not c.packet.is_discard})


class RunReader:
    """Cuts a container's packets into runs. Looks ahead at most 12 seconds or 16 MB of packets.

    `reached` is when the last picture read so far is shown no more. `failures` counts reads that failed; `gave_up`
    says that so many did in a row that the rest was not tried. `headless` counts pictures before the first keyframe.
    """

    def __init__(self, container: Any, stream: Any, timeline: Timeline) -> None:
        self._container = container
        self._stream = stream
        self._timeline = timeline
        self._packets = container.demux(stream)
        self._ahead: list[Coded] = []
        self._started = False
        self.reached = 0.0
        self.headless = 0
        self.failures = 0
        self.gave_up = False

    def next(self) -> Run | None:
        """None: there is nothing more."""
        ended = self._read_ahead()
        if not self._ahead:
            return None
        end = len(self._ahead) if ended else self._end()
        pictures, self._ahead = tuple(self._ahead[:end]), self._ahead[end:]
        closed = not self._ahead or self._ahead[0].is_key
        return Run(pictures, pictures[0].is_key, closed, min((coded.time for coded in self._ahead), default=None))

    def seek(self, stamp: int) -> None:
        """Go on from a keyframe at or before a stamp of the container."""
        self._container.seek(stamp, stream=self._stream)
        self._timeline.forget_order()
        self._packets, self._ahead, self._started = self._container.demux(self._stream), [], False

    def _read_ahead(self) -> bool:
        """Up to the next keyframe or the limits. True: the footage ended before either."""
        bytes_held = sum(coded.packet.size for coded in self._ahead)
        while (coded := self._read()) is not None:
            self._ahead.append(coded)
            bytes_held += coded.packet.size
            if len(self._ahead) > 1 and (coded.is_key or self._is_full(bytes_held)):
                return False
        return True

    def _is_full(self, bytes_held: int) -> bool:
        return self._ahead[-1].time - self._ahead[0].time > _MOST_SECONDS or bytes_held > _MOST_BYTES

    def _end(self) -> int:
        if self._ahead[-1].is_key:
            return len(self._ahead) - 1
        return _last_clean_cut([coded.time for coded in self._ahead])

    def _read(self) -> Coded | None:
        """The next coded picture; before the first keyframe nothing can be decoded, but time runs."""
        while (packet := self._packet()) is not None:
            coded = self._coded(packet) if packet.size else None
            self._started = self._started or packet.is_keyframe
            if coded is not None and self._started:
                return coded
            self.headless += coded is not None
        return None

    def _coded(self, packet: Any) -> Coded:
        coded = Coded(packet, self._timeline.at(packet))
        self.reached = max(self.reached, coded.time + float((packet.duration or 0) * packet.time_base))
        return coded

    def _packet(self) -> Any | None:
        for _ in range(_MOST_FAILURES):
            try:
                return next(self._packets, None)
            except av.FFmpegError:
                self.failures += 1
                self._packets = self._container.demux(self._stream)
        self.gave_up = True
        return None


def _last_clean_cut(times: list[float]) -> int:
    """Where everything before is shown before everything after, far enough from the end to be sure of it."""
    shown_before = list(accumulate(times, max))
    shown_after = list(accumulate(reversed(times), min))[::-1]
    surest = max(1, len(times) - _REORDERED)
    return next((i for i in range(surest, 0, -1) if shown_before[i - 1] < shown_after[i]), len(times))
