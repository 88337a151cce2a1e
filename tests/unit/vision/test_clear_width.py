"""The width that a fire engine finds beside what stands in its lane."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vision.geometry import (
    Points,
    clear_width,
    corners,
    lane_width,
    points,
)

LANE_M = points([(0, 0), (20, 0), (20, 6), (0, 6)])
"""Twenty metres of a six metre wide lane."""


def footprint(x1: float, y1: float, x2: float, y2: float) -> Points:
    return corners(np.array([x1, y1, x2, y2], np.float64))


def turned(shape: Points, degrees: float, by: tuple[float, float] = (0.0, 0.0)) -> Points:
    angle = np.deg2rad(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return np.asarray(shape @ turn.T + by, np.float64)


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
