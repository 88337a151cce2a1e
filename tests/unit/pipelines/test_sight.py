"""How surely a place is a stall."""

from collections.abc import Iterable

import numpy as np
import pytest

from pipelines.sight import SURE_SCORE, Sight, scores_at, see_again


def seen(scores: Iterable[float]) -> Sight:
    sight = Sight()
    for score in scores:
        sight = see_again(sight, score)
    return sight


def test_looks_that_find_nothing_make_it_less_sure() -> None:
    assert seen([0.6] * 10).found == pytest.approx(0.6)
    assert seen([0.6, 0.0] * 5).found == pytest.approx(0.3)


def test_beyond_doubt_is_beyond_doubt() -> None:
    assert seen([SURE_SCORE] * 3).strength == 1
    assert seen([0.95] * 3).strength == 1


def test_a_stall_that_was_sure_for_twenty_looks_stays_sure_when_it_is_missed() -> None:
    sure = seen([0.6] * 20)
    assert seen([0.6] * 20 + [0.0] * 500) == sure


def test_a_doubtful_one_is_forgotten_when_it_is_missed() -> None:
    assert seen([0.3] * 20 + [0.0] * 100).found < 0.01


def test_what_is_taken_for_a_stall_now_and_then_never_becomes_one() -> None:
    assert seen([0.5, 0.0, 0.0, 0.0] * 100).strength < 0.3


def test_a_score_belongs_to_the_place_that_its_box_lies_on() -> None:
    places = np.array([(0, 0, 100, 100), (200, 0, 300, 100)], np.float32)
    stalls = np.array([(10, 0, 105, 100), (0, 10, 100, 100), (90, 0, 190, 100)], np.float32)
    assert scores_at(places, stalls, np.array([0.4, 0.5, 0.9], np.float32)) == pytest.approx([0.5, 0])


def test_without_stalls_every_place_scores_nothing() -> None:
    assert scores_at(np.ones((2, 4)), np.zeros((0, 4)), np.zeros(0, np.float32)) == pytest.approx([0, 0])
