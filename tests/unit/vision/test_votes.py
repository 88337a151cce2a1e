"""Several looks at one frame: agreement keeps a score, disagreement lowers it."""

import numpy as np
import pytest

from tests.blobs import as_frame, ground
from vision.types import Detections
from vision.votes import agreed

REF = as_frame(ground(8, 8)).ref


def a_look(*rows: tuple[float, float, float]) -> Detections:
    """Rows of (left edge, side, score); squares at the top of the picture."""
    boxes = np.array([[x, 0, x + side, side] for x, side, _ in rows], np.float32).reshape(-1, 4)
    scores = np.array([score for _, _, score in rows], np.float32)
    return Detections(REF, boxes, scores, ("stall_parasol",) * len(rows), "test@00000000")


def test_what_all_see_keeps_its_score() -> None:
    both = agreed([a_look((0, 10, 0.8)), a_look((0, 10, 0.6))])
    assert both.scores.tolist() == pytest.approx([0.7])


def test_what_one_of_four_sees_counts_a_quarter() -> None:
    seen = agreed([a_look((0, 10, 0.8)), a_look(), a_look(), a_look()])
    assert seen.scores.tolist() == pytest.approx([0.2])


def test_the_box_leans_to_the_surer_look() -> None:
    seen = agreed([a_look((0, 10, 0.9)), a_look((1, 10, 0.3))])
    assert seen.boxes[0, 0] == pytest.approx(0.25)


def test_one_look_that_sees_a_thing_twice_has_one_vote() -> None:
    assert agreed([a_look((0, 10, 0.8), (1, 10, 0.8)), a_look()]).scores.tolist() == pytest.approx([0.4])


def test_things_apart_stay_apart_and_nothing_is_nothing() -> None:
    assert len(agreed([a_look((0, 10, 0.8), (9, 10, 0.8))])) == 2
    assert len(agreed([a_look(), a_look()])) == 0
