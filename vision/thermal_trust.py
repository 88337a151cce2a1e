"""How far a thermal look may be trusted at that hour and in that weather: a table, each row with its reason.

Zhou and Su, 水利学报 2022 53(1) 63-68: from about 3 h after sunset to 2 h before sunrise a slope stands at an even
difference to water; 12 to 16 h local solar time is usable when dry; rain by day ruins it, and the beginning of night
rain is an excellent moment. Wind shifts apparent temperatures by up to 3.9 degC at 8.5 m/s (Elfarkh 2023).
"""

from collections.abc import Callable
from dataclasses import dataclass

CALM_WIND_MS = 6.0
WET_MM = 1.0


@dataclass(frozen=True, slots=True)
class Conditions:
    """What is known of the look's hour and weather; None says that nobody knows.

    `since_sunset_h` and `to_sunrise_h` count hours of the night in which the look lies, both negative by day;
    `solar_h` is local solar time, 0..24. Rain in mm by day in the last 24 h, and in the hour before the look.
    """

    since_sunset_h: float | None = None
    to_sunrise_h: float | None = None
    solar_h: float | None = None
    day_rain_mm: float | None = None
    rain_now_mm: float | None = None
    wind_ms: float | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """`factor` multiplies the trust (1: full). The words are for the engineer who decides."""

    factor: float
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Gate:
    """A reason and when it holds. Gates of one `group` exclude each other: the first that holds speaks."""

    group: str
    holds: Callable[[Conditions], bool]
    reason: Reason


def _even_night(c: Conditions) -> bool:
    return (c.since_sunset_h or -1) >= 3 and (c.to_sunrise_h or -1) >= 2


def _night_rain_begins(c: Conditions) -> bool:
    return (c.since_sunset_h or -1) > 0 and (c.rain_now_mm or 0) > 0 and (c.day_rain_mm or 0) < WET_MM


def _dry_afternoon(c: Conditions) -> bool:
    return c.solar_h is not None and 12 <= c.solar_h <= 16 and (c.day_rain_mm or 0) < WET_MM


def _hour_unknown(c: Conditions) -> bool:
    return c.solar_h is None and c.since_sunset_h is None


GATES: tuple[Gate, ...] = (
    Gate("hour", _hour_unknown, Reason(0.5, "拍摄时刻未知", "nobody knows the hour")),
    Gate("hour", _night_rain_begins, Reason(1.0, "夜雨初起，温差清楚", "night rain has just begun: clear contrasts")),
    Gate("hour", _even_night, Reason(1.0, "深夜，坡面温度均匀", "deep night: the slope is even")),
    Gate("hour", _dry_afternoon, Reason(0.7, "午后且无雨", "a dry afternoon")),
    Gate("hour", lambda c: True, Reason(0.3, "此时段坡面受日照影响", "sun and shade colour the slope at this hour")),
    Gate("rain", lambda c: (c.day_rain_mm or 0) >= WET_MM, Reason(0.5, "日间有雨，不可靠", "rain by day: unreliable")),
    Gate("wind", lambda c: (c.wind_ms or 0) > CALM_WIND_MS, Reason(0.5, "风大，不可靠", "strong wind: unreliable")),
)


@dataclass(frozen=True, slots=True)
class Trust:
    """`factor` in 0..1, the product of its reasons' factors; kept with the event."""

    factor: float
    reasons: tuple[Reason, ...]


def trust_in(conditions: Conditions, gates: tuple[Gate, ...] = GATES) -> Trust:
    """The first gate that holds of each group speaks."""
    spoken: dict[str, Reason] = {}
    for gate in gates:
        if gate.group not in spoken and gate.holds(conditions):
            spoken[gate.group] = gate.reason
    factor = 1.0
    for reason in spoken.values():
        factor *= reason.factor
    return Trust(factor, tuple(spoken.values()))
