"""The best of what is known of a camera's height and of the ground below it: laser, terrain, image motion, take-off."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.telemetry import Fix
from pipelines.viewpoint import pose_of
from pipelines.xmp import Laser
from vision.agreement import Overlap
from vision.flight_calibration import Calibration, NoOverlap, calibrated
from vision.pose import GPS_OVER_HILLS, GPS_OVER_TERRAIN, GPS_OVER_TOWN, GPS_WITH_LASER, Lens, Pose
from vision.registration import NotRegistered, register
from vision.surface import Level, Ranged, Surface
from vision.terrain import Terrain
from vision.types import Grey

_NEIGHBOURS = 2
"""Every picture is laid onto the next two."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a flight knows of its ground. `take_off`: latitude and longitude, where the drone began to count its height.

    `is_flat`: the ground is known to be about as high as that place.
    """

    terrain: Terrain | None = None
    take_off: tuple[float, float] | None = None
    calibration: Calibration | None = None
    is_flat: bool = False


def standpoint(fix: Fix, ground: Ground, laser: Laser | None = None) -> tuple[Pose, Surface]:
    """A pose and the surface whose heights are above the same datum. Raises viewpoint.NoViewpoint.

    Height above take-off alone comes last: it is no height above what is seen.
    """
    if laser is not None:
        return pose_of(fix, GPS_WITH_LASER, height_m=fix.rel_alt_m or 0.0), Ranged(laser.distance_m)
    base = _terrain_at_take_off(ground)
    if ground.terrain is not None and base is not None:
        return pose_of(fix, GPS_OVER_TERRAIN, take_off_m=base), ground.terrain
    if ground.calibration is not None:
        return ground.calibration.applied(pose_of(fix, GPS_OVER_TOWN)), Level()
    return pose_of(fix, GPS_OVER_TOWN if ground.is_flat else GPS_OVER_HILLS), Level()


def _terrain_at_take_off(ground: Ground) -> float | None:
    """The terrain's own height there makes every datum the same; None where it is not known."""
    if ground.terrain is None or ground.take_off is None:
        return None
    height = ground.terrain.height(*ground.take_off)
    return None if math.isnan(height) else height


def calibration_of(poses: Sequence[Pose], pictures: Sequence[Grey], lens: Lens) -> Calibration | None:
    """From a flight's pictures in the order in which they were taken, with their poses. None: they do not overlap."""
    pairs = [(i, j) for i in range(len(pictures)) for j in range(i + 1, min(i + 1 + _NEIGHBOURS, len(pictures)))]
    overlaps = [overlap for i, j in pairs for overlap in _overlap(pictures, i, j)]
    try:
        return calibrated(lens, poses, overlaps)
    except NoOverlap:
        return None


def _overlap(pictures: Sequence[Grey], i: int, j: int) -> list[Overlap]:
    try:
        found = register(pictures[i], pictures[j])
    except NotRegistered:
        return []
    return [Overlap(i, j, found.first_px, found.second_px)]
