"""Areas along the ground, with their own doubt."""

import math
from dataclasses import replace

import numpy as np
import pytest

from tests.unit.vision.cameras import LENS, a_pose, place
from vision.geolocation import NoFix, seen_at
from vision.geometry import Points, points
from vision.ground_area import area_on_ground
from vision.pin import Term
from vision.pose import GPS_OVER_TERRAIN, RTK_OVER_TERRAIN, Doubt, Origin, Pose
from vision.surface import Level, Slope

FACE = Slope((place(100, -40), place(100, 40), place(118, 40, 24), place(118, -40, 24)))


def pictured(pose: Pose, *corners: tuple[float, float, float]) -> Points:
    return seen_at(pose, LENS, np.array([place(*corner) for corner in corners]))


def test_a_patch_on_level_ground_has_its_area_however_obliquely_it_is_seen() -> None:
    pose = a_pose(yaw=0, pitch=-30)
    patch = pictured(pose, (150, 0, 0), (150, 6, 0), (154, 6, 0), (154, 0, 0))
    assert area_on_ground(pose, LENS, Level(), patch).m2 == pytest.approx(24, rel=1e-3)


def test_a_streak_on_a_face_counts_at_its_length_along_the_face() -> None:
    pose = a_pose(yaw=0, pitch=-10, height=25)
    streak = pictured(pose, (103, 0, 4), (103, 2, 4), (112, 2, 16), (112, 0, 16))
    assert area_on_ground(pose, LENS, FACE, streak).m2 == pytest.approx(2 * math.hypot(9, 12), rel=1e-3)


def test_ten_per_cent_of_height_are_twenty_of_area() -> None:
    high = replace(RTK_OVER_TERRAIN, height_m=Doubt(10.0, Origin.TAKE_OFF))
    pose = a_pose(yaw=0, pitch=-90, doubts=high)
    patch = pictured(pose, (-20, -20, 0), (-20, 20, 0), (20, 20, 0), (20, -20, 0))
    found = area_on_ground(pose, LENS, Level(), patch, edge_sigma_px=0.1)
    assert found.sigma_m2 / found.m2 == pytest.approx(0.2, rel=0.05)
    assert (found.term, found.origin) == (Term.HEIGHT, Origin.TAKE_OFF)


def test_of_a_small_patch_the_outline_is_what_is_unsure() -> None:
    pose = a_pose(yaw=0, pitch=-90, doubts=RTK_OVER_TERRAIN)
    patch = points([(900, 500), (906, 500), (906, 506), (900, 506)])
    found = area_on_ground(pose, LENS, Level(), patch)
    assert found.origin is Origin.PICTURE
    assert found.sigma_m2 / found.m2 == pytest.approx(24 / 36, rel=0.05)


def test_where_the_camera_stands_does_not_matter_to_an_area() -> None:
    lost = replace(GPS_OVER_TERRAIN, position_m=Doubt(500.0, Origin.GPS))
    patch = points([(900, 500), (1000, 500), (1000, 600), (900, 600)])
    sure, unsure = (area_on_ground(a_pose(doubts=d), LENS, Level(), patch) for d in (GPS_OVER_TERRAIN, lost))
    assert unsure.sigma_m2 == pytest.approx(sure.sigma_m2)


def test_a_patch_that_runs_over_the_horizon_has_no_area() -> None:
    with pytest.raises(NoFix):
        area_on_ground(a_pose(pitch=-12), LENS, Level(), points([(0, 1000), (1900, 1000), (900, 10)]))
