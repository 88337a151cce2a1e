"""The detector may sleep through noise and light, and not through a walker."""

import numpy as np
import pytest

from tests.painted import CAR, HEIGHT, WIDTH, Light, Scenery, Thing, brighter, painted
from vision.gate import changed
from vision.motion import grey
from vision.types import Grey

EVERYWHERE = (0, 0, WIDTH, HEIGHT)
LEFT_HALF = (0, 0, WIDTH // 2, HEIGHT)


def seen(*things: Thing, shot: int = 0, light: Light | None = None, grain: float = 2.0) -> Grey:
    return grey(painted(things, Scenery(light=light, grain=grain, shot=shot)).image)


def walker(x: float) -> Thing:
    return Thing((x, 150, x + 20, 210), "person", coat=40)


@pytest.mark.parametrize("grain", [1.0, 3.0, 5.0])
def test_noise_lets_it_sleep(grain: float) -> None:
    assert not changed(seen(Thing(CAR), grain=grain), seen(Thing(CAR), grain=grain, shot=1), EVERYWHERE)


@pytest.mark.parametrize("light", [brighter(1.0, 20), brighter(1.0, -20), brighter(1.04)])
def test_a_change_of_exposure_lets_it_sleep(light: Light) -> None:
    assert not changed(seen(Thing(CAR)), seen(Thing(CAR), light=light, shot=1), EVERYWHERE)


def test_a_walker_wakes_it() -> None:
    assert changed(seen(), seen(walker(300), shot=1), EVERYWHERE)


def test_a_walker_in_another_exposure_wakes_it() -> None:
    assert changed(seen(), seen(walker(300), shot=1, light=brighter(1.0, 25)), EVERYWHERE)


def test_a_walker_who_takes_three_steps_wakes_it() -> None:
    assert changed(seen(walker(300)), seen(walker(312), shot=1), EVERYWHERE)


def test_a_walker_outside_the_area_lets_it_sleep() -> None:
    assert not changed(seen(), seen(walker(500), shot=1), LEFT_HALF)


def test_a_walker_at_the_edge_of_an_area_that_is_no_multiple_of_a_block_wakes_it() -> None:
    assert changed(seen(), seen(walker(300), shot=1), (0, 0, 311, 201))


def test_a_car_that_leaves_wakes_it() -> None:
    assert changed(seen(Thing(CAR)), seen(shot=1), EVERYWHERE)


def test_a_picture_of_another_size_wakes_it() -> None:
    assert changed(seen(), np.zeros((90, 160), np.uint8), EVERYWHERE)


def test_nothing_can_change_in_an_empty_area() -> None:
    assert not changed(seen(), seen(walker(300)), (200, 200, 200, 200))
