"""What stands close together is one group."""

import numpy as np
import pytest

from vision.clusters import clusters, gaps

ROW = np.array([(0, 0, 2, 2), (3, 0, 5, 2), (6, 0, 8, 2), (20, 0, 22, 2)], np.float64)


def test_gaps_are_distances_between_nearest_points() -> None:
    boxes = np.array([(0, 0, 2, 2), (5, 6, 7, 8), (1, 1, 3, 3)], np.float64)
    assert gaps(boxes)[0] == pytest.approx([0, 5, 0])


def test_a_row_is_one_group_however_far_its_ends_are_apart() -> None:
    assert clusters(gaps(ROW) <= 1.5) == ((0, 1, 2), (3,))


def test_what_stands_alone_is_a_group_of_one() -> None:
    assert clusters(gaps(ROW) <= 0.5) == ((0,), (1,), (2,), (3,))


def test_nothing_makes_no_group() -> None:
    assert clusters(gaps(np.zeros((0, 4))) <= 1) == ()
