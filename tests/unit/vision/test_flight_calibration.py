"""Height and compass of a flight from its own overlapping pictures: a flight over known ground, told wrongly."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.unit.vision.cameras import LENS, a_pose, moved
from vision.agreement import Overlap
from vision.ellipsoid import Local
from vision.flight_calibration import Calibration, NoOverlap, apart_m, calibrated
from vision.geolocation import seen_at
from vision.pose import GPS_OVER_HILLS, Origin, Pose

Heights = Callable[[NDArray[np.float64]], NDArray[np.float64]]


def a_strip(pitch: float = -88.0, n: int = 8, *, climb: float = 0.0) -> list[Pose]:
    """Northwards, 6 m between pictures, 80 m above the ground, with the unrest of a gimbal's compass."""
    rng = np.random.default_rng(3)
    return [
        moved(a_pose(rng.normal(0, 4), pitch, height=80.0 + climb * i, doubts=GPS_OVER_HILLS), 6.0 * i, 0.0)
        for i in range(n)
    ]


def told(poses: list[Pose], *, height: float = 0.0, yaw: float = 0.0, noise_m: float = 0.0) -> list[Pose]:
    """What the drone says of them."""
    rng = np.random.default_rng(4)
    wrong = [replace(p, height_m=p.height_m + height, yaw_deg=p.yaw_deg + yaw) for p in poses]
    return [moved(p, *rng.normal(0, noise_m, 2)) for p in wrong] if noise_m else wrong


def overlaps(poses: list[Pose], *, noise_px: float = 0.5, relief: float = 0.0, apart: int = 3) -> list[Overlap]:
    """What every two neighbours both show of ground that is level but for its relief."""
    rng = np.random.default_rng(5)
    ground = np.column_stack([rng.uniform(-60, 110, 900), rng.uniform(-60, 60, 900), rng.normal(0, relief, 900)])
    places = Local(poses[0].lat_deg, poses[0].lon_deg).places(ground)
    places[:, 2] = ground[:, 2]
    seen = [seen_at(pose, LENS, places) + rng.normal(0, noise_px, (900, 2)) for pose in poses]
    shown = [((s > 0) & (s < [LENS.width_px, LENS.height_px])).all(axis=1) for s in seen]
    pairs = [(i, j) for i in range(len(poses)) for j in range(i + 1, min(len(poses), i + apart + 1))]
    return [Overlap(i, j, seen[i][shown[i] & shown[j]], seen[j][shown[i] & shown[j]]) for i, j in pairs]


def test_a_height_of_95_over_trees_at_80_is_found_out() -> None:
    true = a_strip()
    found = calibrated(LENS, told(true, height=15), overlaps(true))
    assert found.ground_m == pytest.approx(15, abs=0.5)
    assert found.pairs >= 6


def test_a_compass_that_is_off_is_found_out() -> None:
    true = a_strip()
    assert calibrated(LENS, told(true, yaw=-2.5), overlaps(true)).yaw_deg == pytest.approx(2.5, abs=0.3)


def test_looking_ahead_serves_as_well_as_looking_down() -> None:
    true = a_strip(pitch=-50.0)
    found = calibrated(LENS, told(true, height=15, yaw=3), overlaps(true))
    assert (found.ground_m, found.yaw_deg) == pytest.approx((15, -3), abs=0.7)


def test_a_climb_between_the_pictures_is_no_change_of_the_ground() -> None:
    true = a_strip(pitch=-50.0, climb=2.0)
    assert calibrated(LENS, told(true, height=15), overlaps(true)).ground_m == pytest.approx(15, abs=0.7)


def test_corrected_pictures_land_the_same_ground_together_though_fixes_are_off() -> None:
    true = a_strip()
    said = told(true, height=15, yaw=2, noise_m=0.4)
    of_even, of_odd = overlaps(true, relief=1.0), overlaps(true, relief=1.0, noise_px=0.6)
    found = calibrated(LENS, said, of_even)
    assert np.median(apart_m(LENS, said, of_odd)) > 1
    assert np.median(apart_m(LENS, found.poses, of_odd)) < 0.3


def test_a_pose_between_the_pictures_is_put_above_the_ground_seen() -> None:
    found = Calibration(ground_m=15, ground_sigma_m=4, yaw_deg=2, yaw_sigma_deg=0.5, pairs=9)
    pose = found.applied(a_pose(yaw=10, height=95))
    assert (pose.height_m, pose.yaw_deg) == (80, 12)
    assert (pose.doubts.height_m.sigma, pose.doubts.height_m.origin) == (4, Origin.IMAGE_MOTION)


def test_scatter_between_the_pairs_is_the_doubt() -> None:
    true = a_strip()
    calm, restless = (calibrated(LENS, told(true, noise_m=noise), overlaps(true)) for noise in (0.0, 0.8))
    assert restless.ground_sigma_m > 1.2 * calm.ground_sigma_m


def test_even_pairs_that_agree_leave_the_doubt_of_what_has_no_features() -> None:
    true = a_strip()
    assert calibrated(LENS, true, overlaps(true)).ground_sigma_m == pytest.approx(0.087 * 80, rel=0.1)


def test_a_wrong_match_does_not_bend_the_rest() -> None:
    true = a_strip()
    right = overlaps(true, apart=1)
    wrong = [replace(overlap, second_px=overlap.second_px + np.array([400.0, 150.0])) for overlap in right[::3]]
    assert np.median(apart_m(LENS, calibrated(LENS, told(true, height=15), [*right, *wrong]).poses, right)) < 0.3


@pytest.mark.parametrize("n", [0, 2])
def test_too_few_pairs_say_nothing(n: int) -> None:
    true = a_strip()
    with pytest.raises(NoOverlap, match="3 are needed"):
        calibrated(LENS, true, overlaps(true, apart=1)[:n])


def test_hovering_says_nothing_of_the_height() -> None:
    still = [a_pose(pitch=-88)] * 24
    for said in (still, told(still, noise_m=0.4)):
        with pytest.raises(NoOverlap):
            calibrated(LENS, said, overlaps(still))
