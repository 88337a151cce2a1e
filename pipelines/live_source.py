"""A camera's live stream as a source: the newest sampled frame, through drops and returns."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from clock import Clock
from pipelines.backoff import Backoff
from pipelines.clips import covering, write_mp4
from pipelines.footage import Delivered, SourceBroke, SourceEnded, SourceState
from pipelines.live_reader import LiveReader, Newest, Outlets
from pipelines.pictures import Pictures
from pipelines.ring import PacketRing
from pipelines.slot import Slot
from pipelines.tally import Tally
from pipelines.vigil import Vigil
from vision.types import Frame, FrameRef, TimeSource

_EPOCH = datetime.fromtimestamp(0, UTC)
_SILENT_SAMPLES = 3


@dataclass(frozen=True, slots=True)
class LiveLimits:
    """When a silent camera counts as blind, how long damage is remembered, and how much is kept for clips."""

    blind_after_s: float = 5.0
    damaged_for_s: float = 10.0
    clip_s: float = 30.0
    clip_bytes: int = 64_000_000


_LIMITS = LiveLimits()


class LiveSource:
    """A reader's thread puts frames into a slot for one: the newest wins, and what it overtakes is counted.

    `connect` opens the stream; see LiveReader.
    """

    def __init__(
        self,
        connect: Callable[[], Any],
        source_id: str,
        *,
        rate_hz: float,
        clock: Clock,
        limits: LiveLimits = _LIMITS,
        backoff: Backoff | None = None,
    ) -> None:
        self.source_id = source_id
        self._connect = connect
        self._rate_hz = rate_hz
        self._clock = clock
        self._limits = limits
        self._backoff = backoff or Backoff(Random(source_id))
        self._slot: Slot[Newest] = Slot()
        self._ring = PacketRing(seconds=limits.clip_s, most_bytes=limits.clip_bytes)
        self._tally = Tally(rate_hz)
        self._pictures = Pictures()
        self._closed = False

    def open(self) -> None:
        self._vigil = Vigil(
            self._clock.now(),
            blind_after=timedelta(seconds=max(self._limits.blind_after_s, _SILENT_SAMPLES / self._rate_hz)),
            damaged_for=timedelta(seconds=self._limits.damaged_for_s),
        )
        outlets = Outlets(self._slot, self._ring, self._tally, self._vigil)
        self._reader = LiveReader(
            self._connect, outlets, name=self.source_id, rate_hz=self._rate_hz, clock=self._clock, backoff=self._backoff
        )
        self._reader.start()

    def close(self) -> None:
        self._closed = True
        self._reader.stop()
        self._slot.shut()
        self._ring.clear()

    def look(self, timeout_s: float) -> Frame | None:
        newest = self._slot.take(timeout_s)
        if newest is not None:
            return self._frame(newest)
        if self._closed:
            raise SourceEnded(f"{self.source_id} was closed")
        if self._slot.is_shut:
            raise SourceBroke(f"{self.source_id}: its reader stopped. Open it anew", at=None, again=True)
        return None

    def state(self) -> SourceState:
        return self._vigil.state(self._clock.now())

    def delivered(self) -> Delivered:
        return self._tally.delivered()

    def cut(self, start: datetime, end: datetime, path: Path) -> bool:
        start_s, end_s = start.timestamp(), end.timestamp()
        kept = self._ring.track_with_most(start_s, end_s)
        return kept is not None and write_mp4(kept[0], covering(kept[1], start_s, end_s), _EPOCH, path)

    def _frame(self, newest: Newest) -> Frame:
        captured_at = _EPOCH + timedelta(seconds=newest.shown.time)
        ref = FrameRef(self.source_id, self._tally.sampled, captured_at, newest.arrived, TimeSource.ARRIVAL)
        self._tally.handed_out(captured_at)
        return Frame(ref, self._pictures.upright(newest.shown.frame))
