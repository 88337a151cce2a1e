"""Looks at one face from several places and with two cameras meet on it, in metres."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pipelines.dam import Conditions, Dam, Part, Region
from pipelines.face_watch import FaceWatch, Glimpse, clearest
from vision.geometry import Points
from vision.layer import patches
from vision.pose import GPS_OVER_TOWN, Lens, Pose
from vision.sight import places_of

LENS = Lens(640, 360, 600.0, 320.0, 180.0)
SEEP = np.array([[-2.0, 3.0], [1.0, 3.0], [1.0, -1.0], [-2.0, -1.0]])
"""Twelve square metres."""


def a_region(name: str, part: Part, *corners: tuple[float, float, float]) -> Region:
    """Corners in metres north, east, up of 26 N 119 E; about 111 km a degree there."""
    places = [[26.0 + n / 110_780, 119.0 + e / 100_140, up] for n, e, up in corners]
    return Region(name, name, part, np.array(places))


FACE = a_region("face", Part.FACE, (-10, -25, 0), (-10, 25, 0), (0, 25, 12), (0, -25, 12))
DRAIN = a_region("drain", Part.DRAIN, (-9.0, 5, 1.2), (-9.0, 7, 1.2), (-7.5, 7, 3.0), (-7.5, 5, 3.0))


def a_dam(*regions: Region) -> Dam:
    return Dam(Path("dam.toml"), "d", "d", regions, 0.0, 0.0, 0.0, Conditions())


def a_look(north_m: float, east_m: float, up_m: float, yaw: float, pitch: float, *, file: str = "a.mp4") -> Glimpse:
    pose = Pose(26.0 + north_m / 110_780, 119.0 + east_m / 100_140, up_m, yaw, pitch, 0.0, GPS_OVER_TOWN)
    return Glimpse(file, 0.0, None, pose, LENS)


LEFT, RIGHT, FAR = (
    a_look(-45, -20, 15, 25, -12),
    a_look(-40, 18, 10, -25, -5),
    a_look(-90, 0, 20, 0, -9, file="far.mp4"),
)


def seen(watch: FaceWatch, look: Glimpse, patch: Points, *, inside: float, outside: float) -> NDArray[np.float32]:
    """What a camera sees of a face that is `inside` on the patch and `outside` around it."""
    eye = watch.sight(look)
    picture = np.full((LENS.height_px, LENS.width_px), outside, np.float32)
    drawn = np.round(eye.of(watch.face.places(patch)) * 16).astype(np.int32)
    cv2.fillPoly(picture, [drawn], (inside,), shift=4)
    return picture


def colour(watch: FaceWatch, look: Glimpse, patch: Points = SEEP) -> bool:
    wet = seen(watch, look, patch, inside=1.0, outside=0.0)
    return watch.see_colour(look, np.full((360, 640, 3), 128, np.uint8), wet, np.zeros_like(wet))


def test_two_looks_from_either_side_agree_on_area_and_place() -> None:
    watch = FaceWatch(FACE, a_dam(FACE), cell_m=0.1)
    assert watch.shows(LEFT)
    assert colour(watch, LEFT)
    assert colour(watch, RIGHT)
    [patch] = patches(watch.sheets().wet > 0.5, watch.grid, least_m2=0.5, gap_m=0.3)
    assert patch.area_m2 == pytest.approx(12.0, rel=0.05)
    assert patch.middle == pytest.approx([-0.5, 1.0], abs=0.15)


def test_drift_of_the_thermal_sensor_between_looks_is_taken_out() -> None:
    watch = FaceWatch(FACE, a_dam(FACE), cell_m=0.1)
    for look, drift in ((LEFT, 290.0), (RIGHT, 294.0)):
        watch.see_thermal(look, seen(watch, look, SEEP, inside=drift - 2.5, outside=drift))
    kelvin = watch.sheets().kelvin
    assert float(np.nanmin(kelvin)) == pytest.approx(-2.5, abs=0.05)
    assert float(np.nanmedian(kelvin)) == pytest.approx(0.0, abs=0.05)


def test_a_look_elsewhere_shows_nothing_and_is_not_counted() -> None:
    watch = FaceWatch(FACE, a_dam(FACE), cell_m=0.2)
    nothing = np.zeros((360, 640), np.float32)
    away = a_look(-45, -20, 15, 180, -12)
    assert not watch.see_colour(away, np.full((360, 640, 3), 128, np.uint8), nothing, nothing)
    assert watch.colour_glimpses == []
    assert not watch.shows(away)
    assert watch.sheets().seen_share() == 0.0


def test_a_look_from_too_far_away_is_none() -> None:
    watch = FaceWatch(FACE, a_dam(FACE), cell_m=0.2)
    assert not colour(watch, a_look(-190, 0, 20, 0, -4))
    assert watch.sheets().seen_share() == 0.0


def test_at_a_drain_nothing_is_watched() -> None:
    whole, less = (FaceWatch(FACE, a_dam(*regions), cell_m=0.1) for regions in ((FACE,), (FACE, DRAIN)))
    drained_m2 = (whole.grid.inside.sum() - less.grid.inside.sum()) * less.grid.cell_m2
    assert drained_m2 == pytest.approx(2.0 * np.hypot(1.5, 1.8), rel=0.1)


def test_a_long_levee_gets_coarser_cells_and_not_more_memory() -> None:
    levee = a_region("levee", Part.FACE, (-10, -4000, 0), (-10, 4000, 0), (0, 4000, 6), (0, -4000, 6))
    grid = FaceWatch(levee, a_dam(levee), cell_m=0.05).grid
    assert grid.inside.size <= 2_100_000
    assert grid.cell_m > 0.05


def test_the_clearest_look_is_the_nearest_that_shows_the_patch() -> None:
    watch = FaceWatch(FACE, a_dam(FACE), cell_m=0.2)
    for look in (FAR, LEFT, RIGHT):
        colour(watch, look)
    [patch] = patches(watch.sheets().wet > 0.5, watch.grid, least_m2=0.5, gap_m=0.3)
    assert clearest(watch.colour_glimpses, patch, watch) is RIGHT


def test_metres_on_the_face_lead_back_to_its_corners() -> None:
    watch = FaceWatch(FACE, a_dam(FACE), cell_m=0.2)
    assert places_of(watch.face.places(watch.face.outline), watch.around) == pytest.approx(FACE.corners, abs=1e-4)
