"""How much ground is taken."""

import pytest

from vision.geometry import Points, points
from vision.taken import area_taken

PAVEMENT = points([(-5, 5), (5, 5), (5, 9), (-5, 9)])


def rectangle(x1: float, y1: float, x2: float, y2: float) -> Points:
    return points([(x1, y1), (x2, y1), (x2, y2), (x1, y2)])


def test_what_stands_on_it_takes_its_area() -> None:
    assert area_taken(PAVEMENT, [rectangle(0, 6, 2, 7)]) == pytest.approx(2, rel=0.1)


def test_what_overlaps_counts_once_and_what_lies_beside_not_at_all() -> None:
    shapes = [rectangle(0, 6, 2, 7), rectangle(1, 6, 3, 7), rectangle(4, 7, 8, 8), rectangle(20, 6, 22, 7)]
    assert area_taken(PAVEMENT, shapes) == pytest.approx(3 + 1, rel=0.1)


def test_nothing_takes_nothing() -> None:
    assert area_taken(PAVEMENT, []) == 0
