"""The detector may sleep through noise, light and passers-by, and not through what comes to rest."""

import numpy as np
import pytest

from tests.painted import CAR, HEIGHT, WIDTH, Light, Scenery, Thing, brighter, painted
from vision.gate import blocks_of, rested, settled
from vision.geometry import points
from vision.motion import grey
from vision.types import Grey, Image

EVERYWHERE = blocks_of([points([(0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)])], (WIDTH, HEIGHT))
LEFT_HALF = blocks_of([points([(0, 0), (WIDTH // 2, 0), (WIDTH // 2, HEIGHT), (0, HEIGHT)])], (WIDTH, HEIGHT))
NOWHERE = np.zeros_like(EVERYWHERE)


def seen(*things: Thing, shot: int = 0, light: Light | None = None, grain: float = 2.0) -> Grey:
    return grey(painted(things, Scenery(light=light, grain=grain, shot=shot)).image)


def walker(x: float) -> Thing:
    return Thing((x, 150, x + 20, 210), "person", coat=40)


@pytest.mark.parametrize("grain", [1.0, 3.0, 5.0])
def test_noise_lets_it_sleep(grain: float) -> None:
    before, last, now = (seen(Thing(CAR), grain=grain, shot=shot) for shot in range(3))
    assert not settled(before, last, now, EVERYWHERE)


@pytest.mark.parametrize("light", [brighter(1.0, 20), brighter(1.0, -20), brighter(1.04)])
def test_a_change_of_exposure_lets_it_sleep(light: Light) -> None:
    last, now = (seen(Thing(CAR), light=light, shot=shot) for shot in (1, 2))
    assert not settled(seen(Thing(CAR)), last, now, EVERYWHERE)


def test_a_wet_patch_that_darkens_the_ground_a_little_lets_it_sleep() -> None:
    def damp(image: Image) -> Image:
        darker = image.copy()
        darker[200:260, 300:380] -= 4
        return darker

    last, now = (seen(light=damp, grain=0.5, shot=shot) for shot in (1, 2))
    assert not settled(seen(grain=0.5), last, now, EVERYWHERE)


def test_a_walker_who_passes_lets_it_sleep() -> None:
    assert not settled(seen(), seen(walker(300), shot=1), seen(walker(340), shot=2), EVERYWHERE)


def test_a_walker_who_stops_wakes_it() -> None:
    assert settled(seen(), seen(walker(300), shot=1), seen(walker(300), shot=2), EVERYWHERE)


def test_a_walker_who_stops_in_another_exposure_wakes_it() -> None:
    last, now = (seen(walker(300), shot=shot, light=brighter(1.0, 25)) for shot in (1, 2))
    assert settled(seen(), last, now, EVERYWHERE)


def test_a_walker_who_stops_outside_the_zones_lets_it_sleep() -> None:
    assert not settled(seen(), seen(walker(500), shot=1), seen(walker(500), shot=2), LEFT_HALF)


def test_a_car_that_has_left_wakes_it() -> None:
    assert settled(seen(Thing(CAR)), seen(shot=1), seen(shot=2), EVERYWHERE)


def test_a_picture_of_another_size_wakes_it() -> None:
    assert settled(seen(), seen(shot=1), np.zeros((90, 160), np.uint8), EVERYWHERE)


def test_nothing_can_come_to_rest_nowhere() -> None:
    assert not settled(seen(), seen(walker(300), shot=1), seen(walker(300), shot=2), NOWHERE)


def test_ground_that_a_walker_uncovers_is_nothing_new() -> None:
    street = rested(seen(), seen(walker(260), shot=1), seen(walker(300), shot=2))
    assert not settled(street, seen(walker(380), shot=3), seen(walker(420), shot=4), EVERYWHERE)


def test_a_zone_at_the_edge_of_the_picture_has_its_blocks() -> None:
    edge = blocks_of([points([(WIDTH - 20, HEIGHT - 20), (WIDTH, HEIGHT - 20), (WIDTH, HEIGHT)])], (WIDTH, HEIGHT))
    assert edge[-1, -1]
    assert not edge[0, 0]
