"""Reads what a plan's vending zone says of selling: its surface, permitted pitches, least size and shop fronts."""

from collections.abc import Mapping
from typing import Any

from pipelines.plan import Selling, Surface
from pipelines.plan_table import TableReader, is_in_frame
from vision.geometry import Points
from vision.taken import area_taken

KEYS = frozenset({"surface", "permitted", "min_size_m", "frontage"})


def read_selling(reader: TableReader, entry: Mapping[str, Any], zone: Points, at: str) -> Selling:
    """`zone` is the zone's polygon. What is wrong joins the reader's problems."""
    least = reader.number(entry, "min_size_m", at, default=0.0, least=0.0)
    if least and "calibration" not in entry:
        reader.problems.append(f"{at}: min_size_m takes a calibration: without one nobody can measure")
    return Selling(_surface(reader, entry, at), _permitted(reader, entry, zone, at), least, _front(reader, entry, at))


def _surface(reader: TableReader, entry: Mapping[str, Any], at: str) -> Surface:
    try:
        return Surface(entry.get("surface", Surface.PAVEMENT))
    except ValueError:
        reader.problems.append(f"{at}: surface must be one of {', '.join(Surface)}, not {entry['surface']!r}")
        return Surface.PAVEMENT


def _permitted(reader: TableReader, entry: Mapping[str, Any], zone: Points, at: str) -> tuple[Points, ...]:
    values = entry.get("permitted", [])
    if not isinstance(values, list):
        reader.problems.append(f"{at}: permitted is a list of polygons [[[x, y], …], …]")
        return ()
    return tuple(_pitch(reader, value, zone, f"{at}: permitted {i}") for i, value in enumerate(values, 1))


def _pitch(reader: TableReader, value: object, zone: Points, at: str) -> Points:
    known = len(reader.problems)
    polygon = reader.polygon(value, at)
    if len(reader.problems) == known and len(zone) >= 3 and not area_taken(zone, [polygon]):
        reader.problems.append(f"{at} lies outside the zone, where nothing is forbidden")
    return polygon


def _front(reader: TableReader, entry: Mapping[str, Any], at: str) -> Points | None:
    if "frontage" not in entry:
        return None
    line = reader.pairs(entry["frontage"], f"{at}: frontage", least=2)
    if not is_in_frame(line):
        reader.problems.append(f"{at}: frontage points are fractions of the frame, from 0 to 1")
    return line
