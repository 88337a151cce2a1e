"""Two flights over one dam: the same face, the same hover, and a seep that has grown in between."""

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from samples.render.description import Camera, Light
from vision.ellipsoid import Local

SECONDS, FPS = 30, 5
KELVIN_COUNTS = 64
"""Counts per kelvin of the radiometric frames, as the common drone cameras store them."""

_RADIOMETRIC_S = 10
_HOME = (26.05730, 119.18420, 86.0)
"""Latitude, longitude, metres above the sea: an invented reservoir."""


@dataclass(frozen=True, slots=True)
class Seep:
    """Water that comes out at (x, z) on the face and runs down `length` metres, `width` wide at its middle."""

    x: float
    z: float
    length: float
    width: float
    seed: int


@dataclass(frozen=True, slots=True)
class Eye:
    """A drone's camera. wide_deg: field of the one still that is rendered; seen_deg: of the film cut out of it."""

    wide_deg: float
    still: tuple[int, int]
    seen_deg: float
    size: tuple[int, int]


COLOUR = Eye(66, (1920, 1080), 48, (1280, 720))
THERMAL = Eye(56, (960, 768), 38, (640, 512))


class Built(StrEnum):
    """Which dam is flown over."""

    CONCRETE = "concrete"
    EMBANKMENT = "embankment"


@dataclass(frozen=True, slots=True)
class Flight:
    name: str
    number: int
    started: datetime
    seeps: tuple[Seep, ...]
    light: Light
    position: tuple[float, float, float] = (-22.0, -64.0, 25.0)
    target: tuple[float, float, float] = (-1.0, -9.0, 11.5)
    air_c: float = 22.0
    built: Built = Built.CONCRETE

    def camera(self, eye: Eye) -> Camera:
        return Camera(self.position, self.target, eye.wide_deg, eye.still)


_EARLY = (Seep(-3.5, 16.5, 4.2, 0.75, 1),)
_LATE = (Seep(-3.5, 16.5, 12.5, 1.5, 1), Seep(4.2, 12.3, 6.0, 0.7, 2))

FLIGHT_6 = Flight(
    "dam_flight_6",
    6,
    datetime.fromisoformat("2026-04-24T10:10:00+08:00"),
    _EARLY,
    Light(sun_elevation_deg=46, sun_azimuth_deg=212, haze=2.0, sun=0.9, exposure=-0.35),
)
FLIGHT_7 = replace(
    FLIGHT_6,
    name="dam_flight_7",
    number=7,
    started=datetime.fromisoformat("2026-05-01T10:12:00+08:00"),
    seeps=_LATE,
    light=replace(FLIGHT_6.light, sun_azimuth_deg=220, sun_elevation_deg=50),
    air_c=23.5,
)
DRY = replace(
    FLIGHT_6,
    name="dam_dry",
    number=5,
    started=datetime.fromisoformat("2026-04-17T16:50:00+08:00"),
    seeps=(),
    light=Light(sun_elevation_deg=25, sun_azimuth_deg=246, haze=2.0, sun=0.9, exposure=0.1),
    air_c=24.0,
)
"""Nothing is wet: old stains, and the hillside's shadow, which is dark and cold like a seep."""

LEVEE = Flight(
    "dam_levee",
    8,
    datetime.fromisoformat("2026-05-02T09:40:00+08:00"),
    (Seep(-6.0, 5.4, 4.2, 1.8, 3), Seep(11.0, 2.4, 2.0, 1.6, 5)),
    Light(sun_elevation_deg=42, sun_azimuth_deg=215, haze=2.0, sun=0.9, exposure=-0.3),
    position=(-24.0, -78.0, 24.0),
    target=(0.0, -14.0, 5.5),
    built=Built.EMBANKMENT,
)
"""Another dam, of earth and turf: wet grass on the slope, which is darker and greener and shines."""

FLIGHTS = {flight.name: flight for flight in (DRY, FLIGHT_6, FLIGHT_7, LEVEE)}


def radiometric_frames() -> list[int]:
    return list(range(0, SECONDS * FPS, _RADIOMETRIC_S * FPS))


def radiometric_names(flight: Flight) -> list[str]:
    return [f"{flight.name}_thermal_{frame:04d}.tiff" for frame in radiometric_frames()]


@dataclass(frozen=True, slots=True)
class Gimbal:
    """Degrees away from the still's axis."""

    yaw: float
    pitch: float
    roll: float


