"""The frame of an earlier flight that shows the same ground."""

from tests.unit.vision.cameras import LENS, a_pose, moved
from vision.same_view import nearest_view


def test_the_nearest_place_is_taken_whatever_its_number() -> None:
    earlier = [moved(a_pose(), 12.0 * n, 0.0) for n in range(10)]
    assert nearest_view(moved(a_pose(), 61.0, 2.0), earlier, LENS) == 5


def test_of_frames_from_one_place_the_one_that_looks_there_is_taken() -> None:
    earlier = [a_pose(yaw=yaw) for yaw in (0, 20, 38, 60)]
    assert nearest_view(a_pose(yaw=40), earlier, LENS) == 2


def test_a_flight_that_was_elsewhere_or_looked_away_has_no_such_frame() -> None:
    assert nearest_view(a_pose(), [moved(a_pose(), 80.0, 0.0)], LENS) is None
    assert nearest_view(a_pose(yaw=40), [a_pose(yaw=140)], LENS) is None
    assert nearest_view(a_pose(), [], LENS) is None


def test_straight_down_the_compass_does_not_matter_to_what_is_seen() -> None:
    assert nearest_view(a_pose(yaw=0, pitch=-90), [a_pose(yaw=180, pitch=-90)], LENS) == 0
