"""Hours at which staying is legal, across midnight, weeks and time zones."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.timetable import window
from tests.builders import SHANGHAI, a_timetable

THURSDAY, FRIDAY, SATURDAY, SUNDAY, MONDAY = range(30, 35)
"""30 April 2026 is a Thursday; days count on from there."""


def local(day: int, clock: str) -> datetime:
    hours, minutes = clock.split(":")
    first = datetime(2026, 4, 1, tzinfo=SHANGHAI)
    return first + timedelta(days=day - 1, hours=int(hours), minutes=int(minutes))


def legal(moment: datetime, *texts: str) -> bool:
    return a_timetable(*texts).legal_at(moment)


def test_without_hours_staying_is_never_legal() -> None:
    assert not legal(local(FRIDAY, "10:00"))


@pytest.mark.parametrize(("clock", "expected"), [("08:59", False), ("09:00", True), ("10:59", True), ("11:00", False)])
def test_hours_begin_with_their_first_minute_and_end_before_their_last(clock: str, expected: bool) -> None:
    assert legal(local(FRIDAY, clock), "09:00-11:00") is expected


@pytest.mark.parametrize(
    ("day", "clock", "expected"),
    [
        (FRIDAY, "21:59", False),
        (FRIDAY, "22:00", True),
        (FRIDAY, "23:59", True),
        (SATURDAY, "00:00", True),
        (SATURDAY, "05:59", True),
        (SATURDAY, "06:00", False),
        (FRIDAY, "03:00", False),
        (SATURDAY, "23:00", False),
    ],
)
def test_a_night_belongs_to_the_day_on_which_it_begins(day: int, clock: str, expected: bool) -> None:
    assert legal(local(day, clock), "fri 22:00-06:00") is expected


@pytest.mark.parametrize(("day", "expected"), [(FRIDAY, True), (SATURDAY, False), (SUNDAY, False), (MONDAY, True)])
def test_working_days_leave_out_the_weekend(day: int, expected: bool) -> None:
    assert legal(local(day, "10:00"), "mon-fri 09:00-11:00") is expected


@pytest.mark.parametrize(("day", "expected"), [(THURSDAY, False), (FRIDAY, True), (SUNDAY, True), (MONDAY, True)])
def test_days_may_run_over_the_end_of_the_week(day: int, expected: bool) -> None:
    assert legal(local(day, "10:00"), "fri-mon 09:00-11:00") is expected


def test_any_of_several_windows_makes_it_legal() -> None:
    hours = ("06:00-07:00", "sat 12:00-14:00")
    assert legal(local(FRIDAY, "06:30"), *hours)
    assert legal(local(SATURDAY, "13:00"), *hours)
    assert not legal(local(FRIDAY, "13:00"), *hours)


def test_twenty_four_oclock_is_the_end_of_the_day() -> None:
    assert legal(local(FRIDAY, "23:59"), "18:00-24:00")
    assert not legal(local(SATURDAY, "00:00"), "18:00-24:00")


@given(st.integers(0, 7 * 24 * 60))
def test_the_whole_day_is_every_minute_of_it(minute: int) -> None:
    moment = local(FRIDAY, "00:00") + timedelta(minutes=minute)
    assert legal(moment, "00:00-24:00")
    assert legal(moment, "sat 00:00-24:00") is (moment.astimezone(SHANGHAI).weekday() == 5)


def test_the_hours_are_those_of_the_countys_wall_clock_and_not_of_utc() -> None:
    assert legal(datetime(2026, 5, 1, 1, 30, tzinfo=UTC), "09:00-11:00")
    assert not legal(datetime(2026, 5, 1, 9, 30, tzinfo=UTC), "09:00-11:00")


@pytest.mark.parametrize(
    ("day", "clock", "ended"),
    [
        (FRIDAY, "12:00", (FRIDAY, "11:00")),
        (FRIDAY, "11:00", (FRIDAY, "11:00")),
        (FRIDAY, "08:00", (THURSDAY, "11:00")),
        (MONDAY, "08:00", (SUNDAY, "06:00")),
        (SATURDAY, "05:00", (FRIDAY, "11:00")),
    ],
)
def test_the_last_end_of_legal_hours_is_known_without_having_watched(
    day: int, clock: str, ended: tuple[int, str]
) -> None:
    hours = a_timetable("mon-fri 09:00-11:00", "sat 22:00-06:00")
    assert hours.last_end(local(day, clock)) == local(*ended)


def test_hours_that_never_were_have_no_last_end() -> None:
    assert a_timetable().last_end(local(FRIDAY, "12:00")) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("9-11", "is not hours like"),
        ("", "is not hours like"),
        ("mon-fri", "is not hours like"),
        ("18:00 - 23:00", "is not hours like"),
        ("foo 09:00-11:00", "names no weekday"),
        ("mon-foo 09:00-11:00", "names no weekday"),
        ("25:00-26:00", "25:00 is no time of day"),
        ("09:60-10:00", "09:60 is no time of day"),
    ],
)
def test_text_that_is_no_hours_is_refused_with_its_reason(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        window(text)


def test_capitals_and_spaces_around_are_forgiven() -> None:
    assert window(" Mon-Fri 09:00-11:00 ") == window("mon-fri 09:00-11:00")
