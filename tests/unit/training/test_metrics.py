"""Average precision: what a person can count by hand."""

import math

import numpy as np
import pytest

from training.metrics import Score, Seen, average_precision, score_label
from training.pictures import NOTHING, Truth

LEFT, RIGHT = (0.0, 0.0, 10.0, 10.0), (100.0, 0.0, 110.0, 10.0)


def saw(*rows: tuple[str, float, tuple[float, float, float, float]]) -> Seen:
    boxes = np.array([box for _, _, box in rows], np.float32).reshape(-1, 4)
    return Seen(boxes, np.array([score for _, score, _ in rows], np.float32), tuple(label for label, _, _ in rows))


def cars(*boxes: tuple[float, float, float, float]) -> Truth:
    return Truth.of(("car", *box) for box in boxes)


def scored(truth: Truth, seen: Seen) -> Score:
    return score_label("car", [truth], [seen], threshold=0.5)


def test_everything_found_and_nothing_else_is_one() -> None:
    score = scored(cars(LEFT, RIGHT), saw(("car", 0.9, LEFT), ("car", 0.8, RIGHT)))
    assert (score.n, score.ap50, score.recall, score.precision) == (2, 1.0, 1.0, 1.0)


def test_a_car_found_twice_counts_once() -> None:
    score = scored(cars(LEFT), saw(("car", 0.9, LEFT), ("car", 0.8, LEFT)))
    assert (score.recall, score.precision) == (1.0, 0.5)


def test_half_found_is_half() -> None:
    score = scored(cars(LEFT, RIGHT), saw(("car", 0.9, LEFT)))
    assert score.ap50 == pytest.approx(0.5, abs=0.01)
    assert score.recall == 0.5


def test_a_false_alarm_ahead_of_the_find_costs_and_one_behind_it_does_not() -> None:
    ahead = scored(cars(LEFT), saw(("car", 0.9, RIGHT), ("car", 0.8, LEFT)))
    behind = scored(cars(LEFT), saw(("car", 0.8, RIGHT), ("car", 0.9, LEFT)))
    assert (ahead.ap50, behind.ap50) == (0.5, 1.0)


def test_another_label_is_another_thing() -> None:
    assert scored(cars(LEFT), saw(("van", 0.9, LEFT))).recall == 0.0


def test_a_loose_box_counts_at_half_overlap_and_not_at_more() -> None:
    loose = scored(cars(LEFT), saw(("car", 0.9, (0.0, 0.0, 10.0, 6.0))))
    assert loose.ap50 == 1.0
    assert 0 < loose.ap < 0.5


def test_nothing_to_find_has_no_precision() -> None:
    assert math.isnan(scored(NOTHING, saw()).ap50)
    assert math.isnan(average_precision(np.zeros(0, bool), 0))
