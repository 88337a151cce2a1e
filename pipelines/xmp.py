"""What a DJI still says of itself in its XMP: where, how high, which way, whose camera, and what the laser measured."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from pipelines.jpeg import APP1, segments
from pipelines.telemetry import Fix, known_place

_SPACE = b"http://ns.adobe.com/xap/1.0/\0"
_ATTRIBUTE = re.compile(r'([A-Za-z][\w-]*):(\w+)="([^"]*)"')
_ELEMENT = re.compile(r"<([A-Za-z][\w-]*):(\w+)>([^<]*)</")
"""DJI writes attributes; editors that keep a file's data turn them into elements."""

_NORMAL = "Normal"
_RTK_FIXED = 50


@dataclass(frozen=True, slots=True)
class Laser:
    """Where the laser of the gimbal met the ground: metres of range, WGS-84 degrees, metres above take-off and above
    the datum that `abs_alt_m` of the fix has."""

    distance_m: float
    lat_deg: float
    lon_deg: float
    rel_alt_m: float | None
    abs_alt_m: float | None


@dataclass(frozen=True, slots=True)
class Rtk:
    """`fixed`: whole wavelengths are resolved. Standard deviations in metres, 0 where none is said."""

    fixed: bool
    lat_m: float
    lon_m: float
    height_m: float


@dataclass(frozen=True, slots=True)
class Dewarp:
    """A camera calibration in pixels of the full picture; the centre is told from the picture's centre."""

    fx_px: float
    fy_px: float
    cx_px: float
    cy_px: float
    distortion: tuple[float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class StillNote:
    """Everything of use in a still's XMP; "" and None are what it does not say.

    `lens` is DJI's name of the camera: WideCamera, ZoomCamera, InfraredCamera, VisibleCamera. `capture` is the same for
    the pictures that several lenses took at once.
    """

    fix: Fix
    model: str
    drone: str
    camera_serial: str
    drone_serial: str
    lens: str
    capture: str
    rtk: Rtk | None
    laser: Laser | None
    dewarp: Dewarp | None
    calibrated_focal_px: float | None

    @property
    def is_thermal(self) -> bool:
        return self.lens == "InfraredCamera"


def note_of(jpeg: bytes) -> StillNote | None:
    """None: no drone's XMP, as after a messenger or an editor has stripped it."""
    said = _Said(_tags(jpeg))
    return said.note() if said.is_drones else None


def _tags(jpeg: bytes) -> Mapping[tuple[str, str], str]:
    text = "".join(
        body[len(_SPACE) :].decode("utf-8", "replace")
        for marker, body in segments(jpeg)
        if marker == APP1 and body.startswith(_SPACE)
    )
    found = [*_ELEMENT.findall(text), *_ATTRIBUTE.findall(text)]
    return {(space, name): value.strip() for space, name, value in found}


class _Said:
    """Looks tags up by name and gives each as what it is."""

    def __init__(self, tags: Mapping[tuple[str, str], str]) -> None:
        self._dji = {name: value for (space, name), value in tags.items() if space == "drone-dji"}
        self._other = {name: value for (space, name), value in tags.items() if space in {"xmp", "tiff", "exif"}}

    @property
    def is_drones(self) -> bool:
        return bool(self._dji)

    def note(self) -> StillNote:
        return StillNote(
            fix=self._fix(),
            model=self._other.get("Model", ""),
            drone=self._text("DroneModel"),
            camera_serial=self._text("CameraSerialNumber"),
            drone_serial=self._text("DroneSerialNumber"),
            lens=self._text("ImageSource"),
            capture=self._text("CaptureUUID"),
            rtk=self._rtk(),
            laser=self._laser(),
            dewarp=self._dewarp(),
            calibrated_focal_px=self._number("CalibratedFocalLength"),
        )

    def _fix(self) -> Fix:
        local, at = self._times()
        return Fix(
            local=local,
            at=at,
            **known_place(self._number("GpsLatitude"), self._number("GpsLongitude", "GpsLongtitude")),
            rel_alt_m=self._number("RelativeAltitude"),
            abs_alt_m=self._number("AbsoluteAltitude"),
            yaw_deg=self._number("GimbalYawDegree"),
            pitch_deg=self._number("GimbalPitchDegree"),
            roll_deg=self._number("GimbalRollDegree"),
            drone_yaw_deg=self._number("FlightYawDegree"),
        )

    def _times(self) -> tuple[datetime | None, datetime | None]:
        """The wall clock, and true time when the still names its zone or the exposure's UTC."""
        exposed = _moment(self._text("UTCAtExposure"))
        created = _moment(self._other.get("CreateDate", ""))
        if exposed is not None:
            exposed = exposed if exposed.tzinfo else exposed.replace(tzinfo=UTC)
        zoned = exposed or (created if created and created.tzinfo else None)
        return created.replace(tzinfo=None) if created else None, zoned.astimezone(UTC) if zoned else None

    def _rtk(self) -> Rtk | None:
        flag = self._number("RtkFlag")
        if not flag:
            return None
        lat, lon, height = (self._number(name) or 0.0 for name in ("RtkStdLat", "RtkStdLon", "RtkStdHgt"))
        return Rtk(flag == _RTK_FIXED, lat, lon, height)

    def _laser(self) -> Laser | None:
        distance, lat, lon = (self._number(f"LRFTarget{name}") for name in ("Distance", "Lat", "Lon"))
        if self._text("LRFStatus") != _NORMAL or not distance or lat is None or lon is None:
            return None
        return Laser(distance, lat, lon, self._number("LRFTargetAlt"), self._number("LRFTargetAbsAlt"))

    def _dewarp(self) -> Dewarp | None:
        """`date;fx,fy,cx,cy,k1,k2,p1,p2,k3`."""
        try:
            figures = [_finite(float(part)) for part in self._text("DewarpData").rpartition(";")[2].split(",")]
            fx, fy, cx, cy, k1, k2, p1, p2, k3 = figures
        except ValueError:
            return None
        return Dewarp(fx, fy, cx, cy, (k1, k2, p1, p2, k3))

    def _text(self, name: str) -> str:
        return self._dji.get(name, "")

    def _number(self, *names: str) -> float | None:
        said = next((self._dji[name] for name in names if self._dji.get(name)), "")
        try:
            return _finite(float(said))
        except ValueError:
            return None


def _finite(figure: float) -> float:
    """Raises ValueError for what is no figure."""
    if not math.isfinite(figure):
        raise ValueError(f"{figure} is no figure")
    return figure


def _moment(text: str) -> datetime | None:
    """`2022-03-24T17:37:59+08:00`, or with colons in the date as EXIF has them."""
    try:
        return datetime.fromisoformat(re.sub(r"^(\d{4}):(\d\d):(\d\d)", r"\1-\2-\3", text))
    except ValueError:
        return None
