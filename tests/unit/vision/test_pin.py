"""Ellipses of error."""

import pytest

from vision.pin import Effect, Pin, Spread, Term
from vision.pose import Origin


def a_pin(*effects: Effect) -> Pin:
    return Pin(30.0, 114.0, 0.0, effects)


def moves(term: Term, north: float, east: float) -> Effect:
    return Effect(term, Origin.GPS, north, east)


def test_two_doubts_at_right_angles_are_the_axes() -> None:
    ellipse = a_pin(moves(Term.YAW, 0, 3), moves(Term.HEIGHT, 4, 0)).spread.ellipse()
    assert (ellipse.long_m, ellipse.short_m) == pytest.approx((4 * 2.146, 3 * 2.146), rel=1e-3)
    assert min(ellipse.azimuth_deg, 180 - ellipse.azimuth_deg) == pytest.approx(0, abs=1e-6)


def test_an_ellipse_that_holds_more_is_wider() -> None:
    spread = a_pin(moves(Term.YAW, 0, 3)).spread
    assert spread.ellipse(0.95).long_m == pytest.approx(3 * 2.448, rel=1e-3)


def test_an_ellipse_that_lies_north_east_says_so() -> None:
    assert a_pin(moves(Term.YAW, 2, 2)).spread.ellipse().azimuth_deg == pytest.approx(45)


def test_two_equal_doubts_in_one_direction_add_as_squares() -> None:
    assert a_pin(moves(Term.YAW, 3, 0), moves(Term.ROLL, 4, 0)).spread.nn == pytest.approx(25, abs=0.01)


def test_the_ellipse_holds_what_is_nearer_than_its_rim() -> None:
    spread = Spread(4.0, 0.0, 1.0)
    assert spread.holds(4.2, 0)
    assert not spread.holds(4.4, 0)
    assert not spread.holds(0, 4.2)


def test_a_pin_without_doubts_is_sure_to_a_centimetre() -> None:
    assert a_pin().spread.ellipse().long_m == pytest.approx(0.0215, abs=1e-3)


def test_no_direction_is_surer_than_asked_for() -> None:
    spread = Spread(9.0, 0.0, 0.01).at_least(0.5)
    assert (spread.nn, spread.ee) == pytest.approx((9, 0.25))
