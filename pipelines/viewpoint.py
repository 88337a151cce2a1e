"""From what a drone wrote to the pose and the lens that pixels are located with; refuses where a figure is missing."""

from dataclasses import replace

from pipelines.flaws import FLAWS, Flaw
from pipelines.telemetry import Fix
from pipelines.xmp import StillNote
from vision.pose import Doubt, Doubts, Lens, Origin, Pose, lens_of_35mm


class NoViewpoint(Exception):
    """The drone did not write where the camera was or which way it looked; `flaw` says which. It stays so."""

    again = False

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(f"no pin can be set: {FLAWS[flaw]}")
        self.flaw = flaw


def pose_of(fix: Fix, doubts: Doubts, *, take_off_m: float = 0.0, height_m: float | None = None) -> Pose:
    """`height_m` above the ground's own datum where it is known better (by laser, terrain or image motion), else that
    above take-off, which itself lies `take_off_m` above the datum. A roll that is not said is level.

    Raises NoViewpoint.
    """
    if fix.lat_deg is None or fix.lon_deg is None:
        raise NoViewpoint(Flaw.ZERO_GPS if fix.unlocked else Flaw.NO_GPS)
    if fix.yaw_deg is None or fix.pitch_deg is None:
        raise NoViewpoint(Flaw.NO_GIMBAL)
    if height_m is None and fix.rel_alt_m is None:
        raise NoViewpoint(Flaw.NO_HEIGHT)
    height = take_off_m + (fix.rel_alt_m or 0.0) if height_m is None else height_m
    return Pose(fix.lat_deg, fix.lon_deg, height, fix.yaw_deg, fix.pitch_deg, fix.roll_deg or 0.0, doubts)


def lens_of(fix: Fix, width_px: int, height_px: int, *, crop: float | None = None) -> Lens | None:
    """By the focal length in a video's telemetry. None: it is not said. `crop` as of vision.pose.lens_of_35mm."""
    if fix.focal_mm is None:
        return None
    return lens_of_35mm(width_px, height_px, fix.focal_mm, zoom=fix.zoom or 1.0, crop=crop)


def lens_of_still(note: StillNote, width_px: int, height_px: int, *, focal_35mm: float | None) -> Lens | None:
    """By the still's own calibration, else by its EXIF's 35 mm equivalent. None: neither is said."""
    if note.dewarp is not None:
        cal = note.dewarp
        cx, cy = width_px / 2 + cal.cx_px, height_px / 2 + cal.cy_px
        return Lens(width_px, height_px, cal.fx_px, cx, cy, distortion=cal.distortion)
    if note.calibrated_focal_px:
        return Lens(width_px, height_px, note.calibrated_focal_px, width_px / 2, height_px / 2)
    return None if focal_35mm is None else lens_of_35mm(width_px, height_px, focal_35mm)


def doubts_of_still(note: StillNote, usual: Doubts) -> Doubts:
    """The usual doubts, with the position's own where RTK was fixed and says it."""
    if note.rtk is None or not note.rtk.fixed:
        return usual
    sigma = max(note.rtk.lat_m, note.rtk.lon_m)
    return replace(usual, position_m=Doubt(sigma, Origin.RTK)) if sigma > 0 else usual
