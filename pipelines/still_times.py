"""When each picture of a folder was taken: a times.csv beside it, the camera's EXIF, or the file's name."""

import csv
import re
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from pipelines.exif import taken_at
from pipelines.footage import BadSource
from vision.types import TimeSource

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"})
_TABLE = "times.csv"
_HEAD_BYTES = 256 * 1024

_IN_NAME = re.compile(
    r"(?<!\d)(\d{4})[-_.:]?(\d\d)[-_.:]?(\d\d)[-_T. ]{0,2}(\d\d)[-_.:]?(\d\d)[-_.:]?(\d\d)(?:[.,_-]?(\d{3,6}))?(?!\d)"
)
"""20260501_080000, 2013-02-24_11_30_05, 20260501T080000.250 …: year to second, perhaps a fraction."""


@dataclass(frozen=True, slots=True, order=True)
class Still:
    """One picture file and when it was taken."""

    taken_at: datetime
    path: Path
    time_source: TimeSource


def stills_in(folder: Path, zone: tzinfo) -> tuple[list[Still], list[Path]]:
    """The pictures of a folder in the order of time, and those for which nobody says when.

    `zone` applies to times without one. Raises BadSource when there is no folder, no picture, or a bad times.csv.
    """
    paths = _pictures(folder)
    table = _table(folder / _TABLE, zone)
    found = [still for path in paths if (still := _still(path, table, zone))]
    dated = {still.path for still in found}
    return sorted(found), [path for path in paths if path not in dated]


def _pictures(folder: Path) -> list[Path]:
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in PICTURES and path.is_file())
    if not paths:
        raise BadSource(f"{folder} holds no picture ({', '.join(sorted(PICTURES))}). Check the path")
    return paths


def _still(path: Path, table: dict[str, datetime], zone: tzinfo) -> Still | None:
    if path.name in table:
        return Still(table[path.name].astimezone(UTC), path, TimeSource.CONTAINER)
    with path.open("rb") as file:
        said = taken_at(file.read(_HEAD_BYTES), zone)
    if said is not None:
        return Still(said.astimezone(UTC), path, TimeSource.CAMERA)
    named = time_in_name(path.stem, zone)
    return None if named is None else Still(named.astimezone(UTC), path, TimeSource.CONTAINER)


def time_in_name(stem: str, zone: tzinfo) -> datetime | None:
    """The moment that a file name spells out, if it does."""
    match = _IN_NAME.search(stem)
    if match is None:
        return None
    *parts, fraction = match.groups()
    try:
        return datetime(*map(int, parts), int((fraction or "0").ljust(6, "0")), tzinfo=zone)  # type: ignore[misc,arg-type]
    except ValueError:
        return None


def _table(path: Path, zone: tzinfo) -> dict[str, datetime]:
    """Rows of `file name, ISO time`; a first row of headings is passed over."""
    if not path.is_file():
        return {}
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = [row for row in csv.reader(file) if row]
    headless = rows[1:] if rows and _iso(rows[0], zone) is None else rows
    return {row[0].strip(): _row_time(path, row, zone) for row in headless}


def _row_time(path: Path, row: list[str], zone: tzinfo) -> datetime:
    said = _iso(row, zone)
    if said is None:
        raise BadSource(f"{path} has a row without a time: {','.join(row)}. Write: name.jpg,2026-05-01T08:00:00+08:00")
    return said


def _iso(row: list[str], zone: tzinfo) -> datetime | None:
    try:
        moment = datetime.fromisoformat(row[1].strip())
    except (IndexError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
