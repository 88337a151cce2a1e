"""Sightings made one thing: which are, where it then is, and how sure."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.unit.vision.cameras import LENS, a_pose, from_camera, moved, place
from vision.ellipsoid import Local
from vision.geolocation import locate, seen_at
from vision.ground_merge import Sighting, fused, may_be_one, merge
from vision.pin import Pin
from vision.pose import GPS_OVER_TERRAIN, Doubt, Origin, Pose
from vision.surface import Level


def a_sighting(
    x: float = 960.0, y: float = 540.0, *, pose: Pose | None = None, flight: str = "6", radius_m: float = 0.0
) -> Sighting:
    pin = locate(pose or a_pose(), LENS, Level(), (x, y))
    return Sighting("seepage", flight, pin, radius_m)


def at(pin: Pin, north: float, east: float) -> Pin:
    placed = moved(replace(a_pose(), lat_deg=pin.lat_deg, lon_deg=pin.lon_deg), north, east)
    return replace(pin, lat_deg=placed.lat_deg, lon_deg=placed.lon_deg)


def beside(sighting: Sighting, north: float, east: float, *, flight: str = "6") -> Sighting:
    return replace(sighting, pin=at(sighting.pin, north, east), flight=flight)


def long_m(pin: Pin) -> float:
    return pin.spread.ellipse().long_m


def test_in_one_flight_neighbours_five_metres_apart_stay_two_though_each_pin_is_unsure_by_more() -> None:
    a = a_sighting(pose=a_pose(pitch=-90))
    b = beside(a, 5.0, 0.0)
    assert long_m(a.pin) > 4.5
    assert len(merge([a, b])) == 2


def test_on_the_next_flight_a_thing_five_metres_off_may_be_the_same() -> None:
    a = a_sighting(pose=a_pose(pitch=-90))
    assert may_be_one(a, beside(a, 5.0, 0.0, flight="7"))


def test_another_kind_at_the_same_place_is_another_thing() -> None:
    a = a_sighting()
    assert len(merge([a, replace(a, kind="sand_boil")])) == 2


def test_a_streak_seen_in_part_is_the_streak_it_lies_on() -> None:
    whole = a_sighting(pose=a_pose(pitch=-90), radius_m=6.0)
    assert len(merge([whole, beside(whole, 5.0, 0.0)])) == 1


def test_a_row_of_neighbours_does_not_become_one_by_passing_it_on() -> None:
    first = a_sighting(pose=a_pose(pitch=-90))
    row = [beside(first, 1.5 * n, 0.0) for n in range(8)]
    assert len(merge(row)) > 1


def test_more_frames_of_one_flight_do_not_make_its_bias_smaller() -> None:
    one = a_sighting()
    assert long_m(fused([one] * 40)) == pytest.approx(long_m(one.pin), rel=0.01)


def test_a_second_flight_makes_the_place_surer() -> None:
    one = a_sighting()
    both = fused([one, replace(one, flight="7")])
    assert long_m(both) == pytest.approx(long_m(one.pin) / 2**0.5, rel=0.01)


def test_from_two_sides_one_wrong_height_cancels() -> None:
    high = replace(GPS_OVER_TERRAIN, height_m=Doubt(20.0, Origin.TAKE_OFF))
    south, north = a_pose(yaw=0, doubts=high), moved(a_pose(yaw=180, doubts=high), 200, 0)
    pins = [locate(pose, LENS, Level(), (960.0, 540.0)) for pose in (south, north)]
    assert long_m(pins[0]) > 40
    assert long_m(fused([Sighting("seepage", "6", pin) for pin in pins])) < 20


def test_nine_of_ten_true_places_lie_in_the_ellipse_of_two_frames_that_are_wrong_alike() -> None:
    rng = np.random.default_rng(7)
    south, west = a_pose(yaw=0, pitch=-45), moved(a_pose(yaw=90, pitch=-45), 100, -100)
    thing = np.array([place(100, 0)])
    off = [seen_from_both((south, west), thing, rng) for _ in range(250)]
    assert np.mean([pin.spread.holds(*away(pin, thing)) for pin in off]) == pytest.approx(0.9, abs=0.05)


def seen_from_both(told: tuple[Pose, ...], thing: NDArray[np.float64], rng: np.random.Generator) -> Pin:
    """All frames of a flight are off by the same; each sees the thing where its true camera shows it."""
    of = told[0].doubts
    north, east = rng.normal(0, of.position_m.sigma, 2)
    up, yaw, pitch = (rng.normal(0, doubt.sigma) for doubt in (of.height_m, of.yaw_deg, of.pitch_deg))
    sightings = []
    for pose in told:
        there = moved(pose, float(north), float(east))
        true = replace(there, height_m=pose.height_m + up, yaw_deg=pose.yaw_deg + yaw, pitch_deg=pose.pitch_deg + pitch)
        x, y = seen_at(true, LENS, thing)[0]
        sightings.append(Sighting("seepage", "6", locate(pose, LENS, Level(), (float(x), float(y)))))
    return fused(sightings)


def away(pin: Pin, thing: NDArray[np.float64]) -> tuple[float, float]:
    north, east, _ = Local(pin.lat_deg, pin.lon_deg).metres(thing)[0]
    return float(north), float(east)


def test_a_surer_sighting_draws_the_place_to_itself() -> None:
    sure, unsure = a_sighting(pose=a_pose(pitch=-80)), a_sighting(pose=a_pose(pitch=-20))
    moved_there = replace(unsure, pin=at(sure.pin, 30.0, 0.0), flight="7")
    moved_there = replace(moved_there, pin=replace(moved_there.pin, effects=unsure.pin.effects))
    both = from_camera(fused([sure, moved_there])) - from_camera(sure.pin)
    assert abs(both[0]) < 3


def test_the_clearest_sighting_is_the_face_and_all_members_are_told() -> None:
    a = a_sighting()
    (thing,) = merge([replace(a, clearness=0.2), replace(a, clearness=0.9), replace(a, clearness=0.5)])
    assert (thing.members, thing.face) == ((0, 1, 2), 1)


def test_nothing_seen_is_nothing_merged() -> None:
    assert merge([]) == []
