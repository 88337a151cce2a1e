"""The dialects of the subtitles that DJI drones write: how each is told, and where each figure stands in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pipelines.telemetry import Fix, known_place

_NUMBER = r"[-+]?\d{1,12}(?:\.\d+)?"
_KEYS = re.compile(rf"\b([A-Za-z_]+)\s*:\s*({_NUMBER})")
"""`latitude : -35.08`, `gb_yaw: 76.8`, `BAROMETER:1.9`, inside brackets or not."""
_TRIPLE = re.compile(rf"\b(?:GPS|RTK)\s*\(\s*({_NUMBER})\s*,\s*({_NUMBER})\s*,\s*({_NUMBER})\s*(M?)\s*\)")
_BARE = re.compile(rf"^\s*({_NUMBER}),({_NUMBER}),({_NUMBER})()\s*$", re.MULTILINE)
_HEIGHT = re.compile(rf"\bH ({_NUMBER})m")
_ZOOM = re.compile(rf"\bDZOOM ({_NUMBER})")
_ANGLES = re.compile(rf"\b([FG])\.PRY \(({_NUMBER})\D*?, ({_NUMBER})\D*?, ({_NUMBER})")
_CLOCK = re.compile(
    r"\b(\d{4})[.-](\d{1,2})[.-](\d{1,2}) (\d{1,2}):(\d\d):(\d\d)(?:[.,](\d{3})(?:[.,](\d{3}))?(?!\d))?(?!\d)"
)

_DIALECTS: tuple[tuple[str, str, str], ...] = (
    ("E2", "M300/M350 H20T, H20N", r"drone_speedx"),
    ("E3", "Avata 360, Neo 2, Mini 5 Pro, Air 3S", r"pp_timestamp|\bFrameId|ae_meter_md"),
    ("E4", "Mavic 4 Pro", r"\btint\s*:"),
    ("E1", "Mavic 3T", r"\bgb_yaw"),
    ("D2", "Mini 3/4, Mavic 3", r"\brel_alt"),
    ("C2", "Mavic 2 Enterprise", r"Drone\s*:\s*Yaw"),
    ("D1", "Air 2S, Mavic Air 2", r"\bSrtCnt|\[latitude: [^\]]*\] \[longitude"),
    ("C3", "Mavic 2, no spans", r"\[longtitude : [^\]]*\] \[iso"),
    ("C1", "Mavic 2", r"\blongtitude|color_md"),
    ("C0", "Mavic Air", r"\bFrameCnt"),
    ("B2", "P4 RTK, M30", r"\bG\.PRY"),
    ("B1", "Mini, Mini 2, P4P", r"\bH\.S "),
    ("A3", "M300 XT2", r"GPS\([^)]*M\)"),
    ("A1", "Mavic Pro (old)", r"\bHb:"),
    ("A4", "Avata 2", r"BAROMETER\("),
    ("A2", "Mavic Pro", r"\bBAROMETER"),
    ("G", "lon,lat,alt", r"^\s*[-+]?\d+\.\d+,[-+]?\d+\.\d+,"),
)
"""Name, whose it is, and what tells it; the first that fits wins."""

_SPELLINGS: Mapping[str, str] = {"longtitude": "longitude"}


@dataclass(frozen=True, slots=True)
class _Cue:
    text: str
    keys: Mapping[str, str]

    def number(self, *names: str) -> float | None:
        return next((float(self.keys[name]) for name in names if name in self.keys), None)


def dialect_of(text: str) -> str:
    """The dialect of a cue in words: "DJI SRT E1 (Mavic 3T)". Raises LookupError for a text that no drone wrote."""
    for name, models, mark in _DIALECTS:
        if re.search(mark, text, re.MULTILINE):
            return f"DJI SRT {name} ({models})"
    raise LookupError(text[:60])


def fix_of(text: str, media_s: float | None) -> Fix:
    """Every figure that a cue says, whatever its dialect."""
    keys = {_SPELLINGS.get(key, key): value for key, value in reversed(_KEYS.findall(text))}
    cue = _Cue(text, keys)
    lat, lon, altitude, satellites = _position(cue)
    yaw, pitch, roll = _gimbal(cue)
    return Fix(
        media_s=media_s,
        local=_clock(text),
        **known_place(lat, lon),
        rel_alt_m=_height(cue),
        abs_alt_m=cue.number("abs_alt", "altitude") if altitude is None else altitude,
        yaw_deg=yaw,
        pitch_deg=pitch,
        roll_deg=roll,
        drone_yaw_deg=_heading(cue),
        focal_mm=_focal(cue.keys.get("focal_len")),
        zoom=_zoom(cue),
        satellites=satellites,
    )


_Position = tuple[float | None, float | None, float | None, int | None]


def _position(cue: _Cue) -> _Position:
    lat, lon = cue.number("latitude"), cue.number("longitude")
    if lat is not None and lon is not None:
        return lat, lon, None, None
    match = _TRIPLE.search(cue.text) or _BARE.search(cue.text)
    return (None, None, None, None) if match is None else _of_triple(*match.groups())


def _of_triple(first: str, second: str, third: str, unit: str) -> _Position:
    """A whole third number counts satellites and comes after (longitude, latitude); a height comes after
    (latitude, longitude). A value beyond 90 is a longitude whatever the rule says.

    `0.0M` is always 0.0 in real files, so it is no height; a bare line's height has no unit and is often 0.
    """
    a, b = float(first), float(second)
    counts = "." not in third and not unit
    east_first = abs(a) > 90 or (counts and abs(b) <= 90)
    lat, lon = (b, a) if east_first else (a, b)
    altitude = float(third) if not counts and not unit else None
    return lat, lon, altitude, int(third) if counts else None


def _height(cue: _Cue) -> float | None:
    match = _HEIGHT.search(cue.text)
    return cue.number("rel_alt", "BAROMETER", "Hb") if match is None else float(match[1])


def _gimbal(cue: _Cue) -> tuple[float | None, float | None, float | None]:
    """Yaw, pitch, roll; in the older writing they come as pitch, roll, yaw."""
    for whose, pitch, roll, yaw in _ANGLES.findall(cue.text):
        if whose == "G":
            return float(yaw), float(pitch), float(roll)
    return cue.number("gb_yaw"), cue.number("gb_pitch"), cue.number("gb_roll")


def _heading(cue: _Cue) -> float | None:
    for whose, _, _, yaw in _ANGLES.findall(cue.text):
        if whose == "F":
            return float(yaw)
    return cue.number("drone_yaw", "Yaw")


def _focal(said: str | None) -> float | None:
    """A whole number is tenths of a millimetre: 240 is 24 mm, 24.00 is too."""
    if said is None or float(said) <= 0:
        return None
    return float(said) if "." in said else float(said) / 10


def _zoom(cue: _Cue) -> float | None:
    """10000 is 1.0, 1.00 is too."""
    said = _ZOOM.search(cue.text)
    text = said[1] if said else cue.keys.get("dzoom_ratio", cue.keys.get("dzoom", ""))
    if not text or float(text) <= 0:
        return None
    return float(text) if "." in text else float(text) / 10000


def _clock(text: str) -> datetime | None:
    match = _CLOCK.search(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, *fraction = match.groups()
    micro = int("".join(part or "" for part in fraction).ljust(6, "0") or 0)
    try:
        return datetime(int(year), int(month), int(day), int(hour), int(minute), int(second), micro)
    except ValueError:
        return None
