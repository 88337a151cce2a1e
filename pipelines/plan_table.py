"""Takes values out of a parsed TOML table and collects what is wrong with them, each with its place."""

import math
from collections.abc import Mapping, Set
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from vision.geometry import Points, area, is_simple, points


class TableReader:
    """Reads on after a mistake, with a value that does no harm: `problems` names every one."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def timezone(self, name: object) -> ZoneInfo:
        try:
            return ZoneInfo(str(name))
        except (ZoneInfoNotFoundError, ValueError):
            self.problems.append(f"timezone {name!r} is unknown; it reads like Asia/Shanghai")
            return ZoneInfo("UTC")

    def moment(self, entry: Mapping[str, Any], key: str, at: str) -> datetime | None:
        value = entry.get(key)
        if value is None:
            return None
        if not isinstance(value, datetime) or value.tzinfo is None:
            self.problems.append(f"{at}: {key} needs a date, a time and a zone, like 2026-05-01T08:00:00+08:00")
            return None
        return value.astimezone(UTC)

    def polygon(self, value: object, at: str) -> Points:
        """Of the frame; `at` names it. One without three points is returned as it came."""
        polygon = self.pairs(value, at, least=3)
        if len(polygon) < 3:
            return polygon
        if not is_in_frame(polygon):
            self.problems.append(f"{at} points are fractions of the frame, from 0 to 1")
        elif area(polygon) < 1e-5:
            self.problems.append(f"{at} has no area")
        elif not is_simple(polygon):
            self.problems.append(f"{at}: sides of the polygon cross each other")
        return polygon

    def pairs(self, value: object, at: str, *, least: int) -> Points:
        is_pairs = isinstance(value, list) and all(isinstance(pair, list) and len(pair) == 2 for pair in value)
        try:
            found = points(value if is_pairs else [])  # type: ignore[arg-type]
        except (TypeError, ValueError):
            found = points([])
        if len(found) < least:
            self.problems.append(f"{at} needs at least {least} points [x, y]")
        return found

    def tables(self, entry: Mapping[str, Any], key: str, at: str) -> list[Mapping[str, Any]]:
        value = entry.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            self.problems.append(f"{at}: {key} is written as [[…]] with its own lines below")
            return []
        return value

    def text(self, entry: Mapping[str, Any], key: str, at: str, *, default: str | None = None) -> str:
        value = entry.get(key, default)
        if not isinstance(value, str) or (default is None and not value):
            self.problems.append(f"{at}: {key} is missing or no text")
            return ""
        return value

    def texts(self, entry: Mapping[str, Any], key: str, at: str) -> list[str]:
        value = entry.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            self.problems.append(f"{at}: {key} is a list of texts")
            return []
        return value

    def number(self, entry: Mapping[str, Any], key: str, at: str, *, default: float, least: float) -> float:
        value = entry.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value < math.inf:
            self.problems.append(f"{at}: {key} is a number of at least {least:g}, not {value!r}")
            return default
        return float(value)

    def unknown(self, entry: Mapping[str, Any], known: Set[str], at: str) -> None:
        extra = sorted(set(entry) - known)
        if extra:
            self.problems.append(f"{at}: unknown {', '.join(extra)} (known: {', '.join(sorted(known))})")

    def twice(self, names: list[str], what: str) -> None:
        again = sorted({n for n in names if n and names.count(n) > 1})
        if again:
            self.problems.append(f"{what} id used twice: {', '.join(again)}")


def is_in_frame(fractions: Points) -> bool:
    return bool(((fractions >= 0) & (fractions <= 1)).all())
