"""The last seconds of a live stream, coded as they came, from which clips are cut."""

from collections import deque
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from pipelines.runs import Coded


@dataclass(slots=True)
class _Group:
    """A keyframe and what follows it. `track` describes its coding and outlives the connection it came over."""

    track: Any
    pictures: list[Coded] = field(default_factory=list)
    size: int = 0


class PacketRing:
    """Holds whole keyframe groups, at least `seconds` of them but never more than `most_bytes`.

    One thread keeps, any other may ask.
    """

    def __init__(self, *, seconds: float, most_bytes: int) -> None:
        self._seconds = seconds
        self._most_bytes = most_bytes
        self._groups: deque[_Group] = deque()
        self._size = 0
        self._lock = Lock()

    def keep(self, coded: Coded, track: Any) -> None:
        with self._lock:
            if coded.is_key:
                self._groups.append(_Group(track))
            if self._groups:
                self._add(coded)
                self._forget_old(coded.time)

    def track_with_most(self, start_s: float, end_s: float) -> tuple[Any, list[Coded]] | None:
        """Of the connections that cover something of the span, the one with most of it; its groups in order."""
        with self._lock:
            groups = [group for group in self._groups if _overlaps(group, start_s, end_s)]
            tracks = [group.track for group in groups]
            best = max(tracks, key=tracks.count, default=None)
            pictures = [coded for group in groups if group.track is best for coded in group.pictures]
        return (best, pictures) if pictures else None

    def clear(self) -> None:
        with self._lock:
            self._groups.clear()
            self._size = 0

    @property
    def size(self) -> int:
        return self._size

    def _add(self, coded: Coded) -> None:
        group = self._groups[-1]
        group.pictures.append(coded)
        group.size += coded.packet.size
        self._size += coded.packet.size

    def _forget_old(self, now_s: float) -> None:
        while self._size > self._most_bytes or self._covers_without_first(now_s):
            self._size -= self._groups.popleft().size

    def _covers_without_first(self, now_s: float) -> bool:
        return len(self._groups) > 1 and self._groups[1].pictures[0].time <= now_s - self._seconds


def _overlaps(group: _Group, start_s: float, end_s: float) -> bool:
    return group.pictures[0].time <= end_s and group.pictures[-1].time >= start_s
