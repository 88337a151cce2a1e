"""A box becomes the ground that the thing in it takes."""

import numpy as np
import pytest

from vision.footprint import SIZES_M, footprint
from vision.geometry import Ground, Points, points

ALONG_X = np.array([1.0, 0.0])
FROM_ABOVE = Ground.through(
    points([(0, 0), (400, 0), (400, 400), (0, 400)]), points([(0, 10), (10, 10), (10, 0), (0, 0)])
)


def askew() -> Ground:
    """A camera 7 m up that looks across the lane at an angle: the lane's far end is nearer to the horizon."""
    image = points([(77, 294), (552, 201), (472, 159), (81, 218)])
    return Ground.through(image, points([(-6.0, 1.2), (8.0, 1.2), (8.0, 5.4), (-6.0, 5.4)]))


def boxed(foot: Points, ground: Ground, height_px: float) -> np.ndarray:
    """The box of an upright thing on that footprint: its picture on the ground, and as much above."""
    picture = ground.pixels(foot)
    (x1, y1), (x2, y2) = picture.min(axis=0), picture.max(axis=0)
    return np.array([x1, y1 - height_px, x2, y2], np.float32)


@pytest.mark.parametrize("at", [(1.5, 3.2), (4.0, 4.4), (-2.0, 2.2)])
def test_a_car_seen_askew_is_found_where_it_stands(at: tuple[float, float]) -> None:
    width, length = SIZES_M["car"]
    true = points(
        [(-length / 2, -width / 2), (length / 2, -width / 2), (length / 2, width / 2), (-length / 2, width / 2)]
    )
    box = boxed(true + at, askew(), height_px=40)
    assert footprint(box, "car", askew(), ALONG_X) == pytest.approx(true + at, abs=0.05)


def test_a_car_takes_its_width_across_the_lane_and_its_length_along_it() -> None:
    foot = footprint(np.array([100, 100, 280, 200], np.float32), "car", askew(), ALONG_X)
    assert foot.max(axis=0) - foot.min(axis=0) == pytest.approx([4.5, 1.8])


def test_a_nameless_thing_takes_its_lower_edge_and_a_cars_width_behind_it() -> None:
    foot = footprint(np.array([200, 120, 280, 280], np.float32), "obstacle", FROM_ABOVE, ALONG_X)
    assert foot == pytest.approx(points([(5, 3), (7, 3), (7, 4.8), (5, 4.8)]), abs=1e-3)
