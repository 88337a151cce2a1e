"""Where a camera was, which way it looked, how sure each of these is, and the lens that it looked through.

Positions are WGS-84. Angles are degrees and earth-fixed, as a gimbal reports them: yaw clockwise from true north,
pitch 0 at the horizon and -90 straight down, roll clockwise as the camera sees it; they apply in the order yaw,
pitch, roll (Z, Y, X in north-east-down).
"""

import math
from dataclasses import dataclass, replace
from enum import StrEnum

_DIAGONAL_35MM = math.hypot(36, 24)
_STATED = 0.02
"""A stated focal against the calibrated one: 758 for 746 to 762 px on 9.1 mm thermal cameras, 1099 for 1125 on H20T."""

_WIDE, _STATED_WIDE = 1.6, 0.05
"""16:9 in the full width of a 4:3 sensor has a diagonal shorter by a twelfth: the focal is 0 to 9 % longer."""


class Origin(StrEnum):
    """Who said a figure."""

    GPS = "gps"
    RTK = "rtk"
    LASER = "laser"
    TERRAIN = "terrain"
    TAKE_OFF = "take_off"
    IMAGE_MOTION = "image_motion"
    GIMBAL = "gimbal"
    AIRCRAFT = "aircraft"
    CALIBRATED = "calibrated"
    STATED = "stated"
    PICTURE = "picture"
    SURVEYED = "surveyed"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One standard deviation of a figure, and who said the figure. Raises ValueError below 0."""

    sigma: float
    origin: Origin

    def __post_init__(self) -> None:
        if not self.sigma >= 0:
            raise ValueError(f"a standard deviation is 0 or more, not {self.sigma}")


@dataclass(frozen=True, slots=True)
class Doubts:
    """Standard deviations of a pose: metres (position is each horizontal axis) and degrees.

    `along_m` is speed times the doubt of the clock, along the direction of flight `course_deg`.
    """

    position_m: Doubt
    height_m: Doubt
    yaw_deg: Doubt
    pitch_deg: Doubt
    roll_deg: Doubt
    along_m: Doubt = Doubt(0.0, Origin.ASSUMED)
    course_deg: float = 0.0


def _budget(height: float, height_by: Origin, pitch: float, yaw: float, position: float, by: Origin) -> Doubts:
    """Roll is levelled by the same gimbal loop as pitch, and as sure."""
    turn = Doubt(pitch, Origin.GIMBAL)
    return Doubts(Doubt(position, by), Doubt(height, height_by), Doubt(yaw, Origin.GIMBAL), turn, turn)


RTK_OVER_TERRAIN = _budget(0.5, Origin.TERRAIN, 0.5, 1.0, 0.05, Origin.RTK)
GPS_WITH_LASER = _budget(1.0, Origin.LASER, 1.0, 3.0, 1.5, Origin.GPS)
GPS_OVER_TERRAIN = _budget(5.0, Origin.TERRAIN, 1.0, 3.0, 1.5, Origin.GPS)
GPS_OVER_TOWN = _budget(2.0, Origin.TAKE_OFF, 1.0, 6.0, 1.5, Origin.GPS)
GPS_OVER_HILLS = _budget(18.0, Origin.TAKE_OFF, 1.0, 6.0, 1.5, Origin.GPS)
"""The usual doubts of a drone, from a measured budget of errors: height above take-off was 17.7 m off on the mean over
65 to 97 m of trees and roofs, a gimbal's yaw 1.8 degrees (and 5.8 at the median in subtitles of video)."""


@dataclass(frozen=True, slots=True)
class Pose:
    """A camera at one moment. `height_m` is above the datum that the ground's own heights are given in."""

    lat_deg: float
    lon_deg: float
    height_m: float
    yaw_deg: float
    pitch_deg: float
    roll_deg: float
    doubts: Doubts

    def __post_init__(self) -> None:
        figures = (self.lat_deg, self.lon_deg, self.height_m, self.yaw_deg, self.pitch_deg, self.roll_deg)
        if not all(map(math.isfinite, figures)):
            raise ValueError(f"a pose with an unknown figure: {figures}")
        if abs(self.lat_deg) > 90 or abs(self.lon_deg) > 180:
            raise ValueError(f"latitude {self.lat_deg}, longitude {self.lon_deg}: are they swapped?")


@dataclass(frozen=True, slots=True)
class Lens:
    """A pinhole with square pixels, after the digital zoom, for pictures of this size.

    `distortion` is k1, k2, p1, p2, k3 in OpenCV's order; `doubt` is of the focal length, as a share of it.
    """

    width_px: int
    height_px: int
    focal_px: float
    cx_px: float
    cy_px: float
    distortion: tuple[float, float, float, float, float] = (0.0, 0.0, 0.0, 0.0, 0.0)
    doubt: Doubt = Doubt(0.0, Origin.CALIBRATED)

    def __post_init__(self) -> None:
        if self.width_px <= 0 or self.height_px <= 0 or not self.focal_px > 0:
            raise ValueError(f"a lens of {self.width_px} x {self.height_px} px with a focal of {self.focal_px} px")

    def resized(self, width_px: int, height_px: int) -> "Lens":
        """For the same picture, scaled. Raises ValueError when the sides do not keep their ratio to 2 %."""
        scale, other = width_px / self.width_px, height_px / self.height_px
        if abs(scale / other - 1) > 0.02:
            raise ValueError(f"{width_px} x {height_px} is no scaled {self.width_px} x {self.height_px}")
        focal, cx, cy = self.focal_px * scale, self.cx_px * scale, self.cy_px * other
        return replace(self, width_px=width_px, height_px=height_px, focal_px=focal, cx_px=cx, cy_px=cy)


def lens_of_35mm(
    width_px: int, height_px: int, focal_35mm: float, *, zoom: float = 1.0, crop: float | None = None
) -> Lens:
    """From the focal length that a film camera of the same **diagonal** would have, as DJI states it.

    Taken over 36 mm of width instead, it is 6.7 to 8.4 % off on the 5:4 sensors of thermal cameras. `zoom` is the
    digital zoom; `crop` is the sensor's diagonal over the diagonal of the part that this mode reads (above 1 when a
    video leaves out a part of the sensor that the stated focal belongs to). Where that is not said, a wide picture
    may be the full sensor's or a cut out of one of 4:3 and is doubted for it.
    """
    focal = focal_35mm / _DIAGONAL_35MM * math.hypot(width_px, height_px) * zoom * (crop or 1.0)
    is_open = crop is None and width_px >= _WIDE * height_px
    doubt = Doubt(_STATED_WIDE if is_open else _STATED, Origin.STATED)
    return Lens(width_px, height_px, focal, width_px / 2, height_px / 2, doubt=doubt)


def lens_of_view(width_px: int, height_px: int, hfov_deg: float) -> Lens:
    """From the horizontal field of view, as MISB ST 0601 gives it."""
    focal = width_px / 2 / math.tan(math.radians(hfov_deg) / 2)
    return Lens(width_px, height_px, focal, width_px / 2, height_px / 2, doubt=Doubt(_STATED, Origin.STATED))
