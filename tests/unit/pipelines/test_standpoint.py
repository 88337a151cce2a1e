"""Which height a pin is measured from: the best that is known, and never that above take-off while another is."""

import cv2
import numpy as np
import pytest

from pipelines.standpoint import Ground, calibration_of, standpoint
from pipelines.telemetry import Fix
from pipelines.viewpoint import NoViewpoint
from pipelines.xmp import Laser
from tests.unit.vision.cameras import LAT, LON, a_pose, moved
from tests.unit.vision.pictures import noise
from vision.flight_calibration import Calibration
from vision.pose import Lens, Origin
from vision.surface import Level, Ranged
from vision.terrain import Terrain
from vision.types import Grey

FIX = Fix(lat_deg=LAT, lon_deg=LON, rel_alt_m=95.0, yaw_deg=40.0, pitch_deg=-60.0, roll_deg=0.0)
LASER = Laser(79.6, LAT, LON, 10.0, 60.0)
CALIBRATION = Calibration(ground_m=15.0, ground_sigma_m=7.0, yaw_deg=2.0, yaw_sigma_deg=0.5, pairs=9)
HILL = Terrain(np.full((21, 21), 300, np.float32), LAT + 0.01, LON - 0.01, 0.001, 0.001)
HOME = (LAT, LON)


def test_a_laser_is_believed_before_everything_else() -> None:
    pose, surface = standpoint(FIX, Ground(HILL, HOME, CALIBRATION), LASER)
    assert surface == Ranged(79.6)
    assert pose.doubts.height_m.origin is Origin.LASER


def test_over_terrain_the_height_begins_at_the_take_off_whatever_the_datum() -> None:
    pose, surface = standpoint(FIX, Ground(HILL, HOME, CALIBRATION))
    assert surface is HILL
    assert pose.height_m == pytest.approx(395)


@pytest.mark.parametrize("take_off", [None, (LAT + 1, LON)])
def test_terrain_that_does_not_know_the_take_off_is_left_out(take_off: tuple[float, float] | None) -> None:
    pose, surface = standpoint(FIX, Ground(HILL, take_off, CALIBRATION))
    assert surface == Level()
    assert (pose.height_m, pose.yaw_deg) == (80, 42)
    assert pose.doubts.height_m.origin is Origin.IMAGE_MOTION


def test_height_above_take_off_alone_is_doubted_by_as_much_as_hills_are_high() -> None:
    hilly, flat = (standpoint(FIX, Ground(is_flat=flat))[0].doubts.height_m for flat in (False, True))
    assert (hilly.sigma, flat.sigma) == (18, 2)
    assert hilly.origin is Origin.TAKE_OFF


def test_without_a_direction_there_is_no_standpoint() -> None:
    with pytest.raises(NoViewpoint):
        standpoint(Fix(lat_deg=LAT, lon_deg=LON, rel_alt_m=95.0), Ground())


SMALL = Lens(320, 240, 300.0, 160.0, 120.0)


def meadow() -> Grey:
    """A map of the ground, 0.2 m a pixel, north at the top."""
    fine = noise(900, 900, 3)[:, :, 0].astype(np.float32)
    whole = np.asarray(sum(cv2.GaussianBlur(fine, (0, 0), size) * size for size in (1.5, 4)), np.float32)
    return np.asarray(cv2.normalize(whole, np.zeros_like(whole), 0, 255, cv2.NORM_MINMAX), np.uint8)


def taken(ground: Grey, north_m: float) -> Grey:
    """From 60 m, straight down: a pixel of the picture is as long as one of the map."""
    top = 500 - round(north_m / 0.2)
    return np.ascontiguousarray(ground[top : top + 240, 290:610])


def test_a_flights_own_pictures_tell_its_height_above_what_is_seen() -> None:
    ground = meadow()
    stations = [6.0 * n for n in range(5)]
    poses = [moved(a_pose(0, -90, height=75), north, 0.0) for north in stations]
    found = calibration_of(poses, [taken(ground, north) for north in stations], SMALL)
    assert found is not None
    assert found.ground_m == pytest.approx(15, abs=0.5)


def test_pictures_of_nothing_tell_no_height() -> None:
    assert calibration_of([a_pose()] * 3, [np.full((240, 320), 90, np.uint8)] * 3, SMALL) is None
