"""What a file on a drone's card is, by its name: whose lens, which number, what junk."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import PurePath


class What(StrEnum):
    """A video may be colour or thermal, and a still may hold temperatures: names hint at it, the files say it."""

    VIDEO = "video"
    STILL = "still"
    RAW = "raw"
    SUBTITLES = "subtitles"
    KLV = "klv"
    LOG = "log"
    SOUND = "sound"
    JUNK = "junk"
    OTHER = "other"


_SUFFIXES: Mapping[str, What] = {
    ".mp4": What.VIDEO, ".mov": What.VIDEO, ".ts": What.VIDEO, ".mkv": What.VIDEO, ".m4v": What.VIDEO,
    ".jpg": What.STILL, ".jpeg": What.STILL, ".tif": What.STILL, ".tiff": What.STILL,
    ".dng": What.RAW, ".srt": What.SUBTITLES, ".klv": What.KLV, ".csv": What.LOG,
    ".m4a": What.SOUND, ".aac": What.SOUND,
    ".lrf": What.JUNK, ".lrv": What.JUNK, ".thm": What.JUNK, ".scr": What.JUNK, ".tmp": What.JUNK,
    ".ini": What.JUNK, ".db": What.JUNK, ".trinfo": What.JUNK, ".trashinfo": What.JUNK,
}  # fmt: skip
"""LRF, LRV, THM and SCR are small copies that cameras make of their own files."""

_JUNK_FOLDERS = frozenset({"misc", "system volume information", "$recycle.bin", "lost.dir"})

THERMAL, COLOUR = "T", ""
_LENSES: Mapping[str, str] = {
    "t": THERMAL, "r": THERMAL, "ir": THERMAL, "thermal": THERMAL,
    "w": "W", "wide": "W", "z": "Z", "zoom": "Z", "v": "V", "s": "S", "d": "V",
}  # fmt: skip
"""Suffix -> lens. H20T and others: W wide, Z zoom, T thermal, S screen, V visible; R is a radiometric still."""

_DJI = re.compile(r"^DJI_(?:(\d{14})_)?(\d{4})(?:_([A-Za-z]))?$", re.IGNORECASE)
_NAMED = re.compile(r"^(?P<base>.+?)_(?P<lens>thermal|wide|zoom|ir|[TWZVSR])(?:_(?P<number>\d+))?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Name:
    """`base` is the same, in small letters, for what one press of the button made. `stamp` is the drone's wall clock,
    `number` the camera's running number, `frame` the number of a picture taken out of a video."""

    base: str
    lens: str = COLOUR
    stamp: datetime | None = None
    number: int | None = None
    frame: int | None = None


def what_is(path: PurePath) -> What:
    hidden = any(part.startswith(".") for part in path.parts)
    if hidden or any(part.lower() in _JUNK_FOLDERS for part in path.parts[:-1]):
        return What.JUNK
    return _SUFFIXES.get(path.suffix.lower(), What.OTHER)


def name_of(path: PurePath) -> Name:
    stem = path.stem
    if match := _DJI.match(stem):
        return _of_dji(*match.groups())
    if match := _NAMED.match(stem):
        frame = int(match["number"]) if match["number"] else None
        return Name(match["base"].lower(), _LENSES[match["lens"].lower()], frame=frame)
    return Name(stem.lower())


def _of_dji(stamp: str | None, number: str, lens: str | None) -> Name:
    base = f"dji_{stamp}_{number}" if stamp else f"dji_{number}"
    return Name(base, _LENSES.get((lens or "").lower(), COLOUR), _stamp(stamp), int(number))


def _stamp(text: str | None) -> datetime | None:
    try:
        return datetime.strptime(text or "", "%Y%m%d%H%M%S")
    except ValueError:
        return None
