"""The camera as mathematics."""

import numpy as np
import pytest

from samples.render.description import Camera
from samples.render.pinhole import ground_homography, project

CAMERA = Camera((-5.0, -11.4, 7.4), (1.6, 3.6, 0.5), 61)


def test_the_target_is_in_the_middle_of_the_picture() -> None:
    assert project(CAMERA, np.array([CAMERA.target]))[0] == pytest.approx((640, 360))


def test_what_is_higher_is_further_up_in_the_picture() -> None:
    low, high = project(CAMERA, np.array([(0, 3, 0), (0, 3, 2)]))
    assert high[1] < low[1] - 40


def test_the_field_of_view_is_as_wide_as_asked() -> None:
    looking = Camera((0, 0, 0), (0, 10, 0), 90)
    assert project(looking, np.array([(10.0, 10.0, 0.0)]))[0] == pytest.approx((1280, 360))


def test_the_ground_homography_undoes_the_projection() -> None:
    ground = np.array([(-4.0, 1.0, 0.0), (6.0, 4.0, 0.0), (1.0, -3.0, 0.0)])
    pixels = np.column_stack([project(CAMERA, ground), np.ones(3)])
    back = pixels @ ground_homography(CAMERA).T
    assert back[:, :2] / back[:, 2:] == pytest.approx(ground[:, :2])
