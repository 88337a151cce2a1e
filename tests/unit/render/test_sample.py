"""What a sample must make a patrol observe."""

import pytest

from samples.render.description import Actor, Way
from samples.render.sample import calibration, expected, polygon
from tests.unit.render.builders import a_car, a_lane, a_sample, a_scene

INTO_LANE = (Way(2, -20, 0), Way(6, -6, 0.5), Way(9, 2, 3, yaw=5))


def test_a_car_that_stays_in_the_lane_is_expected_from_when_it_stands() -> None:
    (found,) = expected(a_sample(a_scene(a_car(*INTO_LANE)), a_lane()))
    assert found.from_s == pytest.approx(9, abs=0.2)
    assert (found.to_s, found.subject) == (None, ("car",))


def test_a_car_that_leaves_in_time_is_not_expected() -> None:
    car = a_car(*INTO_LANE, Way(15, 2, 3, yaw=5), Way(19, 25, 0), stays=False)
    assert expected(a_sample(a_scene(car), a_lane())) == []


def test_a_car_parked_outside_the_zone_is_not_expected() -> None:
    assert expected(a_sample(a_scene(a_car(Way(0, 2, -4, yaw=90))), a_lane())) == []


def test_a_person_who_stands_in_the_lane_blocks_nothing() -> None:
    man = Actor("man", "person", (Way(0, 2, 3, yaw=0),))
    assert expected(a_sample(a_scene(man), a_lane())) == []


def test_two_that_overlap_in_time_are_one_blockage() -> None:
    first, second = a_car(Way(0, -4, 3, yaw=0), name="first"), a_car(*INTO_LANE, name="second")
    (found,) = expected(a_sample(a_scene(first, second), a_lane()))
    assert (found.from_s, found.subject) == (0, ("first", "second"))


def test_a_zone_is_drawn_within_the_picture() -> None:
    points = polygon(a_sample(a_scene(), a_lane()), a_lane())
    assert len(points) >= 4
    assert all(0 < x < 1 and 0 < y < 1 for x, y in points)


def test_a_calibration_has_four_points_in_the_picture() -> None:
    image, ground = calibration(a_sample(a_scene(), a_lane()), a_lane())
    assert len(image) == len(ground) == 4
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in image)
