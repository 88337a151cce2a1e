"""What is wrong with a track is said, with its figures; a good one gets no remark."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pipelines.flaws import Flaw
from pipelines.srt import cues_in, track_of
from pipelines.telemetry import Track, in_zone
from pipelines.track_checks import checked, clock_remarks, frozen_spans, misplaced
from tests.drone_texts import LAT, LON, an_srt, flown
from tests.shared import shared

SHANGHAI = ZoneInfo("Asia/Shanghai")


def a_track(*texts: str) -> Track:
    return track_of(cues_in(an_srt(*texts)), "DJI_0001.SRT")


def flaws(track: Track) -> list[Flaw]:
    return [remark.flaw for remark in checked(in_zone(track, SHANGHAI)).remarks]


def test_a_good_track_gets_no_remark() -> None:
    assert flaws(a_track(*(flown(n) for n in range(20)))) == []


def test_local_time_without_a_zone_is_said_and_never_guessed() -> None:
    track = checked(a_track(*(flown(n) for n in range(5))))
    assert [remark.flaw for remark in track.remarks] == [Flaw.LOCAL_CLOCK]
    assert all(fix.at is None for fix in track.fixes)


def test_a_known_zone_and_offset_give_the_true_time() -> None:
    track = in_zone(a_track(flown(0)), SHANGHAI, offset=timedelta(seconds=30))
    assert track.fixes[0].at == datetime(2026, 4, 24, 2, 9, 30, tzinfo=UTC)


def test_a_file_without_any_clock_is_named() -> None:
    text = f"[latitude: {LAT}] [longitude: {LON}] [rel_alt: 1.0 abs_alt: 2.0] [gb_yaw: 1.0 gb_pitch: 2.0 gb_roll: 0.0]"
    assert flaws(a_track(text, text)) == [Flaw.NO_CLOCK]


def test_0_0_positions_are_counted_from_the_first() -> None:
    track = checked(a_track(flown(0), "[latitude: 0.000000] [longitude: 0.000000] [rel_alt: 1.0 abs_alt: 2.0]"))
    (remark,) = [remark for remark in track.remarks if remark.flaw is Flaw.ZERO_GPS]
    assert "1 of 2 fixes" in remark.detail
    assert "1.0 s" in remark.detail


def test_a_position_that_stays_while_the_height_changes_is_stale() -> None:
    climbing = [flown(0, lon=LON - n * 0e-4, rel=30.0 + n, second=n) for n in range(10)]
    assert flaws(a_track(*climbing)) == [Flaw.STALE_GPS]


def test_a_drone_that_hovers_is_not_stale_but_its_span_is_known() -> None:
    hovering = a_track(*(flown(0, second=n) for n in range(10)))
    assert flaws(hovering) == []
    assert frozen_spans(hovering) == [(0.0, 9.0)]


def test_steps_of_11_m_are_coarse_and_not_stale() -> None:
    texts = [f"GPS(119.1840,26.0567,16) BAROMETER:{n}.9\n2026.04.24 10:10:{n:02}" for n in range(10)]
    assert flaws(a_track(*texts)) == [Flaw.COARSE_GPS, Flaw.NO_GIMBAL]


@pytest.mark.parametrize(
    ("lat", "lon", "flaw"),
    [(LAT + 0.01, LON, Flaw.GPS_JUMP), (-LAT, LON, Flaw.HEMISPHERE), (LAT, -LON, Flaw.HEMISPHERE)],
)
def test_a_jump_is_named_by_what_it_looks_like(lat: float, lon: float, flaw: Flaw) -> None:
    assert flaws(a_track(flown(0), flown(1), flown(2, lat=lat, lon=lon), flown(3, lat=lat, lon=lon))) == [flaw]


def test_exchanged_numbers_are_told_from_a_place_that_is_known() -> None:
    assert misplaced((19.18, 26.06), (26.05, 19.18)) is Flaw.SWAPPED
    assert misplaced((26.06, 19.18), (26.05, 19.18)) is None


def test_a_clock_that_was_set_in_flight_jumps() -> None:
    assert flaws(a_track(flown(0), flown(1), flown(2, second=17), flown(3, second=18))) == [Flaw.CLOCK_JUMP]


def test_missing_gimbal_and_height_are_named() -> None:
    text = f"2026-04-24 10:10:00.000\n[latitude: {LAT}] [longitude: {LON}] [altitude: 117.0]"
    assert flaws(a_track(text)) == [Flaw.NO_HEIGHT, Flaw.NO_GIMBAL]


@pytest.mark.parametrize(("year", "remarks"), [(1970, 1), (2012, 1), (2026, 0), (2031, 1)])
def test_a_clock_before_any_drone_or_after_today_is_off(year: int, remarks: int) -> None:
    now = datetime(2026, 5, 1, tzinfo=UTC)
    assert len(clock_remarks("DJI_0001.MP4", datetime(year, 4, 24), now)) == remarks


def test_the_half_of_a_real_flight_without_a_fix_is_counted() -> None:
    path = shared("data", "drone", "srt", "callmarcus_neo2_nogps.SRT")
    track = checked(track_of(cues_in(path.read_text(encoding="utf-8-sig")), path.name))
    assert any(remark.flaw is Flaw.ZERO_GPS and "3 of 6" in remark.detail for remark in track.remarks)
