"""Hours at which staying is legal, as a plan writes them: "mon-fri 09:00-11:00", "18:00-23:00", "22:00-06:00"."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FORM = re.compile(r"(?:(?P<first>[a-z]{3})(?:-(?P<last>[a-z]{3}))?\s+)?(?P<from>\d\d:\d\d)-(?P<to>\d\d:\d\d)")


@dataclass(frozen=True, slots=True)
class Window:
    """Daily hours on some weekdays (0 = Monday). `to` at or before `since` runs past midnight."""

    days: frozenset[int]
    since: time
    to: time

    def __str__(self) -> str:
        """As a plan may write it."""
        days = "" if len(self.days) == len(_DAYS) else ",".join(_DAYS[day] for day in sorted(self.days)) + " "
        return f"{days}{self.since:%H:%M}-{self.to:%H:%M}"

    def holds(self, local: datetime) -> bool:
        now = local.time()
        if self.since < self.to:
            return local.weekday() in self.days and self.since <= now < self.to
        yesterday = (local - timedelta(days=1)).weekday()
        return (local.weekday() in self.days and now >= self.since) or (yesterday in self.days and now < self.to)

    def ends(self, local: datetime) -> list[datetime]:
        """When it ended in the week up to that day, and on it."""
        over_midnight = timedelta(days=0 if self.since < self.to else 1)
        days = (local.date() - timedelta(days=back) for back in range(9))
        began = (day for day in days if day.weekday() in self.days)
        return [datetime.combine(day + over_midnight, self.to, local.tzinfo) for day in began]


@dataclass(frozen=True, slots=True)
class Timetable:
    """When staying is legal, on the wall clock of the zone's own time zone."""

    windows: tuple[Window, ...]
    zone: ZoneInfo

    def legal_at(self, moment: datetime) -> bool:
        local = moment.astimezone(self.zone)
        return any(window.holds(local) for window in self.windows)

    def last_end(self, moment: datetime) -> datetime | None:
        """When staying ceased to be legal, at or before the moment; None when that was more than a week ago."""
        local = moment.astimezone(self.zone)
        ends = (end for window in self.windows for end in window.ends(local) if end <= local)
        last = max(ends, default=None)
        return None if last is None else last.astimezone(UTC)


def window(text: str) -> Window:
    """Raises ValueError that says what is wrong with the text."""
    found = _FORM.fullmatch(text.strip().lower())
    if found is None:
        raise ValueError(f'"{text}" is not hours like "mon-fri 09:00-11:00" or "18:00-23:00"')
    return Window(_days(found["first"], found["last"], text), _clock(found["from"], text), _clock(found["to"], text))


def _days(first: str | None, last: str | None, text: str) -> frozenset[int]:
    if first is None:
        return frozenset(range(7))
    if first not in _DAYS or (last or first) not in _DAYS:
        raise ValueError(f'"{text}" names no weekday; they are {", ".join(_DAYS)}')
    a, b = _DAYS.index(first), _DAYS.index(last or first)
    return frozenset((a + i) % 7 for i in range((b - a) % 7 + 1))


def _clock(text: str, whole: str) -> time:
    if text == "24:00":
        return time(0, 0)
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f'"{whole}": {text} is no time of day') from error
