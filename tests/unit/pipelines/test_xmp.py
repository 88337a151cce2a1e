"""What a still says of itself in its XMP."""

from datetime import UTC, datetime

import pytest

from pipelines.xmp import Dewarp, Laser, Rtk, StillNote, note_of
from tests.drone_stills import a_jpeg, a_still, with_xmp
from tests.shared import shared


def noted(jpeg: bytes) -> StillNote:
    note = note_of(jpeg)
    assert note is not None
    return note


def test_a_still_says_where_how_high_and_which_way() -> None:
    fix = noted(a_still()).fix
    assert fix.place == (26.056725, 119.18398)
    assert (fix.rel_alt_m, fix.abs_alt_m) == (25.0, 111.0)
    assert (fix.yaw_deg, fix.pitch_deg, fix.roll_deg, fix.drone_yaw_deg) == (20.8, -60.0, 0.0, 34.5)


def test_a_still_names_its_zone_so_its_time_is_true() -> None:
    fix = noted(a_still()).fix
    assert fix.at == datetime(2026, 4, 24, 2, 10, tzinfo=UTC)
    assert fix.local == datetime(2026, 4, 24, 10, 10)


def test_the_exposures_own_utc_goes_before_the_file_date() -> None:
    assert noted(a_still(UTCAtExposure="2026-04-24T02:09:58.5")).fix.at == datetime(
        2026, 4, 24, 2, 9, 58, 500_000, tzinfo=UTC
    )


def test_the_old_spelling_of_longitude_is_read() -> None:
    tags = {"drone-dji:GpsLatitude": "+26.05", "drone-dji:GpsLongtitude": "+119.18"}
    assert noted(with_xmp(a_jpeg(), tags)).fix.place == (26.05, 119.18)


def test_0_0_is_no_place() -> None:
    fix = noted(a_still(GpsLatitude="+0.0", GpsLongitude="+0.0")).fix
    assert fix.place is None
    assert fix.unlocked


def test_a_laser_counts_only_when_it_says_that_it_is_normal() -> None:
    target = {"LRFTargetDistance": "79.572", "LRFTargetLat": "26.05", "LRFTargetLon": "119.18"}
    assert noted(a_still(LRFStatus="Normal", **target)).laser == Laser(79.572, 26.05, 119.18, None, None)
    assert noted(a_still(LRFStatus="Invalid", **target)).laser is None


def test_rtk_says_whether_it_is_fixed_and_how_sure() -> None:
    fixed = noted(a_still(RtkFlag="50", RtkStdLat="0.012", RtkStdLon="0.011", RtkStdHgt="0.03"))
    assert fixed.rtk == Rtk(True, 0.012, 0.011, 0.03)
    assert noted(a_still(RtkFlag="16")).rtk == Rtk(False, 0.0, 0.0, 0.0)
    assert noted(a_still()).rtk is None


def test_a_calibration_is_read_in_the_order_dji_writes_it() -> None:
    note = noted(a_still(DewarpData="2022-06-01;3713.29,3713.29,7.02,-8.72,-0.112,0.0149,0.0001,0.0002,-0.027"))
    assert note.dewarp == Dewarp(3713.29, 3713.29, 7.02, -8.72, (-0.112, 0.0149, 0.0001, 0.0002, -0.027))
    assert noted(a_still(DewarpData="")).dewarp is None


def test_a_stripped_picture_has_no_note() -> None:
    assert note_of(a_jpeg()) is None
    assert note_of(b"\xff\xd8\xff") is None


def test_a_real_still_gives_its_gimbal_its_laser_and_its_camera() -> None:
    note = noted(shared("data", "drone", "thermal", "H20N", "DJI_0006_R.JPG").read_bytes())
    assert (note.fix.place, note.fix.pitch_deg) == ((22.596196357, 114.007268015), -32.9)
    assert note.laser == Laser(79.572, 22.5960255, 114.0066452, -0.735, 47.0)
    assert note.is_thermal
    assert note.fix.at == datetime(2022, 3, 24, 9, 37, 59, tzinfo=UTC)


@pytest.mark.parametrize("model", ["H20T", "H30T", "M2EA", "M30T", "M3T", "M3TD", "M4T"])
def test_real_stills_that_were_stripped_are_told(model: str) -> None:
    assert note_of(shared("data", "drone", "thermal", model, "DJI_0001_R.JPG").read_bytes()) is None