def gimbal(flight: Flight, frame: int) -> Gimbal:
    """A slow sweep along the face, with the small unrest of a hovering drone."""
    share = frame / (SECONDS * FPS)
    unrest = np.random.RandomState(flight.number).normal(0, 1, (8, 3))
    waves = [math.sin(2 * math.pi * (3 + 2 * k) * share + unrest[k, 0]) for k in range(4)]
    jitter = [0.05 * sum(w * unrest[k, axis] for k, w in enumerate(waves)) for axis in range(3)]
    yaw = 6.5 * math.sin(2 * math.pi * share) + jitter[0]
    return Gimbal(yaw, 3.0 * math.sin(4 * math.pi * share) + jitter[1], 0.6 * jitter[2])


def zoom_deg(eye: Eye, frame: int) -> float:
    """The film's field of view: in towards the middle of the flight, and out again."""
    return eye.seen_deg * (1 - 0.14 * math.sin(math.pi * frame / (SECONDS * FPS)) ** 2)


def to_frame(flight: Flight, eye: Eye, frame: int) -> NDArray[np.float64]:
    """Pixels of the still to pixels of the frame. Exact, since turning about the lens has no parallax."""
    turn = gimbal(flight, frame)
    return np.asarray(
        _lens(eye.size, zoom_deg(eye, frame)) @ _turned(turn) @ np.linalg.inv(_lens(eye.still, eye.wide_deg))
    )


def _lens(size: tuple[int, int], hfov_deg: float) -> NDArray[np.float64]:
    focal = size[0] / 2 / math.tan(math.radians(hfov_deg) / 2)
    return np.array([[focal, 0, size[0] / 2], [0, focal, size[1] / 2], [0, 0, 1]])


def _turned(turn: Gimbal) -> NDArray[np.float64]:
    yaw, pitch, roll = (math.radians(v) for v in (turn.yaw, turn.pitch, turn.roll))
    cy, sy, cp, sp, cr, sr = (f(a) for a in (yaw, pitch, roll) for f in (math.cos, math.sin))
    about_x = np.array([[1, 0, 0], [0, cp, -sp], [0, sp, cp]])
    about_y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    about_z = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    return np.asarray(about_x @ about_y @ about_z)


def telemetry(flight: Flight) -> str:
    """An SRT as DJI's enterprise drones write it: one cue a frame, with position, height and gimbal angles."""
    return "\n".join(_cue(flight, frame) for frame in range(SECONDS * FPS))


def _cue(flight: Flight, frame: int) -> str:
    start, end = (timedelta(milliseconds=1000 * f // FPS) for f in (frame, frame + 1))
    when = flight.started + start
    turn = gimbal(flight, frame)
    yaw, pitch = _axis(flight)
    east, north, height = flight.position
    [[lat, lon, _]] = Local(*_HOME[:2]).places(np.array([[north, east, height]]))
    return (
        f"{frame + 1}\n{_stamp(start)} --> {_stamp(end)}\n"
        f'<font size="28">FrameCnt: {frame + 1}, DiffTime: {1000 // FPS}ms\n'
        f"{when:%Y-%m-%d %H:%M:%S}.{when.microsecond // 1000:03d}\n"
        f"[focal_len: {_focal_35mm(COLOUR, frame):.2f}] [latitude: {lat:.6f}] [longitude: {lon:.6f}] "
        f"[rel_alt: {height:.3f} abs_alt: {_HOME[2] + height:.3f}] "
        f"[gb_yaw: {yaw - turn.yaw:.1f} gb_pitch: {pitch - turn.pitch:.1f} gb_roll: {turn.roll:.1f}] </font>\n"
    )


def _axis(flight: Flight) -> tuple[float, float]:
    """Where the still looks: degrees clockwise from north (+y), and above the horizon."""
    dx, dy, dz = (t - p for t, p in zip(flight.target, flight.position, strict=True))
    return math.degrees(math.atan2(dx, dy)), math.degrees(math.atan2(dz, math.hypot(dx, dy)))


def _focal_35mm(eye: Eye, frame: int) -> float:
    """The focal length of a film camera with the same diagonal, which is how these drones state it."""
    focal_px = eye.size[0] / 2 / math.tan(math.radians(zoom_deg(eye, frame)) / 2)
    return focal_px * math.hypot(36, 24) / math.hypot(*eye.size)


def _stamp(at: timedelta) -> str:
    millis = round(at.total_seconds() * 1000)
    return f"{millis // 3_600_000:02d}:{millis // 60_000 % 60:02d}:{millis // 1000 % 60:02d},{millis % 1000:03d}"
