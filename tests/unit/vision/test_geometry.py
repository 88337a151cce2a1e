"""Boxes, polygons and the ground."""

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from vision.geometry import (
    Ground,
    Points,
    area,
    area_inside,
    covered,
    iou,
    is_simple,
    points,
    share_inside,
)

LANE_M = points([(0, 0), (20, 0), (20, 6), (0, 6)])
"""Twenty metres of a six metre wide lane."""


def box(*xyxy: float) -> NDArray[np.float64]:
    return np.array(xyxy, np.float64)


def boxes(*rows: tuple[float, float, float, float]) -> NDArray[np.float64]:
    return np.array(rows, np.float64).reshape(-1, 4)


def test_boxes_that_share_a_third_of_their_union_have_an_iou_of_a_third() -> None:
    overlap = iou(boxes((0, 0, 2, 2)), boxes((1, 0, 3, 2), (0, 0, 2, 2), (5, 5, 6, 6)))
    assert overlap[0] == pytest.approx([1 / 3, 1, 0])


def test_no_boxes_overlap_with_nothing() -> None:
    assert iou(boxes(), boxes((0, 0, 1, 1))).shape == (0, 1)


def test_a_box_without_area_overlaps_with_nothing() -> None:
    assert iou(boxes((1, 1, 1, 5)), boxes((0, 0, 2, 2))) == pytest.approx(0)


def test_covered_is_a_share_of_the_first_box_however_large_the_other_is() -> None:
    assert covered(boxes((0, 0, 4, 4)), boxes((2, 0, 100, 100)))[0, 0] == pytest.approx(0.5)


def test_the_share_of_a_box_in_a_triangle_is_exact() -> None:
    assert share_inside(box(0, 0, 4, 4), points([(0, 0), (4, 0), (0, 4)])) == pytest.approx(0.5)


def test_the_notch_of_a_concave_lane_is_not_lane() -> None:
    horseshoe = points([(0, 0), (9, 0), (9, 9), (6, 9), (6, 3), (3, 3), (3, 9), (0, 9)])
    assert share_inside(box(3, 4, 6, 9), horseshoe) == pytest.approx(0)
    assert share_inside(box(0, 4, 6, 9), horseshoe) == pytest.approx(0.5)


def test_a_box_without_area_has_no_share_in_anything() -> None:
    assert share_inside(box(1, 1, 1, 3), LANE_M) == 0


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=3, max_size=7), st.data())
def test_clipping_agrees_with_counting_pixels(pairs: list[tuple[int, int]], data: st.DataObject) -> None:
    polygon = _star_shaped(pairs)
    x1, y1 = data.draw(st.integers(0, 40)), data.draw(st.integers(0, 40))
    x2, y2 = data.draw(st.integers(x1 + 1, 60)), data.draw(st.integers(y1 + 1, 60))
    slack = 0.5 * _outline(polygon) / 4 + 4
    assert area_inside(box(x1, y1, x2, y2), polygon) == pytest.approx(_counted(polygon, x1, y1, x2, y2), abs=slack)


def _star_shaped(pairs: list[tuple[int, int]]) -> Points:
    """The same points, ordered round their middle, so that no sides cross."""
    found = points(sorted(set(pairs)))
    away = found - found.mean(axis=0)
    return found[np.argsort(np.arctan2(away[:, 1], away[:, 0]), kind="stable")]


def _outline(polygon: Points) -> float:
    return float(np.linalg.norm(polygon - np.roll(polygon, -1, 0), axis=1).sum())


def _counted(polygon: Points, x1: int, y1: int, x2: int, y2: int, fine: int = 4) -> float:
    """The same area by painting it four times as large, pixel centres decide."""
    mask = np.zeros((61 * fine, 61 * fine), np.uint8)
    cv2.fillPoly(mask, [np.round(polygon * fine - 0.5).astype(np.int32)], 1)
    return float(mask[y1 * fine : y2 * fine, x1 * fine : x2 * fine].sum()) / fine**2


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=3, max_size=7))
def test_a_box_round_the_whole_polygon_holds_all_of_it(pairs: list[tuple[int, int]]) -> None:
    polygon = points(pairs)
    assert area_inside(box(-1, -1, 61, 61), polygon) == pytest.approx(area(polygon), abs=1e-6)


def test_a_square_is_simple_and_a_bow_tie_is_not() -> None:
    assert is_simple(points([(0, 0), (1, 0), (1, 1), (0, 1)]))
    assert not is_simple(points([(0, 0), (1, 1), (1, 0), (0, 1)]))


def test_four_points_carry_every_other_point_of_the_ground() -> None:
    image = points([(100, 400), (540, 400), (420, 100), (220, 100)])
    ground = Ground.through(image, points([(0, 0), (8, 0), (8, 30), (0, 30)]))
    assert ground.metres(image) == pytest.approx(points([(0, 0), (8, 0), (8, 30), (0, 30)]), abs=1e-6)
    assert ground.metres(points([(320, 400), (320, 100)]))[:, 0] == pytest.approx([4, 4], abs=1e-6)


@pytest.mark.parametrize(
    "image",
    [
        [(0, 0), (100, 100), (200, 200), (300, 300)],
        [(0, 0), (0, 0), (100, 0), (0, 100)],
        [(0, 0), (50, 0), (100, 0), (0, 100)],
    ],
    ids=["on one line", "two the same", "three on one line"],
)
def test_points_that_span_no_plane_are_refused(image: list[tuple[float, float]]) -> None:
    with pytest.raises(ValueError, match="one line"):
        Ground.through(points(image), points([(0, 0), (1, 0), (1, 1), (0, 1)]))
