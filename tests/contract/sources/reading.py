"""Reads a source to its end, as a patrol does."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from pipelines.sources import Delivered, Source, SourceBroke, SourceEnded, SourceState, open_source
from tests.clocks import MORNING, FakeClock
from tests.footage import number_of
from vision.types import Frame


@dataclass(frozen=True)
class Reading:
    """Everything that came out of a source, how it ended, and what it then said of itself."""

    frames: list[Frame]
    ending: Exception
    state: SourceState
    delivered: Delivered

    @property
    def times(self) -> list[float]:
        """Seconds of media time."""
        return [(frame.ref.captured_at - MORNING) / timedelta(seconds=1) for frame in self.frames]

    @property
    def numbers(self) -> list[int]:
        return [number_of(frame.image) for frame in self.frames]


def a_source(path: Path, *, rate_hz: float = 1.0) -> Source:
    return open_source(str(path), "north-gate", rate_hz=rate_hz, clock=FakeClock(), captured_from=MORNING)


def read(path: Path, *, rate_hz: float = 1.0) -> Reading:
    return read_out(a_source(path, rate_hz=rate_hz))


def read_out(source: Source) -> Reading:
    source.open()
    frames: list[Frame] = []
    try:
        while (frame := source.look(60.0)) is not None:
            frames.append(frame)
    except (SourceEnded, SourceBroke) as ending:
        return Reading(frames, ending, source.state(), source.delivered())
    finally:
        source.close()
    raise AssertionError("footage gave nothing and did not end")
