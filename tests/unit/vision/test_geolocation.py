"""From a pixel to the ground: exactly where, how sure, why no surer, and when not at all."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.unit.vision.cameras import LENS, MIDDLE, a_pose, as_it_may_have_looked, from_camera, place
from vision.geolocation import NoFix, Refusal, locate, seen_at
from vision.pin import Term
from vision.pose import GPS_OVER_HILLS, GPS_OVER_TERRAIN, GPS_OVER_TOWN, RTK_OVER_TERRAIN, Doubt, Doubts, Origin
from vision.surface import Level, Ranged, Slope

FACE = Slope((place(100, -40), place(100, 40), place(118, 40, 24), place(118, -40, 24)))
"""The face of a dam to the north, leaning away."""


def test_looking_down_at_45_degrees_the_middle_lies_as_far_as_the_camera_is_high() -> None:
    assert from_camera(locate(a_pose(yaw=90), LENS, Level(), MIDDLE)) == pytest.approx([0, 100], abs=0.01)


def test_straight_down_the_top_of_the_picture_is_where_the_yaw_points() -> None:
    north, east = from_camera(locate(a_pose(yaw=0, pitch=-90), LENS, Level(), (960, 240)))
    assert (north, east) == pytest.approx((20, 0), abs=0.01)


@settings(max_examples=60, deadline=None)
@given(
    yaw=st.floats(-180, 180),
    pitch=st.floats(-90, -35),
    roll=st.floats(-10, 10),
    x=st.floats(0, 1920),
    y=st.floats(0, 1080),
)
def test_a_place_is_seen_where_it_was_located_from(yaw: float, pitch: float, roll: float, x: float, y: float) -> None:
    pose = a_pose(yaw, pitch, roll=roll)
    pin = locate(pose, LENS, Level(20.0), (x, y))
    back = seen_at(pose, LENS, np.array([[pin.lat_deg, pin.lon_deg, pin.height_m]]))
    assert back[0] == pytest.approx([x, y], abs=0.01)


def test_a_bent_lens_is_straightened_before_it_is_used() -> None:
    bent = replace(LENS, distortion=(-0.36, 0.1, 0.001, -0.001, 0.0))
    pin = locate(a_pose(), bent, Level(), (100.0, 900.0))
    back = seen_at(a_pose(), bent, np.array([[pin.lat_deg, pin.lon_deg, pin.height_m]]))
    assert back[0] == pytest.approx([100, 900], abs=0.01)
    assert np.linalg.norm(from_camera(pin) - from_camera(locate(a_pose(), LENS, Level(), (100.0, 900.0)))) > 1


def test_what_lies_behind_the_camera_is_not_in_the_picture() -> None:
    assert np.isnan(seen_at(a_pose(yaw=0, pitch=0), LENS, np.array([place(-50, 0)]))).all()


def test_level_ground_is_as_curved_as_the_earth() -> None:
    there = place(0, 2000)
    pose = a_pose(yaw=90, pitch=-20, height=800)
    ((x, y),) = seen_at(pose, LENS, np.array([there]))
    pin = locate(pose, LENS, Level(), (float(x), float(y)))
    assert from_camera(pin) == pytest.approx([0, 2000], abs=0.02)
    assert pin.height_m == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize(
    ("pitch", "refusal"),
    [(10.0, Refusal.ABOVE_GROUND), (-2.0, Refusal.NEAR_HORIZON), (-4.9, Refusal.NEAR_HORIZON)],
)
def test_near_the_horizon_there_is_no_place(pitch: float, refusal: Refusal) -> None:
    with pytest.raises(NoFix) as caught:
        locate(a_pose(pitch=pitch), LENS, Level(), MIDDLE)
    assert caught.value.refusal is refusal
    assert not caught.value.again


def test_a_camera_that_is_unsure_of_its_pitch_is_refused_sooner() -> None:
    unsure = replace(GPS_OVER_TERRAIN, pitch_deg=Doubt(4.0, Origin.ASSUMED))
    locate(a_pose(pitch=-10), LENS, Level(), MIDDLE)
    with pytest.raises(NoFix, match="too near the horizon"):
        locate(a_pose(pitch=-10, doubts=unsure), LENS, Level(), MIDDLE)


def test_ground_above_the_camera_is_no_ground() -> None:
    with pytest.raises(NoFix):
        locate(a_pose(height=10), LENS, Level(20.0), MIDDLE)


def test_a_dams_face_can_be_looked_at_level() -> None:
    pin = locate(a_pose(yaw=0, pitch=0, height=12), LENS, FACE, MIDDLE)
    assert (*from_camera(pin), pin.height_m) == pytest.approx((109, 0, 12), abs=0.05)


def test_along_a_face_there_is_no_place_on_it() -> None:
    with pytest.raises(NoFix):
        locate(a_pose(yaw=90, pitch=-10, height=12), LENS, FACE, MIDDLE)


def test_a_face_needs_three_corners_that_span_it() -> None:
    with pytest.raises(ValueError, match="one line"):
        Slope((place(0, 0), place(0, 10), place(0, 20)))


BUDGET = [
    (RTK_OVER_TERRAIN, 60, 1.3, 2.4),
    (RTK_OVER_TERRAIN, 30, 3.9, 7.1),
    (GPS_OVER_TERRAIN, 45, 6.9, 12.6),
    (GPS_OVER_TERRAIN, 20, 20, 38),
    (GPS_OVER_TOWN, 60, 5.3, 10.8),
    (GPS_OVER_HILLS, 30, 29, 57),
]
"""Doubts, depression in degrees, and the median and 90 % error in metres at 100 m, as measured elsewhere."""


@pytest.mark.parametrize(("doubts", "depression", "median", "most"), BUDGET)
def test_errors_are_those_of_the_published_budget(
    doubts: Doubts, depression: float, median: float, most: float
) -> None:
    """A little above it, since it left out that a gimbal may be off level across its azimuth too."""
    errors = np.linalg.norm(drawn(doubts, depression, 1200), axis=1)
    assert np.median(errors) == pytest.approx(1.05 * median, rel=0.12)
    assert np.percentile(errors, 90) == pytest.approx(1.05 * most, rel=0.12)


SHALLOW = 30


@pytest.mark.parametrize(("doubts", "depression"), [row[:2] for row in BUDGET if row[1] >= SHALLOW])
def test_nine_of_ten_true_places_lie_in_the_ellipse(doubts: Doubts, depression: float) -> None:
    pin = locate(a_pose(pitch=-depression, doubts=doubts), LENS, Level(), MIDDLE)
    held = np.mean([pin.spread.holds(north, east) for north, east in drawn(doubts, depression, 1200)])
    assert held == pytest.approx(0.9, abs=0.03)


def drawn(doubts: Doubts, depression: float, n: int) -> NDArray[np.float64]:
    """How far from the pin the place really was, were the camera off by its doubts: (n, 2) metres."""
    rng = np.random.default_rng(5)
    pose = a_pose(pitch=-depression, doubts=doubts)
    said = from_camera(locate(pose, LENS, Level(), MIDDLE))
    return np.array([on_level_ground(*as_it_may_have_looked(pose, rng)) - said for _ in range(n)])


def on_level_ground(start: NDArray[np.float64], axis: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(start[:2] - start[2] / axis[2] * axis[:2])


@pytest.mark.parametrize("yaw", [-20, 0, 25])
def test_on_a_face_too_nine_of_ten_true_places_lie_in_the_ellipse(yaw: float) -> None:
    rng = np.random.default_rng(6)
    pose = a_pose(yaw=yaw, pitch=-8, height=25, doubts=GPS_OVER_TERRAIN)
    pin = locate(pose, LENS, FACE, MIDDLE)
    looks = [as_it_may_have_looked(pose, rng) for _ in range(800)]
    off = np.array([on_the_face(*look) - from_camera(pin) for look in looks])
    assert np.mean([pin.spread.holds(*row) for row in off]) == pytest.approx(0.9, abs=0.035)


def on_the_face(start: NDArray[np.float64], axis: NDArray[np.float64]) -> NDArray[np.float64]:
    """Metres north and east of where a line of sight meets the plane north = 100 + 0.75 up."""
    steps = (100 + 0.75 * start[2] - start[0]) / (axis[0] - 0.75 * axis[2])
    return np.asarray((start + steps * axis)[:2])


def test_the_cause_is_the_doubt_that_moves_the_pin_most() -> None:
    unsure = replace(RTK_OVER_TERRAIN, yaw_deg=Doubt(20.0, Origin.AIRCRAFT))
    cause = locate(a_pose(doubts=unsure), LENS, Level(), MIDDLE).cause
    assert (cause.term, cause.origin) == (Term.YAW, Origin.AIRCRAFT)
    assert cause.size_m == pytest.approx(100 * math.sin(math.radians(20)), rel=0.01)


def test_a_doubtful_height_stretches_the_ellipse_along_the_line_of_sight() -> None:
    high = replace(RTK_OVER_TERRAIN, height_m=Doubt(20.0, Origin.TAKE_OFF))
    ellipse = locate(a_pose(yaw=30, pitch=-30, doubts=high), LENS, Level(), MIDDLE).spread.ellipse()
    assert ellipse.azimuth_deg == pytest.approx(30, abs=1)
    assert ellipse.long_m == pytest.approx(2.146 * 20 / math.tan(math.radians(30)), rel=0.02)


def test_a_clock_that_is_off_stretches_it_along_the_flight() -> None:
    late = replace(RTK_OVER_TERRAIN, along_m=Doubt(10.0, Origin.ASSUMED), course_deg=110.0)
    pin = locate(a_pose(yaw=30, pitch=-80, doubts=late), LENS, Level(), MIDDLE)
    assert pin.cause.term is Term.CLOCK
    assert pin.spread.ellipse().azimuth_deg == pytest.approx(110, abs=1)


def test_the_grounds_own_doubt_counts_like_the_cameras_height() -> None:
    rough = Level(0.0, Doubt(20.0, Origin.TERRAIN))
    assert locate(a_pose(doubts=RTK_OVER_TERRAIN), LENS, rough, MIDDLE).cause.term is Term.GROUND


def test_a_laser_knows_how_far_the_spot_is_whatever_the_height() -> None:
    pose = a_pose(yaw=0, pitch=-30, height=500, doubts=GPS_OVER_HILLS)
    pin = locate(pose, LENS, Ranged(100.0), MIDDLE)
    assert (*from_camera(pin), pin.height_m) == pytest.approx((86.6, 0, 450), abs=0.01)


def test_with_a_range_a_wrong_pitch_matters_less_than_with_a_height() -> None:
    unsure = replace(RTK_OVER_TERRAIN, pitch_deg=Doubt(2.0, Origin.GIMBAL))
    pose = a_pose(pitch=-30, height=50, doubts=unsure)
    by_height, by_laser = (locate(pose, LENS, s, MIDDLE).spread.ellipse() for s in (Level(), Ranged(100.0)))
    assert by_laser.long_m < by_height.long_m / 2


def test_a_lasers_own_doubt_counts() -> None:
    rough = Ranged(100.0, Doubt(10.0, Origin.LASER))
    cause = locate(a_pose(pitch=-30, doubts=RTK_OVER_TERRAIN), LENS, rough, MIDDLE).cause
    assert (cause.term, cause.origin) == (Term.GROUND, Origin.LASER)
    assert cause.size_m == pytest.approx(8.66, abs=0.01)


def test_beside_the_lasers_spot_the_ground_counts_as_level() -> None:
    pose = a_pose(yaw=0, pitch=-45, height=100)
    level, ranged = (locate(pose, LENS, s, (300.0, 800.0)) for s in (Level(), Ranged(100 * math.sqrt(2))))
    assert from_camera(ranged) == pytest.approx(from_camera(level), abs=0.02)
