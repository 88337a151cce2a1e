"""A pose and a lens as a camera in a local frame: it looks where its gimbal says."""

import numpy as np
import pytest

from vision.ellipsoid import Local
from vision.pose import GPS_OVER_TOWN, Lens, Pose
from vision.sight import local_m, places_of, sight

AROUND = Local(26.0573, 119.1842)
LENS = Lens(1280, 720, 1000.0, 640.0, 360.0)


def centre_of_view(yaw: float, pitch: float, *, away_m: float = 50.0) -> list[float]:
    """Where a point `away_m` along the given direction (east, north, up from the camera) appears."""
    pose = Pose(26.0573, 119.1842, 100.0, yaw, pitch, 0.0, GPS_OVER_TOWN)
    flat = np.cos(np.radians(pitch))
    direction = [flat * np.sin(np.radians(yaw)), flat * np.cos(np.radians(yaw)), np.sin(np.radians(pitch))]
    there = local_m(np.array([[26.0573, 119.1842, 100.0]]), AROUND) + away_m * np.array([direction])
    return [float(v) for v in sight(pose, LENS, AROUND).of(there)[0]]


@pytest.mark.parametrize(("yaw", "pitch"), [(0, 0), (90, -30), (200, -12.9), (-45, -60), (20, -89)])
def test_what_lies_along_the_gimbals_direction_is_in_the_middle_of_the_picture(yaw: float, pitch: float) -> None:
    assert centre_of_view(yaw, pitch) == pytest.approx([640, 360], abs=1e-6)


def test_east_is_to_the_right_of_a_camera_that_looks_north_and_up_is_above() -> None:
    seen = sight(Pose(26.0573, 119.1842, 100.0, 0.0, 0.0, 0.0, GPS_OVER_TOWN), LENS, AROUND)
    ahead = local_m(np.array([[26.0573, 119.1842, 100.0]]), AROUND)[0] + [0.0, 50.0, 0.0]
    east, above = seen.of(np.stack([np.add(ahead, [5.0, 0, 0]), np.add(ahead, [0, 0, 5.0])]))
    assert east == pytest.approx([740, 360], abs=1e-6)
    assert above == pytest.approx([640, 260], abs=1e-6)


def test_straight_down_with_yaw_nought_north_is_at_the_top() -> None:
    seen = sight(Pose(26.0573, 119.1842, 100.0, 0.0, -90.0, 0.0, GPS_OVER_TOWN), LENS, AROUND)
    below = local_m(np.array([[26.0573, 119.1842, 50.0]]), AROUND)[0]
    assert seen.of(np.array([np.add(below, [0, 5.0, 0])]))[0] == pytest.approx([640, 260], abs=1e-3)


def test_metres_come_back_to_the_same_place() -> None:
    places = np.array([[26.058, 119.185, 87.5], [26.0565, 119.183, 110.0]])
    assert places_of(local_m(places, AROUND), AROUND) == pytest.approx(places, abs=1e-8)
