"""A video file as a source: every sampled frame in order, with the container's own times."""

from collections import deque
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from clock import Clock
from pipelines.clips import cut_file
from pipelines.decoding import PictureDecoder, RunDecoder, Shown
from pipelines.footage import BadSource, Delivered, SourceBroke, SourceEnded, SourceState
from pipelines.media import declared_seconds, is_unordered, open_file, timeline_of, video_stream
from pipelines.observation import CameraState
from pipelines.pictures import Pictures
from pipelines.runs import Run, RunReader
from pipelines.sampling import DueTimes, keyframes_suffice
from pipelines.tally import Health, Tally
from vision.types import Frame, FrameRef, TimeSource

_SHORT_S = 0.5
"""A file that ends this much before the length its header declares was cut off."""


class FileSource:
    """Reads `path` once. Without `captured_from` the first frame counts as taken when the file was opened."""

    def __init__(
        self, path: Path, source_id: str, *, rate_hz: float, clock: Clock, captured_from: datetime | None
    ) -> None:
        self.source_id = source_id
        self._path = path
        self._clock = clock
        self._captured_from = captured_from
        self._rate_hz = rate_hz
        self._due = DueTimes(rate_hz)
        self._tally = Tally(rate_hz)
        self._pictures = Pictures()
        self._ready: deque[Shown] = deque()
        self._wanted = 0
        self._shown = 0
        self._settles = False
        self._container: Any = None

    def open(self) -> None:
        self._container = open_file(self._path)
        stream = video_stream(self._container, str(self._path))
        self._start = (self._captured_from or self._clock.now()).astimezone(UTC)
        self._health = Health(CameraState.OK, self._start)
        self._timeline = timeline_of(self._container, stream)
        self._declared = declared_seconds(self._container, stream)
        self._reader = RunReader(self._container, stream, self._timeline)
        self._decoder = PictureDecoder(stream.codec_context, by_order=is_unordered(self._container, stream))
        self._runs = RunDecoder(self._decoder)
        self._begin(self._reader.next())

    def close(self) -> None:
        if self._container is not None:
            self._ready.clear()
            self._container.close()
            self._container = None

    def look(self, timeout_s: float) -> Frame | None:
        while not self._ready:
            if self._container is None:
                raise SourceEnded(f"{self._path} was closed")
            self._go_on()
        return self._frame(self._ready.popleft())

    def state(self) -> SourceState:
        return self._health.state()

    def delivered(self) -> Delivered:
        return self._tally.delivered()

    def cut(self, start: datetime, end: datetime, path: Path) -> bool:
        return cut_file(self._path, self._start, start, end, path, seek=not self._timeline.was_corrected)

    def _begin(self, run: Run | None) -> None:
        if run is None:
            self.close()
            raise BadSource(f"{self._path} holds no picture at all. Check that the recording is complete")
        self._take(run)

    def _go_on(self) -> None:
        if not self._runs.is_done:
            shown = self._runs.step()
            self._shown += len(shown)
            self._ready.extend(shown)
            return
        self._settle()
        run = self._reader.next()
        if run is None:
            raise self._ending()
        self._take(run)

    def _take(self, run: Run) -> None:
        times = run.candidates()
        key_only = run.fresh and run.until is not None and keyframes_suffice(run.until - times[0], self._rate_hz)
        wanted = self._due.take(times[:1] if key_only else times, run.until)
        self._wanted += len(wanted)
        self._tally.keyframes_only &= run.fresh and all(time == times[0] for time in wanted)
        self._settles = run.closed
        self._runs.start(run, wanted)

    def _settle(self) -> None:
        """Between runs: what was wanted and did not come out was dropped, and the state says why.

        Not in the middle of a long run: the decoder may still hold the last picture to put it in order.
        """
        if not self._settles:
            return
        self._tally.dropped = self._wanted - self._shown
        faults = [*self._timeline.faults.values(), *self._damage()]
        if faults:
            self._health.say(CameraState.DEGRADED, self._at(self._reader.reached), "; ".join(faults))

    def _damage(self) -> list[str]:
        faults, headless = self._decoder.failed + self._reader.failures, self._reader.headless
        lost = f"{self._tally.dropped} of {self._wanted} due pictures lost to damage ({faults} faults while reading)"
        unseen = f"the first {headless} pictures cannot be decoded, no keyframe comes before them"
        return [lost] * bool(faults or self._tally.dropped) + [unseen] * bool(headless)

    def _ending(self) -> SourceBroke | SourceEnded:
        reached = self._reader.reached
        why = self._broken_off(reached)
        if why is None:
            return SourceEnded(f"{self._path} ended at {reached:.1f} s")
        self._health.say(CameraState.BLIND, self._at(reached), why)
        return SourceBroke(f"{self._path}: {why}", at=reached if self._shown else None, again=False)

    def _broken_off(self, reached: float) -> str | None:
        if not self._shown:
            return "not one picture could be decoded. Check that the recording is complete"
        if self._declared is not None and not self._timeline.was_corrected and reached < self._declared - _SHORT_S:
            return f"breaks off at {reached:.1f} s of {self._declared:.1f} s. Copy it again from the recorder"
        return f"cannot be read beyond {reached:.1f} s" if self._reader.gave_up else None

    def _frame(self, shown: Shown) -> Frame:
        captured_at = self._at(shown.time)
        source = TimeSource.ARRIVAL if self._captured_from is None else TimeSource.CONTAINER
        ref = FrameRef(self.source_id, self._tally.sampled, captured_at, self._clock.now(), source)
        self._tally.handed_out(captured_at)
        return Frame(ref, self._pictures.upright(shown.frame))

    def _at(self, seconds: float) -> datetime:
        return self._start + timedelta(seconds=seconds)
