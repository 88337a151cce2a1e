"""What makes a stay a stall, how surely, and what speaks for it."""

from collections.abc import Mapping

import numpy as np
import pytest

from pipelines.pavement import Place
from pipelines.stalls import SURE_SCORE, Company, Stall, company, is_stall_like, key_of, likeness, sites, strength
from pipelines.street import OBSTACLE
from pipelines.trade import Trade
from tests.builders import a_stay
from tests.painted import Box
from vision.stay import Stay, Tuning

CART: Box = (200, 100, 280, 180)


def named(votes: Mapping[str, float]) -> Stay:
    return a_stay(CART, 20, votes=votes)


def a_stall(stay: Stay) -> Stall:
    return Stall(stay, key_of(stay), Place((0, 0, 2, 1), at_front=False), strength(stay))


def cues(stay: Stay, others: Company, trade: Trade | None = None) -> Mapping[str, float]:
    stall = a_stall(stay)
    (site,) = sites([stall], np.array([[True]]), others, {stall.key: trade or Trade()})
    return site.cues


@pytest.mark.parametrize(
    ("votes", "expected"),
    [
        ({"stall": 4.0}, 1.0),
        ({"stall": 3.0, "stall_goods": 1.0}, 1.0),
        ({"stall": 1.0, "tricycle": 3.0}, 0.25),
        ({"stall": 1.0, OBSTACLE: 9.0}, 1.0),
        ({OBSTACLE: 9.0}, 0.0),
        ({"person": 9.0}, 0.0),
    ],
)
def test_a_place_is_a_stall_by_the_share_of_its_names_that_say_so(votes: Mapping[str, float], expected: float) -> None:
    assert likeness(named(votes)) == pytest.approx(expected)


def test_a_thing_that_is_mostly_called_something_else_is_no_stall() -> None:
    assert not is_stall_like(named({"stall": 1.0, "tricycle": 3.0}), Tuning())
    assert is_stall_like(named({"stall": 1.0, "tricycle": 2.0}), Tuning())


@pytest.mark.parametrize(("score", "hits", "expected"), [(SURE_SCORE, 10, 1.0), (0.9, 10, 1.0), (SURE_SCORE, 5, 0.5)])
def test_looks_that_do_not_find_it_make_it_less_sure(score: float, hits: int, expected: float) -> None:
    assert strength(a_stay(CART, 20, label="stall", score=score, hits=hits)) == pytest.approx(expected)


def test_goods_beside_it_speak_for_a_stall_and_those_far_off_or_on_it_do_not() -> None:
    stall = named({"stall": 4.0})
    on_it, beside, far = (a_stay(box, 20, label=OBSTACLE) for box in (CART, (290, 150, 310, 180), (500, 150, 520, 180)))
    assert "goods" in cues(stall, company([stall, beside]))
    assert "goods" not in cues(stall, company([stall, on_it, far]))


def test_a_vehicle_on_the_same_ground_makes_it_a_vehicle_and_one_behind_it_does_not() -> None:
    stall = named({"stall": 4.0})
    under, behind = a_stay((196, 120, 286, 182), 20, label="tricycle"), a_stay((190, 40, 290, 120), 20, label="truck")
    assert "vehicle" in cues(stall, company([stall, under]))
    assert "vehicle" not in cues(stall, company([stall, behind]))


def test_somebody_who_is_there_half_of_the_time_speaks_less_than_somebody_who_stays() -> None:
    stall = named({"stall": 4.0})
    stays, comes = Trade(attended_s=60, watched_s=60), Trade(attended_s=18, watched_s=60)
    assert cues(stall, company([]), stays)["vendor"] == 1.0
    assert cues(stall, company([]), comes)["vendor"] == pytest.approx(0.5)
