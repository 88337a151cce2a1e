"""What cannot be read is said, never silently nothing: broken, cut off, empty or forbidden footage."""

from pathlib import Path

import pytest

from pipelines.observation import CameraState
from pipelines.sources import BadSource, SourceBroke, SourceEnded, open_source
from tests.clocks import FakeClock
from tests.contract.sources.reading import a_source, read
from tests.footage import a_video, cut_off, even_times, sound_only, with_damage

FASTSTART = {"movflags": "+faststart"}


def test_a_few_broken_pictures_do_not_end_the_file_and_are_counted(tmp_path: Path) -> None:
    path = with_damage(a_video(tmp_path / "a.mp4", gop=50), packets=[60, 61, 62])
    reading = read(path, rate_hz=5)
    assert isinstance(reading.ending, SourceEnded)
    assert 60 not in reading.numbers
    assert reading.numbers[-1] == 245
    assert reading.delivered.dropped == 50 - len(reading.frames) >= 1
    assert reading.state.state is CameraState.DEGRADED
    assert f"{reading.delivered.dropped} of 50 due pictures lost" in reading.state.why


def test_a_picture_patched_over_damage_is_not_shown(tmp_path: Path) -> None:
    in_slices = a_video(tmp_path / "a.mp4", gop=50, options={"x264-params": "slices=4:scenecut=0"})
    reading = read(with_damage(in_slices, packets=[75], from_part=0.8))
    assert reading.numbers == [25 * n for n in range(10) if n != 3]
    assert reading.delivered.dropped == 1
    assert reading.state.state is CameraState.DEGRADED


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.avi"])
def test_what_leans_on_a_broken_keyframe_is_not_shown(name: str, tmp_path: Path) -> None:
    codec = "mpeg4" if name.endswith("avi") else "libx264"
    path = with_damage(a_video(tmp_path / name, gop=25, codec=codec), packets=[0])
    reading = read(path, rate_hz=5)
    assert reading.times[0] >= 0.9
    assert reading.numbers == [round(time * 25) for time in reading.times]
    assert reading.state.state is CameraState.DEGRADED


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.avi", "a.flv"])
def test_a_file_cut_off_midway_gives_what_it_has_and_then_says_where_it_broke(name: str, tmp_path: Path) -> None:
    codec = "mpeg4" if name.endswith("avi") else "libx264"
    options = FASTSTART if name.endswith("mp4") else {}
    path = cut_off(a_video(tmp_path / name, codec=codec, container_options=options), keep=0.6)
    reading = read(path)
    assert reading.numbers == [round(time * 25) for time in reading.times]
    assert len(reading.frames) >= 5
    assert isinstance(reading.ending, SourceBroke)
    assert reading.ending.at == pytest.approx(6.0, abs=0.6)
    assert reading.ending.again is False
    assert "of 10.0 s" in str(reading.ending)
    assert reading.state.state is CameraState.BLIND


def test_a_recording_whose_index_was_never_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSource, match="not a video that can be read"):
        a_source(cut_off(a_video(tmp_path / "a.mp4"), keep=0.6)).open()


def test_a_stream_that_begins_between_keyframes_says_what_it_could_not_show(tmp_path: Path) -> None:
    path = a_video(tmp_path / "a.ts", gop=50)
    data = path.read_bytes()
    path.write_bytes(data[: 3 * 188] + data[len(data) // 10 // 188 * 188 :])
    reading = read(path)
    assert reading.numbers[0] == 50
    assert "no keyframe comes before them" in reading.state.why


def test_a_missing_file_is_a_bad_source(tmp_path: Path) -> None:
    with pytest.raises(BadSource, match="there is no file"):
        a_source(tmp_path / "none.mp4").open()


def test_an_empty_file_is_a_bad_source(tmp_path: Path) -> None:
    (tmp_path / "empty.mp4").touch()
    with pytest.raises(BadSource, match="empty"):
        a_source(tmp_path / "empty.mp4").open()


def test_a_file_that_is_no_video_is_a_bad_source(tmp_path: Path) -> None:
    (tmp_path / "text.mp4").write_text("nothing to see " * 500, encoding="utf-8")
    with pytest.raises(BadSource, match="not a video"):
        a_source(tmp_path / "text.mp4").open()


def test_sound_alone_is_a_bad_source(tmp_path: Path) -> None:
    with pytest.raises(BadSource, match="no moving picture"):
        a_source(sound_only(tmp_path / "sound.mp4")).open()


def test_a_video_without_a_single_picture_is_a_bad_source(tmp_path: Path) -> None:
    path = a_video(tmp_path / "a.ts", even_times(5))
    path.write_bytes(path.read_bytes()[: 3 * 188])
    with pytest.raises(BadSource):
        a_source(path).open()


PLAYLISTS = {
    "list.m3u8": "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{clip}\n#EXT-X-ENDLIST\n",
    "list.ffconcat": "ffconcat version 1.0\nfile '{clip}'\n",
    "list.mpd": '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"></MPD>',
    "list.sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n",
}


@pytest.mark.parametrize("name", PLAYLISTS)
def test_a_list_of_other_files_is_never_followed(name: str, tmp_path: Path) -> None:
    clip = a_video(tmp_path / "clip.ts", even_times(25))
    (tmp_path / name).write_text(PLAYLISTS[name].format(clip=clip), encoding="utf-8")
    with pytest.raises(BadSource):
        a_source(tmp_path / name).open()


def test_a_list_is_not_followed_under_a_videos_name_either(tmp_path: Path) -> None:
    clip = a_video(tmp_path / "clip.ts", even_times(25))
    (tmp_path / "video.mp4").write_text(PLAYLISTS["list.ffconcat"].format(clip=clip), encoding="utf-8")
    with pytest.raises(BadSource):
        a_source(tmp_path / "video.mp4").open()


def test_a_forbidden_address_is_refused_before_anything_is_opened() -> None:
    with pytest.raises(BadSource, match="rtsp"):
        open_source("concat://a", "c", rate_hz=1, clock=FakeClock(), captured_from=None)
