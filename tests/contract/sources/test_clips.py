"""Clips are the camera's own coded pictures, from the keyframe before to the end asked for."""

from datetime import datetime, timedelta
from pathlib import Path

import av
import pytest

from pipelines.clips import captured_from
from pipelines.sources import Source
from tests.clocks import MORNING
from tests.contract.sources.reading import a_source
from tests.footage import a_video, even_times, number_of, with_display_matrix


def at(seconds: float) -> datetime:
    return MORNING + timedelta(seconds=seconds)


def opened(path: Path) -> Source:
    source = a_source(path)
    source.open()
    return source


def numbers_in(clip: Path) -> list[int]:
    with av.open(str(clip)) as footage:
        return [number_of(frame.to_ndarray(format="bgr24")) for frame in footage.decode(video=0)]


@pytest.mark.parametrize(("name", "codec", "b_frames"), [
    ("a.mp4", "libx264", 0), ("b.mp4", "libx264", 3), ("c.ts", "libx264", 2), ("d.mkv", "libx265", 2),
    ("e.avi", "mpeg4", 0), ("f.mov", "mjpeg", 0),
])  # fmt: skip
def test_a_clip_begins_at_the_keyframe_before_and_ends_where_asked(
    name: str, codec: str, b_frames: int, tmp_path: Path
) -> None:
    pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
    path = a_video(tmp_path / name, codec=codec, gop=50, b_frames=b_frames, pix_fmt=pix_fmt)
    clip = tmp_path / "clip.mp4"
    assert opened(path).cut(at(4.5), at(6.0), clip)
    first = 112 if codec == "mjpeg" else 100
    assert numbers_in(clip) == list(range(first, 151))
    assert captured_from(clip) == at(first / 25)


def test_a_clips_pictures_keep_their_distances(tmp_path: Path) -> None:
    path, clip = a_video(tmp_path / "a.mp4", even_times(100, 5), gop=20), tmp_path / "clip.mp4"
    assert opened(path).cut(at(4), at(6), clip)
    with av.open(str(clip)) as footage:
        assert [frame.time for frame in footage.decode(video=0)] == pytest.approx([n / 5 for n in range(11)])


def test_a_clip_far_into_the_footage_is_found_without_reading_up_to_it(tmp_path: Path) -> None:
    path, clip = a_video(tmp_path / "a.mp4", even_times(600, 5), gop=25), tmp_path / "clip.mp4"
    assert opened(path).cut(at(100), at(102), clip)
    assert numbers_in(clip) == list(range(500, 511))


def test_a_clip_is_found_behind_a_clock_that_started_anew(tmp_path: Path) -> None:
    path, clip = a_video(tmp_path / "a.ts"), tmp_path / "clip.mp4"
    path.write_bytes(path.read_bytes() * 2)
    source = opened(path)
    assert source.cut(at(14), at(15), clip)
    assert numbers_in(clip) == list(range(100, 126))


def test_a_clip_of_a_turned_film_is_turned_too(tmp_path: Path) -> None:
    path, clip = with_display_matrix(a_video(tmp_path / "a.mp4"), 0, 1, -1, 0), tmp_path / "clip.mp4"
    assert opened(path).cut(at(1), at(2), clip)
    with av.open(str(clip)) as footage:
        assert next(footage.decode(video=0)).rotation == -90


@pytest.mark.parametrize(("start", "end"), [(-9.0, -1.0), (60.0, 70.0)])
def test_what_the_footage_does_not_show_gives_no_clip_and_no_file(start: float, end: float, tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    assert not opened(a_video(tmp_path / "a.mp4")).cut(at(start), at(end), clip)
    assert list(tmp_path.glob("clip*")) == []


def test_what_lies_partly_outside_is_cut_to_what_there_is(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    assert opened(a_video(tmp_path / "a.mp4")).cut(at(-5), at(1), clip)
    assert numbers_in(clip) == list(range(26))


def test_a_coding_that_an_mp4_cannot_hold_gives_no_clip_and_no_file(tmp_path: Path) -> None:
    path = a_video(tmp_path / "a.gif", even_times(50), codec="gif", pix_fmt="rgb8")
    assert not opened(path).cut(at(0), at(1), tmp_path / "clip.mp4")
    assert list(tmp_path.glob("clip*")) == []
