"""A real RTSP camera goes away and comes back: blind, then ok, with truthful times and no black pictures between."""

import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import av
import pytest

from clock import SystemClock
from pipelines.observation import CameraState
from pipelines.sources import Source, open_source
from vision.types import Frame

SYSTEM_PYTHON = Path("/usr/bin/python3")
SERVER = Path(__file__).parent.parent / "rtsp_server.py"
INSTALL = (
    "apt-get update && apt-get install -y --no-install-recommends python3-gi gir1.2-gst-rtsp-server-1.0 "
    "gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-plugins-ugly"
)
PROBE = """
import gi
gi.require_version("GstRtspServer", "1.0")
from gi.repository import Gst, GstRtspServer
Gst.init(None)
needed = ("x264enc", "x265enc", "rtph264pay", "rtph265pay", "videotestsrc", "h264parse", "qtdemux")
raise SystemExit(" ".join(name for name in needed if not Gst.ElementFactory.find(name)) or 0)
"""
SOON_S = 30.0


def server_is_there() -> bool:
    if not SYSTEM_PYTHON.exists():
        return False
    return subprocess.run([SYSTEM_PYTHON, "-c", PROBE], capture_output=True, check=False, timeout=60).returncode == 0


pytestmark = pytest.mark.skipif(not server_is_there(), reason=f"no GStreamer RTSP server here. As root: {INSTALL}")


class Camera:
    """The server process, started and stopped on one port."""

    def __init__(self, codec: str, *login: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._command = [str(SYSTEM_PYTHON), str(SERVER), str(self.port), codec, *login]
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


@pytest.fixture
def camera_of() -> Iterator[Callable[..., Camera]]:
    cameras: list[Camera] = []

    def begin(codec: str, *login: str) -> Camera:
        cameras.append(Camera(codec, *login))
        cameras[-1].start()
        return cameras[-1]

    yield begin
    for camera in cameras:
        camera.stop()


@pytest.fixture
def watch() -> Iterator[Callable[..., Source]]:
    sources: list[Source] = []

    def begin(url: str, *, rate_hz: float = 2.0) -> Source:
        sources.append(open_source(url, "north-gate", rate_hz=rate_hz, clock=SystemClock(), captured_from=None))
        sources[-1].open()
        return sources[-1]

    yield begin
    for source in sources:
        source.close()


def frames_of(source: Source, count: int) -> list[Frame]:
    frames: list[Frame] = []
    give_up = time.monotonic() + SOON_S
    while len(frames) < count:
        assert time.monotonic() < give_up, f"only {len(frames)} of {count} frames: {source.state().why}"
        if (frame := source.look(1.0)) is not None:
            frames.append(frame)
    return frames


def wait_until(source: Source, state: CameraState) -> None:
    give_up = time.monotonic() + SOON_S
    while source.state().state is not state:
        assert time.monotonic() < give_up, f"still {source.state()}"
        source.look(0.1)


def assert_truthful(frames: list[Frame]) -> None:
    """Taken in order, at the rate asked for, just before they arrived, and showing the scene."""
    for frame in frames:
        assert timedelta(0) <= frame.ref.received_at - frame.ref.captured_at < timedelta(seconds=1.5)
        assert frame.image.max() > 200, "a black picture"
    gaps = [(b.ref.captured_at - a.ref.captured_at).total_seconds() for a, b in pairwise(frames)]
    assert all(0 < gap < 1.5 for gap in gaps), gaps


@pytest.mark.parametrize("codec", ["h264", "h265"])
def test_a_camera_that_goes_away_is_blind_and_comes_back_with_truthful_times(
    codec: str, camera_of: Callable[..., Camera], watch: Callable[..., Source]
) -> None:
    camera = camera_of(codec)
    source = watch(f"rtsp://127.0.0.1:{camera.port}/street")
    before = frames_of(source, 4)
    assert source.state().state is CameraState.OK

    camera.stop()
    wait_until(source, CameraState.BLIND)
    assert source.state().since >= before[-1].ref.captured_at - timedelta(seconds=1)
    assert source.look(0.5) is None

    camera.start()
    wait_until(source, CameraState.OK)
    after = frames_of(source, 4)
    assert_truthful(before)
    assert_truthful(after)
    assert after[0].ref.captured_at > before[-1].ref.captured_at
    assert source.delivered().keyframes_only


def test_a_clip_is_cut_from_what_the_camera_sent(
    camera_of: Callable[..., Camera], watch: Callable[..., Source], tmp_path: Path
) -> None:
    camera = camera_of("h264")
    source = watch(f"rtsp://127.0.0.1:{camera.port}/street")
    frames = frames_of(source, 5)
    assert source.cut(frames[1].ref.captured_at, frames[-1].ref.captured_at, tmp_path / "clip.mp4")
    with av.open(str(tmp_path / "clip.mp4")) as clip:
        times = [frame.time for frame in clip.decode(video=0)]
    assert times[0] == 0
    assert 1.4 <= times[-1] <= 3.0


def test_a_refused_password_is_said_and_never_shown(
    camera_of: Callable[..., Camera], watch: Callable[..., Source], capfd: pytest.CaptureFixture[str]
) -> None:
    camera = camera_of("h264", "watch:right")
    source = watch(f"rtsp://watch:hunter2@127.0.0.1:{camera.port}/street")
    give_up = time.monotonic() + SOON_S
    while "401" not in source.state().why:
        assert time.monotonic() < give_up, source.state()
        source.look(0.1)
    assert source.state().state is CameraState.BLIND
    assert "hunter2" not in source.state().why
    assert "hunter2" not in "".join(capfd.readouterr())


def test_the_right_password_opens_the_stream(camera_of: Callable[..., Camera], watch: Callable[..., Source]) -> None:
    camera = camera_of("h264", "watch:right")
    assert frames_of(watch(f"rtsp://watch:right@127.0.0.1:{camera.port}/street"), 1)
