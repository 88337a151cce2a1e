"""Telemetry inside the video file itself."""

import json
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from pipelines.embedded import makers_track_in, subtitles_in, track_of_exiftool
from pipelines.flaws import Flaw
from pipelines.flight_reading import Known
from pipelines.telemetry import BadTelemetry
from tests.drone_card import a_video, read
from tests.drone_texts import LAT, LON, flown
from tests.shared import shared

_HEADER = (
    b"[Script Info]\nScriptType: v4.00+\n[V4+ Styles]\nFormat: Name, Fontname\nStyle: Default,Arial\n"
    b"[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
)


def a_video_with_text(path: Path, texts: list[str]) -> Path:
    """A second of video for each text, and the texts in a subtitle track."""
    with av.open(str(path), "w") as out:
        video = out.add_stream("libx264", rate=5)
        video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
        text = out.add_stream("mov_text")
        text.codec_context.subtitle_header = _HEADER
        for n, said in enumerate(texts):
            for part in range(5):
                frame = av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8), format="bgr24")
                frame.pts, frame.time_base = 5 * n + part, Fraction(1, 5)
                out.mux(video.encode(frame))
            packet = av.Packet(len(said.encode()).to_bytes(2, "big") + said.encode())
            packet.stream, packet.time_base = text, Fraction(1, 1000)
            packet.pts, packet.dts, packet.duration = n * 1000, n * 1000, 1000
            out.mux(packet)
        out.mux(video.encode(None))
    return path


def test_subtitles_inside_a_video_are_read_as_those_beside_it(tmp_path: Path) -> None:
    track = subtitles_in(a_video_with_text(tmp_path / "DJI_0001.mp4", [flown(n) for n in range(3)]))
    assert [fix.media_s for fix in track.fixes] == [0.0, 1.0, 2.0]
    assert track.fixes[0].place == (LAT, LON)
    assert track.has_gimbal


def test_a_card_finds_them_by_itself(tmp_path: Path) -> None:
    a_video_with_text(tmp_path / "DJI_0001.mp4", [flown(n) for n in range(3)])
    (flight,) = read(tmp_path, Known()).flights
    assert flight.recordings[0].fix_at(1.5) is not None


def test_a_video_without_subtitles_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadTelemetry, match="no subtitle track"):
        subtitles_in(a_video(tmp_path / "DJI_0001.mp4"))


def test_exiftools_samples_become_fixes_on_the_videos_line_of_time() -> None:
    said = {
        "SourceFile": "DJI_0001.MP4",
        "Doc1:GPSDateTime": "2026:04:24 02:10:00.5",
        "Doc1:SampleTime": 0,
        "Doc1:GPSLatitude": LAT,
        "Doc1:GPSLongitude": LON,
        "Doc1:RelativeAltitude": 25.0,
        "Doc1:GimbalPitch": -60.0,
        "Doc1:GimbalYaw": 20.8,
        "Doc1-1:GPSDateTime": "2026:04:24 02:10:00.75",
        "Doc1-1:GPSLatitude": LAT,
        "Doc1-1:GPSLongitude": LON,
        "Doc2:SampleTime": 1.0,
    }
    first, second = track_of_exiftool([said], "DJI_0001.MP4").fixes
    assert (first.media_s, second.media_s) == (0.0, 0.25)
    assert first.at == datetime(2026, 4, 24, 2, 10, 0, 500_000, tzinfo=UTC)
    assert (first.rel_alt_m, first.pitch_deg) == (25.0, -60.0)


@pytest.mark.parametrize("said", [[], [{"SourceFile": "a.mp4"}], [{"Doc1:SampleTime": 0}]])
def test_an_exiftool_too_old_for_the_track_is_named(said: list[dict[str, object]]) -> None:
    with pytest.raises(BadTelemetry, match="from 13 on"):
        track_of_exiftool(said, "a.mp4")


def test_an_exiftool_that_cannot_be_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadTelemetry) as refused:
        makers_track_in(a_video(tmp_path / "DJI_0001.mp4"), str(tmp_path / "no-such-tool"))
    assert refused.value.remark.flaw is Flaw.NO_READER


def test_47_real_fixes_are_read_from_exiftools_words() -> None:
    said = json.loads(shared("data", "drone", "video", "gpmf_karma.telemetry.json").read_text())
    track = track_of_exiftool(said, "gpmf_karma.mp4")
    assert len(track.fixes) == 47
    assert all(fix.place and fix.at for fix in track.fixes)
    assert track.seconds == pytest.approx(11.59, abs=0.01)
