"""Which rectangles of a picture have to be rendered again."""

import numpy as np

from samples.render.description import Camera, Light
from samples.render.pinhole import project
from samples.render.rectangles import merged, touched, within

CAMERA = Camera((0, -12, 8), (0, 3, 0), 60)
POST = np.array([(0.0, 3.0, 0.0), (0.1, 3.1, 2.0)])
NOON, WET = Light(89, 180), Light(89, 180, wet=1.0)
FROM_THE_LEFT = Light(30, 270)


def test_a_thing_and_its_shadow_are_within_the_rectangle() -> None:
    rect = touched(CAMERA, FROM_THE_LEFT, POST)
    assert rect is not None
    tip = project(CAMERA, np.array([(2 * np.sqrt(3), 3.0, 0.0)]))[0]
    assert rect[0] < tip[0] < rect[2]
    assert rect[1] < tip[1] < rect[3]


def test_a_wet_road_mirrors_what_stands_on_it() -> None:
    dry, wet = touched(CAMERA, NOON, POST), touched(CAMERA, WET, POST)
    assert dry is not None
    assert wet is not None
    assert wet[3] > dry[3] + 30


def test_what_is_outside_the_picture_needs_no_rendering() -> None:
    assert within((1280, 720), (-50, 0, -2, 100)) is None


def test_rectangles_that_touch_become_one_even_through_a_third() -> None:
    assert merged([(0, 0, 10, 10), (20, 0, 30, 10), (8, 2, 22, 6)]) == [(0, 0, 30, 10)]


def test_rectangles_apart_stay_apart() -> None:
    assert len(merged([(0, 0, 10, 10), (20, 0, 30, 10)])) == 2
