"""What speaks for a stall."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from pipelines.pavement import Place
from pipelines.stalls import Company, Stall, company, key_of, sites
from pipelines.street import OBSTACLE
from pipelines.trade import Trade
from tests.builders import a_stay
from tests.painted import Box
from vision.stay import Stay

CART: Box = (200, 100, 280, 180)


def named(votes: Mapping[str, float]) -> Stay:
    return a_stay(CART, 20, votes=votes)


def a_stall(stay: Stay) -> Stall:
    return Stall(stay, key_of(stay), Place((0, 0, 2, 1), at_front=False), 0.8)


def cues(stay: Stay, others: Company, trade: Trade | None = None) -> Mapping[str, float]:
    stall = a_stall(stay)
    (site,) = sites([stall], np.array([[True]]), others, {stall.key: trade or Trade()})
    return site.cues


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
    stall = replace(named({"stall": 4.0}), came=True)
    stays, comes = Trade(attended_s=60, watched_s=60), Trade(attended_s=18, watched_s=60)
    assert cues(stall, company([]), stays)["vendor"] == 1.0
    assert cues(stall, company([]), comes)["vendor"] == pytest.approx(0.5)


def test_what_set_up_while_we_watched_speaks_for_a_stall_and_what_was_there_before_us_does_not() -> None:
    there, came = named({"stall": 4.0}), replace(named({"stall": 4.0}), came=True)
    assert "arrival" not in cues(there, company([]))
    assert cues(came, company([]))["arrival"] == 1.0


def test_people_at_what_was_there_before_us_say_half_as_much() -> None:
    busy = Trade(arrivals=4, attended_s=60, watched_s=60)
    there, came = named({"stall": 4.0}), replace(named({"stall": 4.0}), came=True)
    assert [cues(stay, company([]), busy)["customers"] for stay in (there, came)] == [0.5, 1.0]
