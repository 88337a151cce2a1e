"""Looks at one face add up, each where it saw something and as much as it saw finely."""

import numpy as np
import pytest

from vision.face import Face, Grid, Sheet
from vision.layer import Layer, Mask, patches

CELL_M = 0.5


def a_grid() -> Grid:
    return Face.through(np.array([[0.0, 0, 0], [20, 0, 0], [20, 10, 0], [0, 10, 0]])).grid(CELL_M)


def a_sheet(values: list[list[float]]) -> Sheet:
    return np.array(values, np.float32)


def blots(*boxes: tuple[int, int, int, int]) -> Mask:
    """Cells within the boxes: first row, first column, end row, end column."""
    mask = np.zeros(a_grid().inside.shape, np.bool_)
    for top, left, bottom, right in boxes:
        mask[top:bottom, left:right] = True
    return mask


def test_a_mean_gives_the_finer_look_its_weight() -> None:
    layer = Layer((1, 1))
    layer.add(a_sheet([[1.0]]), a_sheet([[3.0]]))
    layer.add(a_sheet([[0.0]]), a_sheet([[1.0]]))
    assert layer.mean()[0, 0] == pytest.approx(0.75)


def test_what_one_look_missed_another_may_have_seen_and_what_none_saw_stays_unknown() -> None:
    layer = Layer((1, 3))
    layer.add(a_sheet([[np.nan, 0.2, np.nan]]), np.ones((1, 3), np.float32))
    layer.add(a_sheet([[0.8, np.nan, np.nan]]), np.ones((1, 3), np.float32))
    assert layer.mean()[0, :2] == pytest.approx([0.8, 0.2])
    assert np.isnan(layer.mean()[0, 2])
    assert layer.seen().tolist() == [[True, True, False]]


def test_a_patch_knows_its_area_and_its_middle_on_the_face() -> None:
    [patch] = patches(blots((4, 10, 8, 16)), a_grid(), least_m2=0.1, gap_m=0.5)
    assert patch.area_m2 == pytest.approx(4 * 6 * CELL_M**2)
    assert patch.middle == pytest.approx([12.5 * CELL_M + 0.25 - 10, 5 - (5.5 * CELL_M + 0.25)])


def test_pieces_of_one_trickle_are_one_patch_and_distant_ones_are_two() -> None:
    mask = blots((2, 10, 5, 12), (6, 10, 9, 12), (2, 30, 9, 33))
    assert len(patches(mask, a_grid(), least_m2=0.1, gap_m=1.0)) == 2
    assert len(patches(mask, a_grid(), least_m2=0.1, gap_m=0.2)) == 3


def test_the_largest_patch_comes_first_and_specks_are_left_out() -> None:
    mask = blots((1, 1, 2, 2), (4, 10, 6, 12), (10, 20, 16, 30))
    areas = [patch.area_m2 for patch in patches(mask, a_grid(), least_m2=0.5, gap_m=0.5)]
    assert areas == [60 * CELL_M**2, 4 * CELL_M**2]
