"""Footage played at the speed of its own times."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from pipelines.footage import Delivered, SourceEnded, SourceState
from pipelines.observation import CameraState
from pipelines.pacing import PacedSource
from tests.clocks import MORNING, FakeClock
from vision.types import Frame, FrameRef, TimeSource

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


class Footage:
    """Frames at given seconds, and nothing else."""

    source_id = "north-gate"

    def __init__(self, *times: float) -> None:
        self._frames = [self._frame(seq, time) for seq, time in enumerate(times)]
        self._given = 0
        self.closed = False

    def open(self) -> None: ...

    def close(self) -> None:
        self.closed = True

    def look(self, timeout_s: float) -> Frame | None:
        if self._given == len(self._frames):
            raise SourceEnded("ended")
        self._given += 1
        return self._frames[self._given - 1]

    def state(self) -> SourceState:
        return SourceState(CameraState.OK, MORNING, "")

    def delivered(self) -> Delivered:
        return Delivered(1.0, 1.0, self._given, 0, True)

    def cut(self, start: datetime, end: datetime, path: Path) -> bool:
        return False

    def _frame(self, seq: int, time: float) -> Frame:
        ref = FrameRef(self.source_id, seq, LONG_AGO + timedelta(seconds=time), MORNING, TimeSource.CONTAINER)
        return Frame(ref, np.zeros((2, 2, 3), np.uint8))


def paced(footage: Footage, clock: FakeClock) -> PacedSource:
    source = PacedSource(footage, rate_hz=1.0, clock=clock)
    source.open()
    return source


def test_every_frame_comes_when_its_time_has_come() -> None:
    clock = FakeClock()
    source = paced(Footage(0.0, 1.0, 2.5), clock)
    came = []
    for _ in range(3):
        frame = source.look(10.0)
        assert frame is not None
        assert frame.ref.received_at == clock.now()
        came.append(clock.monotonic())
    assert came == pytest.approx([0.0, 1.0, 2.5])


def test_nothing_comes_before_its_time() -> None:
    clock = FakeClock()
    source = paced(Footage(0.0, 5.0), clock)
    source.look(1.0)
    assert source.look(2.0) is None
    assert clock.monotonic() == pytest.approx(2.0)
    frame = source.look(4.0)
    assert frame is not None
    assert frame.ref.seq == 1


def test_frames_that_a_slow_reader_missed_are_dropped_and_counted() -> None:
    clock = FakeClock()
    source = paced(Footage(0.0, 1.0, 2.0, 3.0, 4.0), clock)
    source.look(1.0)
    clock.move(3.5)
    frame = source.look(1.0)
    assert frame is not None
    assert frame.ref.seq == 3
    assert (source.delivered().sampled, source.delivered().dropped) == (2, 2)


def test_its_end_is_the_footages_end() -> None:
    source = paced(Footage(0.0), FakeClock())
    source.look(1.0)
    with pytest.raises(SourceEnded):
        source.look(1.0)


class ClosesWhileSleeping(FakeClock):
    source: PacedSource

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds)
        self.source.close()


def test_closing_wakes_whoever_waits_for_a_frame() -> None:
    clock = ClosesWhileSleeping()
    footage = Footage(0.0, 3600.0)
    clock.source = paced(footage, clock)
    clock.source.look(1.0)
    with pytest.raises(SourceEnded):
        clock.source.look(9999.0)
    assert clock.monotonic() < 1.0
    assert footage.closed
