"""The sun's hours at a place: what the trust in a thermal look depends on."""

from datetime import UTC, datetime, timedelta

from astral import Observer
from astral.sun import sun

from pipelines.dam import Conditions as Weather
from vision.thermal_trust import Conditions


def conditions(at: datetime | None, lat_deg: float, lon_deg: float, weather: Weather) -> Conditions:
    """`at`: aware UTC of the look, None when the drone's clock is unknown."""
    rain = {"day_rain_mm": weather.rain_mm, "wind_ms": weather.wind_m_s}
    if at is None:
        return Conditions(**rain)
    return Conditions(*_night(at, Observer(lat_deg, lon_deg)), solar_h=_solar_h(at, lon_deg), **rain)


def _solar_h(at: datetime, lon_deg: float) -> float:
    """Mean solar time; the true one differs by at most 17 minutes."""
    return (at.hour + at.minute / 60 + lon_deg / 15) % 24


def _night(at: datetime, there: Observer) -> tuple[float, float]:
    """Hours since sunset and to sunrise: both negative by day. Where the sun does not set, it is day."""
    try:
        days = [sun(there, date=(at + timedelta(days=shift)).date(), tzinfo=UTC) for shift in (-1, 0, 1)]
    except ValueError:
        return -1.0, -1.0
    sets = max((day["sunset"] for day in days if day["sunset"] <= at), default=None)
    rises = max((day["sunrise"] for day in days if day["sunrise"] <= at), default=None)
    next_rise = min((day["sunrise"] for day in days if day["sunrise"] > at), default=None)
    if sets is None or next_rise is None or (rises is not None and rises > sets):
        return -1.0, -1.0
    return _hours(at - sets), _hours(next_rise - at)


def _hours(span: timedelta) -> float:
    return span.total_seconds() / 3600
