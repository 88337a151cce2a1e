"""A seep stands out of the ground around it, warm or cold, whatever the sun does to the rest of the face."""

import numpy as np
import pytest

from vision.contrast import contrast, stands_out
from vision.face import Sheet

CELL_M = 0.1


def a_face(*, gradient_k: float = 0.0, unrest_k: float = 0.05) -> Sheet:
    """20 by 30 m, warmer towards the top by `gradient_k`, with the noise of a sensor."""
    noise = np.random.default_rng(3).normal(0, unrest_k, (200, 300))
    return (noise + np.linspace(gradient_k, 0, 200)[:, None]).astype(np.float32)


def with_seep(face: Sheet, kelvin: float) -> Sheet:
    """1.2 m wide and 9 m long."""
    face[60:150, 100:112] += np.float32(kelvin)
    return face


@pytest.mark.parametrize("kelvin", [-2.5, 2.5])
def test_a_cold_seep_and_a_warm_one_stand_out_with_their_own_size(kelvin: float) -> None:
    difference = contrast(with_seep(a_face(gradient_k=6.0), kelvin), CELL_M)
    assert difference[60:150, 100:112].mean() == pytest.approx(kelvin, abs=0.3)
    assert stands_out(difference).sum() == pytest.approx(90 * 12, rel=0.02)


def test_a_face_that_the_sun_warms_towards_its_crest_stands_out_nowhere() -> None:
    assert not stands_out(contrast(a_face(gradient_k=8.0), CELL_M)).any()


def test_a_faint_seep_does_not_stand_out_of_a_restless_face() -> None:
    assert stands_out(contrast(with_seep(a_face(unrest_k=0.8), -1.8), CELL_M)).mean() < 0.001


def test_what_nobody_saw_stands_out_nowhere() -> None:
    face = with_seep(a_face(), -2.5)
    face[:, 90:] = np.nan
    assert not stands_out(contrast(face, CELL_M)).any()
    assert not stands_out(np.full((5, 5), np.nan, np.float32)).any()
