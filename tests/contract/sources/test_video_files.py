"""Video files of many makes: every frame is the one shown at its time, to the container's own stamp."""

from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest

from pipelines.observation import CameraState
from pipelines.sources import SourceEnded
from tests.contract.sources.reading import read
from tests.footage import HEIGHT, WIDTH, a_picture, a_video, even_times, number_of, with_display_matrix
from vision.types import TimeSource


@dataclass(frozen=True)
class Make:
    name: str
    codec: str = "libx264"
    b_frames: int = 0
    gop: int = 25
    pix_fmt: str = "yuv420p"
    options: dict[str, str] = field(default_factory=dict)


MAKES = [
    Make("plain.mp4"),
    Make("b_frames.mp4", b_frames=3, gop=250),
    Make("camera.ts", b_frames=2),
    Make("recorder.mkv"),
    Make("stream.flv"),
    Make("h265.mp4", codec="libx265", b_frames=3),
    Make("ten_bit.mkv", codec="libx265", pix_fmt="yuv420p10le"),
    Make("old.avi", codec="mpeg4"),
    Make("h264.avi", b_frames=2),
    Make("raw.h264", b_frames=2),
    Make("pictures.mov", codec="mjpeg", pix_fmt="yuvj444p"),
    Make("moving.gif", codec="gif", pix_fmt="rgb8"),
    Make("web.webm", codec="libvpx-vp9", options={"deadline": "realtime", "cpu-used": "8"}),
]


@pytest.mark.parametrize("make", MAKES, ids=lambda make: make.name)
def test_every_frame_is_the_one_shown_at_its_time(make: Make, tmp_path: Path) -> None:
    path = a_video(
        tmp_path / make.name,
        even_times(100),
        codec=make.codec,
        gop=make.gop,
        b_frames=make.b_frames,
        pix_fmt=make.pix_fmt,
        options=make.options,
    )
    reading = read(path, rate_hz=5)
    assert reading.times == pytest.approx([n / 5 for n in range(20)], abs=0.001)
    assert reading.numbers == [5 * n for n in range(20)]
    assert isinstance(reading.ending, SourceEnded)
    assert (reading.delivered.sampled, reading.delivered.dropped) == (20, 0)
    assert reading.delivered.delivered_hz == pytest.approx(5.0)


def test_twenty_nine_point_nine_seven_is_not_thirty(tmp_path: Path) -> None:
    path = a_video(tmp_path / "ntsc.mp4", even_times(300, Fraction(30000, 1001)), gop=300)
    assert read(path).times == pytest.approx([n * 1.001 for n in range(10)], abs=1e-5)


def test_variable_frame_rate_keeps_every_pictures_own_time(tmp_path: Path) -> None:
    times = [Fraction(n * n, 500) for n in range(100)]
    reading = read(a_video(tmp_path / "vfr.mp4", times, gop=250, b_frames=2))
    assert reading.times == pytest.approx([float(times[number]) for number in reading.numbers], abs=1e-4)
    assert all(abs(time - due) <= 0.2 for due, time in enumerate(reading.times[:-1]))


def test_times_start_at_the_first_picture_wherever_the_containers_clock_stood(tmp_path: Path) -> None:
    late = [1000 + time for time in even_times(50)]
    assert read(a_video(tmp_path / "late.ts", late)).times == pytest.approx([0.0, 1.0])


def test_the_times_come_from_the_container_and_are_utc(tmp_path: Path) -> None:
    ref = read(a_video(tmp_path / "a.mp4", even_times(5))).frames[0].ref
    assert ref.time_source is TimeSource.CONTAINER
    assert ref.captured_at.utcoffset() is not None


def test_keyframes_alone_are_decoded_when_they_come_often_enough(tmp_path: Path) -> None:
    reading = read(a_video(tmp_path / "a.mp4", gop=25))
    assert reading.delivered.keyframes_only
    assert reading.numbers == [25 * n for n in range(10)]


def test_more_is_decoded_where_keyframes_are_rare(tmp_path: Path) -> None:
    reading = read(a_video(tmp_path / "a.mp4", gop=250))
    assert not reading.delivered.keyframes_only
    assert reading.numbers == [25 * n for n in range(10)]


def test_sampling_adapts_when_the_keyframes_spacing_changes_midway(tmp_path: Path) -> None:
    path = tmp_path / "both.ts"
    often, rare = a_video(tmp_path / "often.ts", gop=25), a_video(tmp_path / "rare.ts", gop=250)
    path.write_bytes(often.read_bytes() + rare.read_bytes())
    assert read(path).numbers == [25 * n for n in range(10)] * 2


def test_two_readings_are_the_same(tmp_path: Path) -> None:
    path = a_video(tmp_path / "a.mp4", gop=60, b_frames=3)
    one, other = read(path, rate_hz=3), read(path, rate_hz=3)
    assert one.times == other.times
    assert all(np.array_equal(a.image, b.image) for a, b in zip(one.frames, other.frames, strict=True))


def test_pictures_that_lean_on_the_group_before_are_passed_over(tmp_path: Path) -> None:
    open_groups = {"x264-params": "open-gop=1:bframes=3:b-adapt=0:scenecut=0"}
    path = a_video(tmp_path / "open.mkv", gop=22, b_frames=3, options=open_groups)
    reading = read(path, rate_hz=8)
    assert reading.numbers == [round(time * 25) for time in reading.times]
    assert reading.delivered.dropped == 0


def test_a_run_longer_than_the_look_ahead_loses_no_picture(tmp_path: Path) -> None:
    reading = read(a_video(tmp_path / "long.mp4", even_times(150, 5), gop=1000, b_frames=3), rate_hz=5)
    assert reading.numbers == list(range(150))


def test_a_clock_that_starts_anew_midway_goes_on_and_is_said(tmp_path: Path) -> None:
    once = a_video(tmp_path / "once.ts")
    once.write_bytes(once.read_bytes() * 2)
    reading = read(once)
    assert reading.times == pytest.approx([float(n) for n in range(20)], abs=0.001)
    assert (reading.state.state, "jump back" in reading.state.why) == (CameraState.DEGRADED, True)


@pytest.mark.parametrize(("matrix", "turn"), [
    ((0, 1, -1, 0), cv2.ROTATE_90_CLOCKWISE),
    ((-1, 0, 0, -1), cv2.ROTATE_180),
    ((0, -1, 1, 0), cv2.ROTATE_90_COUNTERCLOCKWISE),
])  # fmt: skip
def test_a_turned_telephone_gives_upright_pictures_once(
    matrix: tuple[int, int, int, int], turn: int, tmp_path: Path
) -> None:
    path = with_display_matrix(a_video(tmp_path / "turned.mp4", even_times(30)), *matrix)
    seen = read(path).frames[1].image
    assert np.abs(seen.astype(int) - cv2.rotate(a_picture(25), turn)).mean() < 12
    shown, expected = cv2.VideoCapture(str(path)).read()[1], read(path).frames[0].image
    assert np.abs(shown.astype(int) - expected).mean() < 3


def test_a_mirrored_film_is_shown_as_its_matrix_says(tmp_path: Path) -> None:
    path = with_display_matrix(a_video(tmp_path / "mirrored.mp4", even_times(30)), -1, 0, 0, 1)
    assert number_of(np.ascontiguousarray(read(path).frames[1].image[:, ::-1])) == 25


def test_pictures_are_whole_bgr(tmp_path: Path) -> None:
    image = read(a_video(tmp_path / "a.mp4", even_times(5))).frames[0].image
    assert image.shape == (HEIGHT, WIDTH, 3)
    assert image.flags["C_CONTIGUOUS"]
