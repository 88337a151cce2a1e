"""Every dialect of the drones' subtitles: where, how high, which way; and what is wrong with a file."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from pipelines.flaws import Flaw
from pipelines.srt import read_srt
from pipelines.telemetry import BadTelemetry, Fix, Track, fix_at
from tests.drone_texts import DIALECTS, LAT, LON, Said, an_srt, flown
from tests.shared import shared


def read(folder: Path, text: str, *, encoding: str = "utf-8") -> Track:
    path = folder / "DJI_0001.SRT"
    path.write_bytes(text.encode(encoding))
    return read_srt(path)


def angles(fix: Fix) -> tuple[float | None, float | None, float | None]:
    return fix.yaw_deg, fix.pitch_deg, fix.roll_deg


@pytest.mark.parametrize("said", DIALECTS, ids=lambda said: said.dialect)
def test_each_dialect_gives_place_heights_gimbal_and_focal(said: Said, tmp_path: Path) -> None:
    track = read(tmp_path, an_srt(said.text))
    (fix,) = track.fixes
    assert (fix.lat_deg, fix.lon_deg, fix.rel_alt_m, fix.abs_alt_m) == (said.lat, said.lon, said.rel_alt, said.abs_alt)
    assert angles(fix) == (said.gimbal or (None, None, None))
    assert fix.focal_mm == said.focal_mm
    assert track.dialect.startswith(f"DJI SRT {said.dialect} ")
    assert not track.remarks


def test_an_aircrafts_heading_is_not_the_cameras(tmp_path: Path) -> None:
    (fix,) = read(tmp_path, an_srt(next(said.text for said in DIALECTS if said.dialect == "C2"))).fixes
    assert fix.drone_yaw_deg == -146.0
    assert not fix.has_gimbal


def test_a_cue_with_a_blank_line_inside_stays_one(tmp_path: Path) -> None:
    text = next(said.text for said in DIALECTS if said.dialect == "E2")
    track = read(tmp_path, an_srt(text, text))
    assert [fix.media_s for fix in track.fixes] == [0.0, 1.0]
    assert all(fix.zoom == 1.0 for fix in track.fixes)


def test_a_file_without_spans_keeps_its_clock(tmp_path: Path) -> None:
    text = f"1\n2026.04.24 10:10:00,250,000\n[latitude : {LAT}] [longtitude : {LON}] [iso : 100]\n\n"
    (fix,) = read(tmp_path, text).fixes
    assert fix.media_s is None
    assert fix.local == datetime(2026, 4, 24, 10, 10, 0, 250_000)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_windows_lines_and_a_byte_order_mark_change_nothing(encoding: str, tmp_path: Path) -> None:
    track = read(tmp_path, an_srt(flown(0), flown(1)).replace("\n", "\r\n"), encoding=encoding)
    assert [fix.lat_deg for fix in track.fixes] == [LAT, LAT]


def test_a_longitude_beyond_90_is_known_whatever_comes_third(tmp_path: Path) -> None:
    track = read(tmp_path, an_srt("GPS(119.1840,26.0567,0.0M) BAROMETER:1.9", "GPS(26.0567,119.1840,16) BAROMETER:1.9"))
    assert {fix.place for fix in track.fixes} == {(26.0567, 119.184)}


def test_0_0_is_a_drone_that_does_not_know_where_it_is(tmp_path: Path) -> None:
    (fix,) = read(tmp_path, an_srt("[latitude: 0.000000] [longitude: 0.000000] [rel_alt: 1.0 abs_alt: 2.0]")).fixes
    assert fix.place is None
    assert fix.unlocked


def test_the_fix_of_a_frame_is_the_one_said_last(tmp_path: Path) -> None:
    track = read(tmp_path, an_srt(flown(0), flown(1), flown(2)))
    assert fix_at(track, 1.9) == track.fixes[1]
    assert fix_at(track, 2.0) == track.fixes[2]
    assert fix_at(track, 9.0) is None


def test_a_file_that_ends_in_the_middle_of_a_cue_says_so_and_keeps_the_rest(tmp_path: Path) -> None:
    text = an_srt(flown(0), flown(1), flown(2))
    track = read(tmp_path, text[: text.rindex("longitude")])
    assert [remark.flaw for remark in track.remarks] == [Flaw.CUT_OFF]
    assert [fix.place is not None for fix in track.fixes] == [True, True, False]


@pytest.mark.parametrize(
    ("text", "flaw"),
    [("", Flaw.EMPTY), ("1\n", Flaw.BROKEN), (an_srt("Good morning.", "And good night."), Flaw.UNSUPPORTED)],
)
def test_what_holds_no_telemetry_is_refused_by_name(text: str, flaw: Flaw, tmp_path: Path) -> None:
    with pytest.raises(BadTelemetry, match=r"DJI_0001\.SRT") as refused:
        read(tmp_path, text)
    assert refused.value.remark.flaw is flaw


def test_25_real_files_give_their_position_height_and_pitch() -> None:
    folder = shared("data", "drone", "srt")
    expected = json.loads((folder / "expected.json").read_text())
    found = {name: read_srt(folder / name).first() or Fix() for name in expected}
    assert len(found) == 25
    for name, want in expected.items():
        fix = found[name]
        assert (fix.lat_deg, fix.lon_deg, fix.rel_alt_m) == (want["lat"], want["lon"], want["rel_alt_m"]), name
        assert fix.pitch_deg == want["gimbal_pitch_deg"], name


@pytest.mark.parametrize(
    ("name", "flaw"),
    [
        ("juanirache_broken_empty.SRT", Flaw.EMPTY),
        ("juanirache_broken_empty2.SRT", Flaw.BROKEN),
        ("juanirache_broken_incomplete.SRT", Flaw.CUT_OFF),
        ("juanirache_broken_incomplete2.SRT", Flaw.CUT_OFF),
    ],
)
def test_the_four_broken_files_are_named(name: str, flaw: Flaw) -> None:
    path = shared("data", "drone", "srt", name)
    try:
        found = [remark.flaw for remark in read_srt(path).remarks]
    except BadTelemetry as refused:
        found = [refused.remark.flaw]
    assert found == [flaw]
