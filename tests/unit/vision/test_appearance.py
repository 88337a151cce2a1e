"""A spot keeps its look through light and noise, and loses it when something else stands there."""

import cv2
import numpy as np
import pytest

from tests.painted import CAR, HEIGHT, WIDTH, Box, Light, Scenery, Thing, brighter, moved_by, painted, shadowed
from vision.appearance import SIDE, Patch, patch_at, sighting
from vision.motion import grey
from vision.stay import Tuning
from vision.types import Grey

SAME, DOUBTFUL = Tuning().same, Tuning().doubtful
SPOT = np.array(CAR)


def seen(*things: Thing, scenery: Scenery | None = None) -> Grey:
    return grey(painted(things, scenery).image)


def remembered(picture: Grey, box: Box = CAR) -> Patch:
    patch = patch_at(picture, np.array(box))
    assert patch is not None
    return patch


def alike(patch: Patch, picture: Grey, box: Box = CAR) -> float:
    found = sighting(patch, picture, np.array(box))
    assert found is not None
    return found.alike


def test_a_patch_has_one_size_whatever_the_box() -> None:
    assert remembered(seen(), (10, 10, 30, 25)).shape == (SIDE, SIDE)
    assert remembered(seen(), (10, 10, 600, 350)).shape == (SIDE, SIDE)


@pytest.mark.parametrize(
    "light",
    [None, brighter(1.4), brighter(0.5), brighter(1.0, 50), brighter(1.0, -50), shadowed(0.5, 320), shadowed(0.5, 700)],
    ids=["none", "sun", "dusk", "headlights", "cloud", "a shadow's edge across it", "wholly in shadow"],
)
def test_the_same_car_in_another_light_keeps_its_look(light: Light | None) -> None:
    car = remembered(seen(Thing(CAR)))
    assert alike(car, seen(Thing(CAR), scenery=Scenery(light=light, shot=1))) >= SAME


def test_the_same_car_by_night_with_coarse_grain_keeps_its_look() -> None:
    car = remembered(seen(Thing(CAR)))
    assert alike(car, seen(Thing(CAR), scenery=Scenery(light=brighter(0.5), grain=8.0, shot=1))) >= SAME


@pytest.mark.parametrize("coat", range(2, 12))
def test_another_car_at_the_same_spot_has_another_look(coat: int) -> None:
    car = remembered(seen(Thing(CAR)))
    assert alike(car, seen(Thing(CAR, coat=coat))) < DOUBTFUL


def test_a_car_of_the_same_make_is_neither_surely_the_same_nor_surely_another() -> None:
    one, other = seen(Thing(CAR)), seen(Thing(CAR, coat=2))
    akin = np.asarray(cv2.addWeighted(one, 0.4, other, 0.6, 0), np.uint8)
    assert DOUBTFUL <= alike(remembered(one), akin) < SAME


def test_the_bare_ground_does_not_look_like_the_car_that_left() -> None:
    assert alike(remembered(seen(Thing(CAR))), seen()) < DOUBTFUL


def test_a_small_sway_is_forgiven() -> None:
    car = remembered(seen(Thing(CAR)))
    assert alike(car, seen(Thing(CAR), scenery=Scenery(pose=moved_by(7, -4)))) >= SAME


def test_a_car_that_crept_a_quarter_of_its_length_is_no_longer_at_its_spot() -> None:
    x1, y1, x2, y2 = CAR
    crept = Thing((x1 + 30, y1, x2 + 30, y2))
    assert alike(remembered(seen(Thing(CAR))), seen(crept)) < SAME


def test_a_passer_by_over_a_fifth_of_the_car_leaves_it_its_look() -> None:
    walker = Thing((300, 170, 324, 262), "person", coat=30)
    assert alike(remembered(seen(Thing(CAR))), seen(Thing(CAR), walker)) >= SAME


def test_the_look_of_a_large_lorry_is_compared_as_well_as_that_of_a_small_car() -> None:
    lorry: Box = (40, 20, 600, 340)
    patch = remembered(seen(Thing(lorry)), lorry)
    again, another = seen(Thing(lorry), scenery=Scenery(shot=1)), seen(Thing(lorry, coat=2))
    assert alike(patch, again, lorry) >= SAME
    assert alike(patch, another, lorry) < DOUBTFUL


@pytest.mark.parametrize(
    "spot",
    [(-100, 100, 20, 200), (WIDTH - 20, 100, WIDTH + 100, 200), (100, HEIGHT - 20, 200, HEIGHT + 90), (5, 5, 9, 40)],
    ids=["beyond the left edge", "beyond the right edge", "beyond the lower edge", "too small"],
)
def test_a_spot_that_cannot_be_seen_has_no_likeness_rather_than_none(spot: Box) -> None:
    patch = remembered(seen(Thing(CAR)))
    assert patch_at(seen(), np.array(spot)) is None
    assert sighting(patch, seen(), np.array(spot)) is None


def test_a_car_cut_by_the_edge_of_the_picture_keeps_its_look() -> None:
    cut: Box = (-40, 150, 100, 240)
    patch = remembered(seen(Thing(cut)), cut)
    assert alike(patch, seen(Thing(cut), scenery=Scenery(shot=1)), cut) >= SAME
