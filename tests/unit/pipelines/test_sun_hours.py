"""Night and day at a reservoir in Fujian, by the almanac."""

from datetime import UTC, datetime

import pytest

from pipelines.dam import Conditions as Weather
from pipelines.sun_hours import conditions

LAT, LON = 26.057, 119.184


def at(hour_local: float, *, day: int = 1) -> datetime:
    """China Standard Time on a day of May 2026; the sun sets about 18:37 and rises about 5:22."""
    hour = hour_local - 8
    return datetime(2026, 5, day + (hour < 0) * -1, int(hour % 24), int(hour % 1 * 60), tzinfo=UTC)


def test_by_day_there_is_no_night() -> None:
    seen = conditions(at(10.2), LAT, LON, Weather())
    assert (seen.since_sunset_h, seen.to_sunrise_h) == (-1.0, -1.0)
    assert seen.solar_h == pytest.approx(10.2 - 8 + LON / 15, abs=0.05)


@pytest.mark.parametrize(("hour", "since", "until"), [(23.0, 4.4, 6.4), (3.0, 8.4, 2.4), (5.0, 10.4, 0.4)])
def test_by_night_both_ends_are_counted_in_hours(hour: float, since: float, until: float) -> None:
    seen = conditions(at(hour, day=2), LAT, LON, Weather())
    assert seen.since_sunset_h == pytest.approx(since, abs=0.2)
    assert seen.to_sunrise_h == pytest.approx(until, abs=0.2)


def test_an_unknown_clock_is_not_guessed_but_the_weather_stays() -> None:
    seen = conditions(None, LAT, LON, Weather(rain_mm=4.0, wind_m_s=7.0))
    assert (seen.solar_h, seen.since_sunset_h) == (None, None)
    assert (seen.day_rain_mm, seen.wind_ms) == (4.0, 7.0)


def test_where_the_sun_never_sets_it_is_day() -> None:
    assert conditions(datetime(2026, 6, 21, 23, tzinfo=UTC), 80.0, 20.0, Weather()).since_sunset_h == -1.0
