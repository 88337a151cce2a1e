"""What a drone wrote about its own flight: fixes on the line of media time, and remarks on what is wrong with them."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TypedDict

from pipelines.flaws import Flaw, Remark


class BadTelemetry(Exception):
    """Nothing can be read from it, and trying again does not help: the file is empty, broken or something else."""

    again = False

    def __init__(self, remark: Remark) -> None:
        super().__init__(str(remark))
        self.remark = remark


@dataclass(frozen=True, slots=True)
class Fix:
    """One moment of telemetry; None is what was not said.

    Positions are WGS-84 degrees; `unlocked` is a drone that wrote 0, 0, which is no position. `rel_alt_m` is above the
    place of take-off, `abs_alt_m` above a datum that drones do not name. Gimbal angles are earth-fixed, as in
    vision.pose; the aircraft's heading is not the camera's. `focal_mm` is the 35 mm equivalent before the digital
    `zoom`. `media_s` is on the video's own line of time, `local` the wall clock as written, without a zone, and `at`
    aware UTC where it is known.
    """

    media_s: float | None = None
    local: datetime | None = None
    at: datetime | None = None
    lat_deg: float | None = None
    lon_deg: float | None = None
    rel_alt_m: float | None = None
    abs_alt_m: float | None = None
    yaw_deg: float | None = None
    pitch_deg: float | None = None
    roll_deg: float | None = None
    drone_yaw_deg: float | None = None
    focal_mm: float | None = None
    zoom: float | None = None
    satellites: int | None = None
    unlocked: bool = False

    @property
    def place(self) -> tuple[float, float] | None:
        """Latitude and longitude, when both are known."""
        return None if self.lat_deg is None or self.lon_deg is None else (self.lat_deg, self.lon_deg)

    @property
    def has_gimbal(self) -> bool:
        return self.yaw_deg is not None and self.pitch_deg is not None


class Place(TypedDict, total=False):
    """What a Fix takes of a position."""

    lat_deg: float
    lon_deg: float
    unlocked: bool


def known_place(lat_deg: float | None, lon_deg: float | None) -> Place:
    """0, 0 is what a drone writes before it knows where it is; beyond the globe is nowhere."""
    if lat_deg is None or lon_deg is None or abs(lat_deg) > 90 or abs(lon_deg) > 180:
        return {}
    return {"unlocked": True} if lat_deg == 0 and lon_deg == 0 else {"lat_deg": lat_deg, "lon_deg": lon_deg}


@dataclass(frozen=True, slots=True)
class Track:
    """The fixes of one recording in the order of media time. `dialect` says whose writing it is, in words."""

    name: str
    dialect: str
    fixes: tuple[Fix, ...]
    remarks: tuple[Remark, ...] = ()

    @property
    def has_place(self) -> bool:
        return any(fix.place for fix in self.fixes)

    @property
    def has_gimbal(self) -> bool:
        return any(fix.has_gimbal for fix in self.fixes)

    @property
    def seconds(self) -> float:
        """From the first fix to the last, on the line of media time."""
        said = [fix.media_s for fix in self.fixes if fix.media_s is not None]
        return said[-1] - said[0] if said else 0.0

    def first(self) -> Fix | None:
        """The first fix that has a position, or else the first of all."""
        return next((fix for fix in self.fixes if fix.place), self.fixes[0] if self.fixes else None)

    def with_remarks(self, remarks: Sequence[Remark]) -> "Track":
        return replace(self, remarks=(*self.remarks, *remarks))

    def shifted(self, seconds: float) -> "Track":
        """The same on a line of media time that began `seconds` earlier: the second part of a split recording."""
        return replace(self, fixes=tuple(_shifted(fix, seconds) for fix in self.fixes))


def _shifted(fix: Fix, seconds: float) -> Fix:
    return fix if fix.media_s is None else replace(fix, media_s=fix.media_s + seconds)


def fix_at(track: Track, media_s: float, *, within_s: float = 1.0) -> Fix | None:
    """What was said last at a moment of media time. None: nothing was said within `within_s` before it."""
    n = bisect_right(track.fixes, media_s + 1e-6, key=_media_s) - 1
    if n < 0 or _media_s(track.fixes[n]) < media_s - within_s:
        return None
    return track.fixes[n]


def _media_s(fix: Fix) -> float:
    """A fix that does not say comes before all that do."""
    return -math.inf if fix.media_s is None else fix.media_s


def completed(track: Track, other: Track) -> Track:
    """The track with gimbal angles and true time from another of the same recording, by media time.

    The clocks of two tracks of one video are 0.4 s apart; their media times are not.
    """
    fixes = tuple(
        _completed(fix, fix_at(other, fix.media_s)) if fix.media_s is not None else fix for fix in track.fixes
    )
    known = {Flaw.NO_GIMBAL, Flaw.LOCAL_CLOCK, Flaw.NO_CLOCK}
    remarks = tuple(remark for remark in track.remarks if remark.flaw not in known)
    return Track(track.name, f"{track.dialect} + {other.dialect}", fixes, remarks)


def _completed(fix: Fix, said: Fix | None) -> Fix:
    if said is None:
        return fix
    turned = replace(fix, yaw_deg=said.yaw_deg, pitch_deg=said.pitch_deg, roll_deg=said.roll_deg)
    return replace(turned if not fix.has_gimbal else fix, at=fix.at or said.at)


def in_zone(track: Track, zone: tzinfo, *, offset: timedelta = timedelta()) -> Track:
    """The track with `at` filled from its local clock, which was `offset` ahead of the true time."""
    return replace(track, fixes=tuple(_in_zone(fix, zone, offset) for fix in track.fixes))


def _in_zone(fix: Fix, zone: tzinfo, offset: timedelta) -> Fix:
    if fix.at is not None or fix.local is None:
        return fix
    return replace(fix, at=(fix.local.replace(tzinfo=zone) - offset).astimezone(UTC))
