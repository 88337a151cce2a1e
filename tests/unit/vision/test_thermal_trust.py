"""When a thermal look may be trusted: every row of the table is reached, and says why."""

import pytest

from vision.thermal_trust import GATES, Conditions, trust_in

NIGHT = Conditions(since_sunset_h=5, to_sunrise_h=5, solar_h=23)


@pytest.mark.parametrize(
    ("conditions", "factor"),
    [
        (NIGHT, 1.0),
        (Conditions(since_sunset_h=1, to_sunrise_h=9, solar_h=19, rain_now_mm=0.4), 1.0),
        (Conditions(since_sunset_h=1, to_sunrise_h=9, solar_h=19), 0.3),
        (Conditions(solar_h=14, since_sunset_h=-4, to_sunrise_h=-8), 0.7),
        (Conditions(solar_h=14, since_sunset_h=-4, to_sunrise_h=-8, day_rain_mm=5), 0.15),
        (Conditions(solar_h=9), 0.3),
        (Conditions(), 0.5),
        (Conditions(since_sunset_h=5, to_sunrise_h=5, wind_ms=8), 0.5),
    ],
)
def test_the_hour_and_the_weather_decide_the_trust(conditions: Conditions, factor: float) -> None:
    assert trust_in(conditions).factor == pytest.approx(factor)


def test_every_judgement_says_why_in_both_languages() -> None:
    assert all(reason.zh and reason.en for reason in trust_in(Conditions(wind_ms=9, day_rain_mm=3)).reasons)
    assert [reason.en for reason in trust_in(NIGHT).reasons] == ["deep night: the slope is even"]


def test_unknown_weather_is_not_held_against_the_look() -> None:
    assert trust_in(NIGHT).factor == 1.0
    assert {gate.group for gate in GATES} == {"hour", "rain", "wind"}
