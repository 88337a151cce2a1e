"""People at a stall: who keeps it and who comes, without telling them apart."""

from collections.abc import Iterable

import numpy as np
import pytest

from pipelines.trade import Trade, at_places, count_again
from tests.builders import at
from tests.painted import Box

STALL: Box = (200, 100, 300, 180)


def counted(people: Iterable[int], *, every_s: float = 1.0) -> Trade:
    trade = Trade()
    for look, number in enumerate(people):
        trade = count_again(trade, number, at(look * every_s))
    return trade


def is_at(person: Box) -> bool:
    return bool(at_places(np.array([person]), np.array([STALL]))[0, 0])


def test_the_first_who_stays_keeps_the_stall_and_the_others_are_customers() -> None:
    assert counted([1] * 10).customers == 0
    assert counted([1] * 10 + [2] * 10 + [3] * 10).customers == 2


def test_people_who_are_there_from_the_first_look_and_stay_are_no_customers() -> None:
    assert counted([5] * 40).customers == 0
    assert counted([5] * 20 + [6] * 20).customers == 1


def test_customers_who_leave_and_others_who_come_are_counted_anew() -> None:
    assert counted(([1] * 8 + [2] * 8) * 3).customers == 3


@pytest.mark.parametrize("every_s", [0.25, 0.5, 1.0])
def test_somebody_who_passes_in_two_seconds_is_no_customer(every_s: float) -> None:
    looks = round(2 / every_s)
    people = [1] * round(10 / every_s) + [2] * looks + [1] * round(10 / every_s)
    assert counted(people, every_s=every_s).customers == 0


@pytest.mark.parametrize("every_s", [0.25, 0.5, 1.0, 2.0])
def test_somebody_who_stays_for_six_seconds_is_one_at_any_rate(every_s: float) -> None:
    people = [1] * round(12 / every_s) + [2] * round(6 / every_s)
    assert counted(people, every_s=every_s).customers == 1


def test_one_look_after_a_long_sleep_makes_no_customer() -> None:
    trade = counted([1] * 10)
    assert count_again(trade, 2, at(60)).customers == 0


def test_a_person_whom_the_detector_misses_now_and_then_comes_once() -> None:
    assert counted([1, 1, 1, 1, 0, 1, 1, 0, 1, 1, 1, 1, 0, 1] * 4).arrivals == 1


def test_how_long_somebody_was_there_is_a_share_of_the_time_that_was_looked() -> None:
    assert counted([1] * 40).attended > 0.9
    assert counted([0] * 40).attended == 0
    assert counted([0] * 30 + [1] * 10).attended < 0.3


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ((150, 90, 180, 190), True),
        ((240, 110, 275, 220), True),
        ((230, 60, 260, 120), True),
        ((60, 90, 90, 190), False),
        ((240, 200, 275, 320), False),
        ((240, 20, 260, 70), False),
    ],
    ids=["beside it", "before it", "behind it, half hidden", "two metres aside", "on the road before it", "far behind"],
)
def test_who_is_at_a_stall_is_judged_by_the_persons_own_height(person: Box, expected: bool) -> None:
    assert is_at(person) is expected
