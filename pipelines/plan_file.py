"""Reads a plan's TOML file and says exactly what is wrong with it: every problem, and where."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pipelines.observation import Kind
from pipelines.plan import CLEAR_WIDTH_M, REQUIRED_WIDTH_M, BadPlan, Calibration, Camera, Plan, Selling, Zone
from pipelines.plan_selling import KEYS, read_selling
from pipelines.plan_table import TableReader, is_in_frame
from pipelines.timetable import Timetable, window

_ZONE_KEYS = frozenset(
    {"id", "kind", "polygon", "allowed_s", "name", "exempt", "legal", "calibration", "clear_width_m"}
)


def load_plan(path: Path) -> Plan:
    """Raises BadPlan."""
    return read_plan(parsed(path), path)


def parsed(path: Path) -> Mapping[str, Any]:
    """Raises BadPlan when it can't be read as TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadPlan(path, [f"can't be read: {error.strerror}"]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadPlan(path, [f"is not TOML: {error}"]) from error


def read_plan(body: Mapping[str, Any], path: Path) -> Plan:
    """Raises BadPlan with every problem found, not only the first."""
    reader = _Reader()
    cameras = reader.cameras(body)
    if reader.problems:
        raise BadPlan(path, reader.problems)
    return Plan(path, cameras)


class _Reader(TableReader):
    """Walks a parsed plan and collects what is wrong with it."""

    def cameras(self, body: Mapping[str, Any]) -> tuple[Camera, ...]:
        self.unknown(body, {"camera", "timezone"}, "the plan")
        entries = self.tables(body, "camera", "the plan")
        if not entries:
            self.problems.append("there is no [[camera]]")
            return ()
        timezone = self.timezone(body.get("timezone", "Asia/Shanghai"))
        found = tuple(self._camera(e, f"camera {i}", timezone) for i, e in enumerate(entries, 1))
        self.twice([c.id for c in found], "camera")
        return found

    def _camera(self, entry: Mapping[str, Any], at: str, timezone: ZoneInfo) -> Camera:
        name = self.text(entry, "id", at)
        at = f'camera "{name}"'
        self.unknown(entry, {"id", "source", "name", "captured_from", "rate_hz", "zone"}, at)
        tables = self.tables(entry, "zone", at)
        zones = tuple(self._zone(z, f"{at} zone {i}", timezone) for i, z in enumerate(tables, 1))
        if not zones:
            self.problems.append(f"{at} has no [[camera.zone]]: nothing would be watched")
        self.twice([z.id for z in zones], f"{at}: zone")
        return Camera(
            id=name,
            source=self.text(entry, "source", at, default=""),
            name=self.text(entry, "name", at, default=name),
            zones=zones,
            captured_from=self.moment(entry, "captured_from", at),
            rate_hz=self.number(entry, "rate_hz", at, default=0.0, least=0.0),
            timezone=timezone,
        )

    def _zone(self, entry: Mapping[str, Any], at: str, timezone: ZoneInfo) -> Zone:
        name = self.text(entry, "id", at)
        at = at.rsplit(" zone ", 1)[0] + f' zone "{name}"'
        kind, polygon = self._kind(entry, at), self.polygon(entry.get("polygon"), f"{at}: polygon")
        sells = kind is Kind.STREET_VENDING
        self.unknown(entry, _ZONE_KEYS | KEYS if sells else _ZONE_KEYS, at)
        selling = read_selling(self, entry, polygon, at) if sells else Selling()
        width = REQUIRED_WIDTH_M[selling.surface] if sells else CLEAR_WIDTH_M
        return Zone(
            id=name,
            kind=kind,
            polygon=polygon,
            allowed_s=self.number(entry, "allowed_s", at, default=60.0, least=1.0),
            name=self.text(entry, "name", at, default=name),
            exempt=frozenset(self.texts(entry, "exempt", at)),
            legal=self._legal(entry, at, timezone),
            calibration=self._calibration(entry, at),
            clear_width_m=self.number(entry, "clear_width_m", at, default=width, least=0.1),
            selling=selling,
        )

    def _kind(self, entry: Mapping[str, Any], at: str) -> Kind:
        try:
            return Kind(entry.get("kind", ""))
        except ValueError:
            self.problems.append(f"{at}: kind must be one of {', '.join(Kind)}, not {entry.get('kind')!r}")
            return Kind.FIRE_LANE

    def _calibration(self, entry: Mapping[str, Any], at: str) -> Calibration | None:
        body = entry.get("calibration")
        if body is None:
            return None
        at = f"{at}: calibration"
        if not isinstance(body, dict):
            self.problems.append(f"{at} needs image = [[x, y], …] and ground_m = [[x, y], …]")
            return None
        image = self.pairs(body.get("image"), f"{at}.image", least=4)
        ground = self.pairs(body.get("ground_m"), f"{at}.ground_m", least=4)
        return self._matched(Calibration(image, ground), at)

    def _matched(self, calibration: Calibration, at: str) -> Calibration | None:
        if len(calibration.image) != len(calibration.ground_m):
            self.problems.append(f"{at}: image and ground_m must have as many points as each other")
            return None
        if not is_in_frame(calibration.image):
            self.problems.append(f"{at}.image: points are fractions of the frame, from 0 to 1")
            return None
        try:
            calibration.ground((1000, 1000))
        except ValueError as error:
            self.problems.append(f"{at}: {error}")
        return calibration

    def _legal(self, entry: Mapping[str, Any], at: str, timezone: ZoneInfo) -> Timetable:
        windows = []
        for text in self.texts(entry, "legal", at):
            try:
                windows.append(window(text))
            except ValueError as error:
                self.problems.append(f"{at}: legal: {error}")
        return Timetable(tuple(windows), timezone)
