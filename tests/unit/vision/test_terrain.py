"""Lines of sight over a grid of heights."""

import numpy as np
import pytest

from tests.unit.vision.cameras import LAT, LENS, LON, MIDDLE, a_pose, from_camera
from vision.geolocation import NoFix, Refusal, locate
from vision.pin import Pin, Term
from vision.surface import Level
from vision.terrain import Terrain

STEP = 1 / 3600
METRES_NORTH = STEP * 110_850
"""Of one cell at this latitude."""


def a_terrain(rise_per_cell: float = 0.0, wall_from: int = 1000, size: int = 81) -> Terrain:
    """Ground that rises towards the north from 0 under the camera, with a wall of 200 m from a row north of it."""
    rows = np.arange(size // 2, -size // 2, -1, dtype=np.float32)
    column = rows * rise_per_cell + np.where(rows >= wall_from, 200, 0)
    heights = np.repeat(column[:, None], size, axis=1).astype(np.float32)
    return Terrain(heights, LAT + size // 2 * STEP, LON - size // 2 * STEP, STEP, STEP)


def north_of(pin: Pin) -> float:
    return float(from_camera(pin)[0])


def test_a_height_between_cells_is_between_their_heights() -> None:
    assert a_terrain(10.0).height(LAT + 0.5 * STEP, LON) == pytest.approx(5.0, abs=0.01)


def test_over_level_cells_a_place_is_that_of_level_ground() -> None:
    on_cells, on_level = (locate(a_pose(), LENS, s, MIDDLE) for s in (a_terrain(), Level()))
    assert from_camera(on_cells) == pytest.approx(from_camera(on_level), abs=0.01)


def test_rising_ground_is_met_sooner() -> None:
    pin = locate(a_pose(yaw=0, pitch=-45), LENS, a_terrain(METRES_NORTH), MIDDLE)
    assert (north_of(pin), pin.height_m) == pytest.approx((50, 50), abs=0.3)


def test_the_first_hill_hides_the_ground_behind_it() -> None:
    pin = locate(a_pose(yaw=0, pitch=-20), LENS, a_terrain(wall_from=4), MIDDLE)
    assert 3 * METRES_NORTH < north_of(pin) < 4 * METRES_NORTH


def test_straight_down_the_ground_below_is_met() -> None:
    assert from_camera(locate(a_pose(pitch=-90), LENS, a_terrain(), MIDDLE)) == pytest.approx([0, 0], abs=0.01)


@pytest.mark.parametrize("hole", ["edge", "unknown"])
def test_where_no_heights_are_known_there_is_no_place(hole: str) -> None:
    terrain = a_terrain(size=5 if hole == "edge" else 81)
    if hole == "unknown":
        terrain.heights[:] = np.nan
    with pytest.raises(NoFix) as caught:
        locate(a_pose(yaw=0, pitch=-20), LENS, terrain, MIDDLE)
    assert caught.value.refusal is Refusal.OFF_THE_MAP


def test_a_camera_below_the_ground_has_the_wrong_height() -> None:
    with pytest.raises(NoFix):
        locate(a_pose(height=-5), LENS, a_terrain(), MIDDLE)


def test_on_ground_that_falls_away_the_same_doubt_of_height_moves_the_place_further() -> None:
    level, falling = (locate(a_pose(yaw=0, pitch=-30), LENS, a_terrain(r), MIDDLE) for r in (0.0, -0.2 * METRES_NORTH))
    assert of_height(falling) > 1.3 * of_height(level)


def of_height(pin: Pin) -> float:
    return next(effect for effect in pin.effects if effect.term is Term.HEIGHT).size_m
