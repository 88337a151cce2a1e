"""Reads the plan of a dam (TOML) and says exactly what is wrong with it: every problem, and where."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from pipelines.dam import Conditions, Dam, Part, Places, Region
from pipelines.plan import BadPlan
from pipelines.plan_file import parsed
from pipelines.plan_table import TableReader

Table = Mapping[str, Any]
_DAM = {"id", "name", "take_off_m", "thermal_ratio", "counts_per_kelvin", "region", "conditions"}
_REGION = {"id", "name", "part", "corners"}
_CONDITIONS = {"rain_mm", "wind_m_s", "water_c"}


def load_dam(path: Path) -> Dam:
    """The plan's one dam. Raises BadPlan with every problem found, not only the first."""
    return read_dam(parsed(path), path)


def read_dam(body: Table, path: Path) -> Dam:
    """Raises BadPlan."""
    reader = _Reader()
    reader.unknown(body, {"dam"}, "the plan")
    entries = reader.tables(body, "dam", "the plan")
    if len(entries) != 1:
        raise BadPlan(path, [*reader.problems, f"needs exactly one [[dam]], and has {len(entries)}"])
    dam = reader.dam(entries[0], path)
    if reader.problems:
        raise BadPlan(path, reader.problems)
    return dam


class _Reader(TableReader):
    def dam(self, entry: Table, path: Path) -> Dam:
        name = self.text(entry, "id", "dam")
        at = f'dam "{name}"'
        self.unknown(entry, _DAM, at)
        regions = tuple(self._region(r, f"{at} region {n}") for n, r in enumerate(self.tables(entry, "region", at), 1))
        self.twice([region.id for region in regions], f"{at}: region")
        if all(region.part is Part.DRAIN for region in regions):
            self.problems.append(f"{at} has no [[dam.region]] besides drains: nothing would be looked at")
        return Dam(
            path=path,
            id=name,
            name=self.text(entry, "name", at, default=name),
            regions=regions,
            take_off_m=self._take_off(entry, at),
            thermal_ratio=self.number(entry, "thermal_ratio", at, default=0.0, least=0.0),
            counts_per_kelvin=self.number(entry, "counts_per_kelvin", at, default=0.0, least=0.0),
            conditions=self._conditions(entry.get("conditions", {}), f"{at}: conditions"),
        )

    def _take_off(self, entry: Table, at: str) -> float:
        """It has no usual value: a guess would move every pin up or down the face."""
        if "take_off_m" not in entry:
            self.problems.append(f"{at}: take_off_m is missing: the height of the place of take-off")
        return self.number(entry, "take_off_m", at, default=0.0, least=-500.0)

    def _region(self, entry: Table, at: str) -> Region:
        name = self.text(entry, "id", at)
        at = at.rsplit(" region ", 1)[0] + f' region "{name}"'
        self.unknown(entry, _REGION, at)
        return Region(name, self.text(entry, "name", at, default=name), self._part(entry, at), self._corners(entry, at))

    def _part(self, entry: Table, at: str) -> Part:
        try:
            return Part(entry.get("part", ""))
        except ValueError:
            self.problems.append(f"{at}: part must be one of {', '.join(Part)}, not {entry.get('part')!r}")
            return Part.FACE

    def _corners(self, entry: Table, at: str) -> Places:
        rows = entry.get("corners")
        if not isinstance(rows, list) or len(rows) < 3 or not all(_is_place(row) for row in rows):
            self.problems.append(f"{at}: corners needs at least 3 rows [latitude, longitude, height]")
            return np.zeros((0, 3))
        found = np.asarray(rows, np.float64)
        if bool((np.abs(found[:, 0]) > 90).any() or (np.abs(found[:, 1]) > 180).any()):
            self.problems.append(f"{at}: corners are latitude, longitude, height; are the first two swapped?")
        return found

    def _conditions(self, entry: object, at: str) -> Conditions:
        if not isinstance(entry, dict):
            self.problems.append(f"{at} is written as [dam.conditions] with its own lines below")
            return Conditions()
        self.unknown(entry, _CONDITIONS, at)
        water = self.number(entry, "water_c", at, default=0.0, least=-5.0)
        return Conditions(
            rain_mm=self.number(entry, "rain_mm", at, default=0.0, least=0.0),
            wind_m_s=self.number(entry, "wind_m_s", at, default=0.0, least=0.0),
            water_c=water if "water_c" in entry else None,
        )


def _is_place(row: object) -> bool:
    if not isinstance(row, list) or len(row) != 3:
        return False
    return all(isinstance(n, int | float) and not isinstance(n, bool) and math.isfinite(n) for n in row)
