"""Reads a plan's TOML file and says exactly what is wrong with it: every problem, and where."""

import math
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipelines.observation import Kind
from pipelines.plan import CLEAR_WIDTH_M, BadPlan, Calibration, Camera, Plan, Zone
from pipelines.timetable import Timetable, window
from vision.geometry import Points, area, is_simple, points


def load_plan(path: Path) -> Plan:
    """Raises BadPlan."""
    try:
        body = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadPlan(path, [f"can't be read: {error.strerror}"]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadPlan(path, [f"is not TOML: {error}"]) from error
    return read_plan(body, path)


def read_plan(body: Mapping[str, Any], path: Path) -> Plan:
    """Raises BadPlan with every problem found, not only the first."""
    reader = _Reader()
    cameras = reader.cameras(body)
    if reader.problems:
        raise BadPlan(path, reader.problems)
    return Plan(path, cameras)


class _Reader:
    """Walks a parsed plan and collects what is wrong with it."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def cameras(self, body: Mapping[str, Any]) -> tuple[Camera, ...]:
        self._unknown(body, {"camera", "timezone"}, "the plan")
        entries = self._tables(body, "camera", "the plan")
        if not entries:
            self.problems.append("there is no [[camera]]")
            return ()
        timezone = self._timezone(body.get("timezone", "Asia/Shanghai"))
        found = tuple(self._camera(e, f"camera {i}", timezone) for i, e in enumerate(entries, 1))
        self._twice([c.id for c in found], "camera")
        return found

    def _camera(self, entry: Mapping[str, Any], at: str, timezone: ZoneInfo) -> Camera:
        name = self._text(entry, "id", at)
        at = f'camera "{name}"'
        self._unknown(entry, {"id", "source", "name", "captured_from", "rate_hz", "zone"}, at)
        tables = self._tables(entry, "zone", at)
        zones = tuple(self._zone(z, f"{at} zone {i}", timezone) for i, z in enumerate(tables, 1))
        if not zones:
            self.problems.append(f"{at} has no [[camera.zone]]: nothing would be watched")
        self._twice([z.id for z in zones], f"{at}: zone")
        return Camera(
            id=name,
            source=self._text(entry, "source", at, default=""),
            name=self._text(entry, "name", at, default=name),
            zones=zones,
            captured_from=self._moment(entry, "captured_from", at),
            rate_hz=self._number(entry, "rate_hz", at, default=0.0, least=0.0),
            timezone=timezone,
        )

    def _zone(self, entry: Mapping[str, Any], at: str, timezone: ZoneInfo) -> Zone:
        name = self._text(entry, "id", at)
        at = at.rsplit(" zone ", 1)[0] + f' zone "{name}"'
        known = {"id", "kind", "polygon", "allowed_s", "name", "exempt", "legal", "calibration", "clear_width_m"}
        self._unknown(entry, known, at)
        return Zone(
            id=name,
            kind=self._kind(entry, at),
            polygon=self._polygon(entry, at),
            allowed_s=self._number(entry, "allowed_s", at, default=60.0, least=1.0),
            name=self._text(entry, "name", at, default=name),
            exempt=frozenset(self._texts(entry, "exempt", at)),
            legal=self._legal(entry, at, timezone),
            calibration=self._calibration(entry, at),
            clear_width_m=self._number(entry, "clear_width_m", at, default=CLEAR_WIDTH_M, least=0.1),
        )

    def _kind(self, entry: Mapping[str, Any], at: str) -> Kind:
        try:
            return Kind(entry.get("kind", ""))
        except ValueError:
            self.problems.append(f"{at}: kind must be one of {', '.join(Kind)}, not {entry.get('kind')!r}")
            return Kind.FIRE_LANE

    def _polygon(self, entry: Mapping[str, Any], at: str) -> Points:
        polygon = self._pairs(entry.get("polygon"), f"{at}: polygon", least=3)
        if len(polygon) < 3:
            return polygon
        if not _is_in_frame(polygon):
            self.problems.append(f"{at}: polygon points are fractions of the frame, from 0 to 1")
        elif area(polygon) < 1e-5:
            self.problems.append(f"{at}: polygon has no area")
        elif not is_simple(polygon):
            self.problems.append(f"{at}: sides of the polygon cross each other")
        return polygon

    def _calibration(self, entry: Mapping[str, Any], at: str) -> Calibration | None:
        body = entry.get("calibration")
        if body is None:
            return None
        at = f"{at}: calibration"
        if not isinstance(body, dict):
            self.problems.append(f"{at} needs image = [[x, y], …] and ground_m = [[x, y], …]")
            return None
        image = self._pairs(body.get("image"), f"{at}.image", least=4)
        ground = self._pairs(body.get("ground_m"), f"{at}.ground_m", least=4)
        return self._matched(Calibration(image, ground), at)

    def _matched(self, calibration: Calibration, at: str) -> Calibration | None:
        if len(calibration.image) != len(calibration.ground_m):
            self.problems.append(f"{at}: image and ground_m must have as many points as each other")
            return None
        if not _is_in_frame(calibration.image):
            self.problems.append(f"{at}.image: points are fractions of the frame, from 0 to 1")
            return None
        try:
            calibration.ground((1000, 1000))
        except ValueError as error:
            self.problems.append(f"{at}: {error}")
        return calibration

    def _legal(self, entry: Mapping[str, Any], at: str, timezone: ZoneInfo) -> Timetable:
        windows = []
        for text in self._texts(entry, "legal", at):
            try:
                windows.append(window(text))
            except ValueError as error:
                self.problems.append(f"{at}: legal: {error}")
        return Timetable(tuple(windows), timezone)

    def _timezone(self, name: object) -> ZoneInfo:
        try:
            return ZoneInfo(str(name))
        except (ZoneInfoNotFoundError, ValueError):
            self.problems.append(f"timezone {name!r} is unknown; it reads like Asia/Shanghai")
            return ZoneInfo("UTC")

    def _moment(self, entry: Mapping[str, Any], key: str, at: str) -> datetime | None:
        value = entry.get(key)
        if value is None:
            return None
        if not isinstance(value, datetime) or value.tzinfo is None:
            self.problems.append(f"{at}: {key} needs a date, a time and a zone, like 2026-05-01T08:00:00+08:00")
            return None
        return value.astimezone(UTC)

    def _pairs(self, value: object, at: str, *, least: int) -> Points:
        is_pairs = isinstance(value, list) and all(isinstance(pair, list) and len(pair) == 2 for pair in value)
        try:
            found = points(value if is_pairs else [])  # type: ignore[arg-type]
        except (TypeError, ValueError):
            found = points([])
        if len(found) < least:
            self.problems.append(f"{at} needs at least {least} points [x, y]")
        return found

    def _tables(self, entry: Mapping[str, Any], key: str, at: str) -> list[Mapping[str, Any]]:
        value = entry.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            self.problems.append(f"{at}: {key} is written as [[…]] with its own lines below")
            return []
        return value

    def _text(self, entry: Mapping[str, Any], key: str, at: str, *, default: str | None = None) -> str:
        value = entry.get(key, default)
        if not isinstance(value, str) or (default is None and not value):
            self.problems.append(f"{at}: {key} is missing or no text")
            return ""
        return value

    def _texts(self, entry: Mapping[str, Any], key: str, at: str) -> list[str]:
        value = entry.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            self.problems.append(f"{at}: {key} is a list of texts")
            return []
        return value

    def _number(self, entry: Mapping[str, Any], key: str, at: str, *, default: float, least: float) -> float:
        value = entry.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value < math.inf:
            self.problems.append(f"{at}: {key} is a number of at least {least:g}, not {value!r}")
            return default
        return float(value)

    def _unknown(self, entry: Mapping[str, Any], known: set[str], at: str) -> None:
        extra = sorted(set(entry) - known)
        if extra:
            self.problems.append(f"{at}: unknown {', '.join(extra)} (known: {', '.join(sorted(known))})")

    def _twice(self, names: list[str], what: str) -> None:
        again = sorted({n for n in names if n and names.count(n) > 1})
        if again:
            self.problems.append(f"{what} id used twice: {', '.join(again)}")


def _is_in_frame(fractions: Points) -> bool:
    return bool(((fractions >= 0) & (fractions <= 1)).all())
