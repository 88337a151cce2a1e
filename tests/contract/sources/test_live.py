"""A live source through drops, damage and returns, over a camera that plays its part as scripted."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from threading import Event, Thread
from types import TracebackType
from typing import Any

import av
import pytest

from pipelines.backoff import Backoff
from pipelines.clips import captured_from
from pipelines.footage import SourceEnded
from pipelines.live_source import LiveLimits, LiveSource
from pipelines.observation import CameraState
from tests.clocks import MORNING, FakeClock
from tests.footage import a_video, number_of
from vision.types import Frame, TimeSource

FRAME_S = 0.04
REFUSED = av.error.ConnectionRefusedError(111, "Connection refused", "rtsp://admin:hunter2@camera/street")


class Camera:
    """Each call of `connect` plays the next part: an error, or so many pictures and then the end or silence.

    Pictures arrive as the clock moves, 25 a second. `quiet` is set when everything has been played.
    """

    def __init__(self, path: Path, clock: FakeClock, *parts: Exception | int, then_ends: bool = True) -> None:
        self._path = path
        self._clock = clock
        self._parts = list(parts)
        self._then_ends = then_ends
        self.quiet = Event()
        self._released = Event()

    def connect(self) -> Any:
        if not self._parts:
            self._fall_silent()
            raise REFUSED
        part = self._parts.pop(0)
        if isinstance(part, Exception):
            raise part
        return Connection(self._path, lambda packets: self._play(packets, part))

    def release(self) -> None:
        self._released.set()

    def _play(self, packets: Iterator[Any], count: int) -> Iterator[Any]:
        for _, packet in zip(range(count), packets, strict=False):
            self._clock.move(FRAME_S)
            yield packet
        if not self._parts and not self._then_ends:
            self._fall_silent()

    def _fall_silent(self) -> None:
        self.quiet.set()
        self._released.wait(30)


class Connection:
    """A recording in the place of a network stream."""

    def __init__(self, path: Path, play: Callable[[Iterator[Any]], Iterator[Any]]) -> None:
        self._container = av.open(str(path))
        self._play = play
        self.streams = self._container.streams

    def demux(self, stream: Any) -> Iterator[Any]:
        return self._play(self._container.demux(stream))

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._container.close()


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Callable[..., tuple[LiveSource, Camera, FakeClock]]]:
    """Opens a live source on a scripted camera and waits until the script is played."""
    opened: list[tuple[LiveSource, Camera]] = []
    path = a_video(tmp_path / "street.ts", gop=5)

    def begin(*parts: Exception | int, rate_hz: float = 5.0, **how: Any) -> tuple[LiveSource, Camera, FakeClock]:
        clock = FakeClock()
        camera = Camera(how.pop("path", path), clock, *parts, then_ends=how.pop("then_ends", True))
        source = LiveSource(
            camera.connect, "north-gate", rate_hz=rate_hz, clock=clock, backoff=Backoff(Random(1), first_s=0.0), **how
        )
        source.open()
        opened.append((source, camera))
        assert camera.quiet.wait(30)
        return source, camera, clock

    yield begin
    for source, camera in opened:
        source.close()
        camera.release()


def the_frame(source: LiveSource) -> Frame:
    frame = source.look(0.0)
    assert frame is not None
    return frame


def test_the_newest_frame_wins_and_what_it_overtook_is_counted(watch: Any) -> None:
    source, _, _ = watch(51, then_ends=False)
    frame = the_frame(source)
    assert number_of(frame.image) == 50
    assert (source.delivered().sampled, source.delivered().dropped) == (1, 10)
    assert source.look(0.0) is None


def test_a_frame_is_taken_when_it_arrived(watch: Any) -> None:
    source, _, clock = watch(51, then_ends=False)
    ref = the_frame(source).ref
    assert ref.time_source is TimeSource.ARRIVAL
    assert ref.received_at == clock.now()
    assert abs(ref.captured_at - clock.now()) < timedelta(milliseconds=1)


def test_a_camera_that_delivers_is_ok_and_one_that_falls_silent_is_blind_since_its_last_picture(watch: Any) -> None:
    source, _, clock = watch(51, then_ends=False)
    last = clock.now()
    assert source.state().state is CameraState.OK
    clock.move(6)
    state = source.state()
    assert (state.state, state.since) == (CameraState.BLIND, last)


def test_a_lost_camera_is_blind_at_once_and_says_why_without_its_password(watch: Any) -> None:
    source, _, clock = watch(51, REFUSED, REFUSED)
    state = source.state()
    assert (state.state, state.since, state.why) == (CameraState.BLIND, clock.now(), "no stream: Connection refused")


def test_a_stream_that_ends_is_lost(watch: Any) -> None:
    assert watch(51)[0].state().why == "the camera ended the stream"


def test_a_camera_that_returns_is_ok_again_with_times_that_show_the_gap(watch: Any) -> None:
    source, _, clock = watch(26, REFUSED, REFUSED, 26, then_ends=False)
    assert source.state().state is CameraState.OK
    assert the_frame(source).ref.captured_at == pytest.approx(clock.now(), abs=timedelta(milliseconds=1))


def test_nothing_is_handed_out_for_a_lost_stream(watch: Any) -> None:
    source, _, _ = watch(26, REFUSED)
    assert number_of(the_frame(source).image) == 25
    assert source.look(0.0) is None


def test_closing_wakes_whoever_waits(watch: Any) -> None:
    source, _, _ = watch(REFUSED)
    endings: list[BaseException] = []

    def wait_for_frame() -> None:
        with pytest.raises(SourceEnded) as ending:
            source.look(60.0)
        endings.append(ending.value)

    waiter = Thread(target=wait_for_frame)
    waiter.start()
    source.close()
    waiter.join(10)
    assert len(endings) == 1


def test_damage_is_counted_and_degrades(watch: Any, tmp_path: Path) -> None:
    path = a_video(tmp_path / "damaged.mkv", gop=5)
    data = path.read_bytes()
    with av.open(str(path)) as footage:
        keys = [bytes(p) for p in footage.demux(video=0) if p.is_keyframe and p.size]
    path.write_bytes(data.replace(keys[4], keys[4][:12] + bytes(len(keys[4]) - 12)))
    source, _, _ = watch(60, path=path, then_ends=False)
    assert source.state().state is CameraState.DEGRADED
    assert "damaged" in source.state().why


def test_keyframes_alone_are_decoded_when_they_suffice(watch: Any) -> None:
    assert watch(51, then_ends=False)[0].delivered().keyframes_only
    assert not watch(51, rate_hz=12.5, then_ends=False)[0].delivered().keyframes_only


def test_a_clip_of_the_last_seconds_is_cut_even_after_the_stream_was_lost(watch: Any, tmp_path: Path) -> None:
    source, _, _ = watch(200)
    clip = tmp_path / "clip.mp4"
    assert source.cut(MORNING + timedelta(seconds=2.5), MORNING + timedelta(seconds=4), clip)
    with av.open(str(clip)) as footage:
        numbers = [number_of(frame.to_ndarray(format="bgr24")) for frame in footage.decode(video=0)]
    assert numbers == list(range(60, 100))
    begins = captured_from(clip)
    assert begins is not None
    assert abs(begins - MORNING - timedelta(seconds=61 * FRAME_S)) < timedelta(milliseconds=1)


def test_clips_reach_no_further_back_than_the_limit(watch: Any, tmp_path: Path) -> None:
    source, _, _ = watch(200, limits=LiveLimits(clip_s=2))
    assert not source.cut(MORNING, MORNING + timedelta(seconds=3), tmp_path / "clip.mp4")
    assert source.cut(MORNING, MORNING + timedelta(seconds=7), tmp_path / "clip.mp4")
