"""From a drone's telemetry to the camera that pixels are located with."""

import pytest

from pipelines.flaws import Flaw
from pipelines.telemetry import Fix
from pipelines.viewpoint import NoViewpoint, doubts_of_still, lens_of, lens_of_still, pose_of
from pipelines.xmp import note_of
from tests.drone_stills import a_still
from vision.pose import GPS_OVER_HILLS, Origin

FIX = Fix(lat_deg=26.05, lon_deg=119.18, rel_alt_m=25, yaw_deg=20.8, pitch_deg=-60, focal_mm=40, zoom=2.0)


def test_a_pose_takes_the_gimbal_and_the_height_above_take_off() -> None:
    pose = pose_of(FIX, GPS_OVER_HILLS, take_off_m=86)
    assert (pose.lat_deg, pose.lon_deg, pose.height_m) == (26.05, 119.18, 111)
    assert (pose.yaw_deg, pose.pitch_deg, pose.roll_deg) == (20.8, -60, 0)


def test_a_height_known_better_goes_before() -> None:
    assert pose_of(FIX, GPS_OVER_HILLS, take_off_m=86, height_m=17.5).height_m == 17.5


@pytest.mark.parametrize(
    ("fix", "flaw"),
    [
        (Fix(rel_alt_m=25, yaw_deg=1, pitch_deg=-60), Flaw.NO_GPS),
        (Fix(rel_alt_m=25, yaw_deg=1, pitch_deg=-60, unlocked=True), Flaw.ZERO_GPS),
        (Fix(lat_deg=26, lon_deg=119, rel_alt_m=25, drone_yaw_deg=1), Flaw.NO_GIMBAL),
        (Fix(lat_deg=26, lon_deg=119, abs_alt_m=25, yaw_deg=1, pitch_deg=-60), Flaw.NO_HEIGHT),
    ],
)
def test_a_missing_figure_is_refused_by_name(fix: Fix, flaw: Flaw) -> None:
    with pytest.raises(NoViewpoint) as refused:
        pose_of(fix, GPS_OVER_HILLS)
    assert refused.value.flaw is flaw


def test_a_lens_follows_the_35_mm_equivalent_over_the_diagonal_and_the_zoom() -> None:
    lens = lens_of(FIX, 640, 512)
    assert lens is not None
    assert lens.focal_px == pytest.approx(2 * 758, abs=1)
    assert lens_of(Fix(), 640, 512) is None


def test_a_stills_own_calibration_goes_before_its_exif() -> None:
    note = note_of(a_still(DewarpData="2022-06-01;3713.29,3713.29,7.02,-8.72,-0.112,0.0149,0.0001,0.0002,-0.027"))
    assert note is not None
    lens = lens_of_still(note, 5280, 3956, focal_35mm=24)
    assert lens is not None
    assert (lens.focal_px, lens.cx_px, lens.cy_px) == pytest.approx((3713.29, 2647.02, 1969.28))
    assert lens.distortion[0] == -0.112


def test_a_fixed_rtk_is_as_sure_as_it_says() -> None:
    note = note_of(a_still(RtkFlag="50", RtkStdLat="0.012", RtkStdLon="0.015", RtkStdHgt="0.03"))
    assert note is not None
    doubt = doubts_of_still(note, GPS_OVER_HILLS).position_m
    assert (doubt.sigma, doubt.origin) == (0.015, Origin.RTK)
    plain = note_of(a_still())
    assert plain is not None
    assert doubts_of_still(plain, GPS_OVER_HILLS) == GPS_OVER_HILLS
