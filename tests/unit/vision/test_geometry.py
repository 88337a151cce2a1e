"""Boxes, polygons, the ground, and the width that is left beside what stands on it."""

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
    clear_width,
    corners,
    covered,
    iou,
    is_simple,
    lane_width,
    points,
    share_inside,
)

LANE_M = points([(0, 0), (20, 0), (20, 6), (0, 6)])
"""Twenty metres of a six metre wide lane."""


def box(*xyxy: float) -> NDArray[np.float64]:
    return np.array(xyxy, np.float64)


def boxes(*rows: tuple[float, float, float, float]) -> NDArray[np.float64]:
    return np.array(rows, np.float64).reshape(-1, 4)


def footprint(x1: float, y1: float, x2: float, y2: float) -> Points:
    return corners(box(x1, y1, x2, y2))


def turned(shape: Points, degrees: float, by: tuple[float, float] = (0.0, 0.0)) -> Points:
    angle = np.deg2rad(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return np.asarray(shape @ turn.T + by, np.float64)


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


def test_an_empty_lane_is_as_wide_as_it_is() -> None:
    assert clear_width(LANE_M, []) == pytest.approx(6)


@pytest.mark.parametrize(
    ("standing", "left"),
    [
        ([footprint(8, 0, 13, 2)], 4.0),
        ([footprint(8, 4.2, 13, 6)], 4.2),
        ([footprint(8, 2, 13, 4)], 2.0),
        ([footprint(8, 1, 13, 3)], 3.0),
        ([footprint(8, -1, 13, 7)], 0.0),
        ([footprint(8, -3, 13, -1)], 6.0),
        ([footprint(2, 0, 7, 2), footprint(12, 3, 17, 6)], 3.0),
        ([footprint(2, 0, 7, 2), footprint(4, 4, 9, 6)], 2.0),
        ([footprint(2, 0, 7, 3), footprint(4, 2, 9, 4)], 2.0),
    ],
    ids=[
        "a car at the kerb",
        "a car at the other kerb",
        "a car in the middle leaves two gaps, neither wide enough",
        "of two gaps the wider one counts",
        "a lorry across the lane",
        "a car beside the lane takes nothing of it",
        "of two cars one after the other the wider decides",
        "two cars side by side take the width of both",
        "cars that overlap are not counted twice",
    ],
)
def test_the_clear_width_beside_what_stands(standing: list[Points], left: float) -> None:
    assert clear_width(LANE_M, standing) == pytest.approx(left, abs=1e-3)


@pytest.mark.parametrize("degrees", [0, 17, 45, 90, 133])
def test_the_clear_width_is_measured_across_the_lane_however_it_lies(degrees: float) -> None:
    lane, car = turned(LANE_M, degrees, (30, -8)), turned(footprint(8, 0, 13, 2.5), degrees, (30, -8))
    assert clear_width(lane, [car]) == pytest.approx(3.5, abs=1e-3)


def test_a_barrier_thinner_than_the_distance_of_the_sections_is_not_missed() -> None:
    assert clear_width(LANE_M, [footprint(10.01, 0, 10.06, 5)]) == pytest.approx(1.0, abs=1e-3)


def test_a_lane_that_tapers_off_behind_a_car_is_not_blocked_by_its_end() -> None:
    tapering = points([(0, 0), (20, 0), (26, 3), (20, 6), (0, 6)])
    assert clear_width(tapering, [footprint(4, 0, 9, 2)]) == pytest.approx(4.0, abs=0.01)
    assert lane_width(tapering) == pytest.approx(6, abs=0.01)


def test_a_car_turned_askew_takes_its_reach_across_the_lane() -> None:
    askew = turned(footprint(-2.5, -1, 2.5, 1), 30, (10, 1))
    reach = 1 + 2.5 * np.sin(np.pi / 6) + 1 * np.cos(np.pi / 6)
    assert clear_width(LANE_M, [askew]) == pytest.approx(6 - reach, abs=0.16)


things = st.lists(
    st.tuples(st.floats(0, 19), st.floats(-1, 6), st.floats(0.3, 6), st.floats(0.1, 3)).map(
        lambda t: footprint(t[0], t[1], t[0] + t[2], t[1] + t[3])
    ),
    min_size=1,
    max_size=4,
)


@given(things)
def test_the_clear_width_lies_between_nothing_and_the_whole_lane(standing: list[Points]) -> None:
    assert 0 <= clear_width(LANE_M, standing) <= 6 + 1e-3


@given(things)
def test_one_more_thing_never_makes_a_lane_wider(standing: list[Points]) -> None:
    assert clear_width(LANE_M, standing) <= clear_width(LANE_M, standing[1:]) + 1e-3


@given(things)
def test_what_is_left_is_shared_by_one_gap_more_than_there_are_things(standing: list[Points]) -> None:
    taken = sum(float(np.ptp(thing[:, 1])) for thing in standing)
    assert clear_width(LANE_M, standing) >= (6 - taken) / (len(standing) + 1) - 1e-3
