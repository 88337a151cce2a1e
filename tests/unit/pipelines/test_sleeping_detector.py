"""When a camera's detector may sleep, and that the dwell goes on meanwhile."""

from tests.builders import (
    a_patrol,
    a_zone,
    at,
    seconds,
    shot,
    shots,
    told,
    walk,
)
from tests.painted import CAR, Thing

PARKED = Thing(CAR)


def test_the_detector_may_sleep_over_a_still_street_and_the_blockage_goes_on() -> None:
    patrol = a_patrol(a_zone(allowed_s=30))
    seen, slept = [], 0
    for one in shots(range(60), PARKED):
        asleep = patrol.may_sleep(one.frame())
        slept += asleep
        seen.append(patrol.look(one.frame(), None if asleep else one.detections(), now=at(one.when), model="m"))
    assert slept > 30
    assert seconds(told(seen)[0].captured_at) == 30


def test_the_detector_never_sleeps_before_its_first_look() -> None:
    assert not a_patrol().may_sleep(shot(0).frame())


def test_the_detector_never_sleeps_while_a_young_stay_waits_for_a_second_opinion() -> None:
    patrol = a_patrol()
    walk(patrol, shots(range(10)) + shots(range(10, 13), PARKED))
    assert not patrol.may_sleep(shot(13, PARKED).frame())
    walk(patrol, shots(range(13, 18), PARKED))
    assert patrol.may_sleep(shot(18, PARKED).frame())


def test_a_walker_who_stops_in_the_lane_wakes_the_detector() -> None:
    walker = Thing((300, 200, 322, 262), "person")
    patrol = a_patrol()
    walk(patrol, shots(range(3)))
    came = shot(3, walker).frame()
    assert patrol.may_sleep(came)
    patrol.look(came, None, now=at(3), model="m")
    assert not patrol.may_sleep(shot(4, walker).frame())


def test_the_detector_looks_at_least_every_twenty_seconds() -> None:
    patrol = a_patrol()
    walk(patrol, shots(range(3)))
    assert patrol.may_sleep(shot(21).frame())
    assert not patrol.may_sleep(shot(22).frame())
