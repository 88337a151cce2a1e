"""Where everybody is at any second."""

import math

import pytest

from samples.render.description import Actor, Way
from samples.render.timetable import heading, pose, position, standing
from tests.unit.render.builders import a_car, a_scene

STOPS = (Way(2, -20, 0), Way(6, -6, 0.5), Way(9, 2, 3, yaw=5))


def test_an_actor_is_not_there_before_its_first_waypoint() -> None:
    car = a_car(*STOPS)
    assert pose(a_scene(car), car, 1.9) is None


def test_an_actor_that_does_not_stay_is_gone_after_its_last_waypoint() -> None:
    car = a_car(*STOPS, stays=False)
    assert pose(a_scene(car), car, 9.1) is None


def test_a_vehicle_goes_through_its_waypoints() -> None:
    assert position(a_car(*STOPS), 6) == pytest.approx((-6, 0.5))


def test_a_vehicle_slows_down_before_it_rests() -> None:
    car = a_car(*STOPS)
    last_half = math.dist(position(car, 8.5), position(car, 9))
    half_before = math.dist(position(car, 8), position(car, 8.5))
    assert last_half < half_before / 2


def test_a_vehicle_never_jumps() -> None:
    car = a_car(*STOPS)
    steps = [math.dist(position(car, t / 50), position(car, (t + 1) / 50)) for t in range(100, 460)]
    assert max(steps) < 0.15


def test_a_vehicle_faces_where_it_drives() -> None:
    car = a_car(*STOPS)
    (x0, y0), (x1, y1) = position(car, 5), position(car, 5.1)
    assert heading(car, 5.05) == pytest.approx(math.degrees(math.atan2(y1 - y0, x1 - x0)), abs=0.5)


def test_a_parked_vehicle_stands_since_it_arrived() -> None:
    car = a_car(*STOPS)
    ((since, until),) = standing(a_scene(car), car)
    assert since == pytest.approx(9, abs=0.2)
    assert until == 30


def test_a_vehicle_that_leaves_stands_only_in_between() -> None:
    car = a_car(*STOPS, Way(20, 2, 3, yaw=5), Way(24, 25, 0), stays=False)
    assert standing(a_scene(car), car) == [pytest.approx((9.1, 20.0), abs=0.2)]


def test_a_carried_thing_is_in_the_hands_of_its_carrier_and_then_stands_where_it_was_put() -> None:
    man = Actor("man", "person", (Way(0, 0, 0), Way(10, 10, 0)))
    carton = Actor("carton", "carton", (Way(2, 8, 0.2),), carried_by="man", released_at=8)
    scene = a_scene(man, carton)
    held, put = pose(scene, carton, 5), pose(scene, carton, 9)
    assert pose(scene, carton, 1) is None
    assert held is not None
    assert put is not None
    assert held.x == pytest.approx(5.38)
    assert held.moving
    assert held.z > 0.9
    assert (put.x, put.z, put.moving) == (8, 0, False)
    assert standing(scene, carton)[0][0] == pytest.approx(8, abs=0.1)
