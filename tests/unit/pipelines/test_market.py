"""Stalls that move on and settle again are the same, without anybody being told apart."""

import numpy as np
import pytest

from pipelines.market import Market, Spot, counted, settled
from tests.builders import at

HERE: Spot = (0, 5, 2, 6)
THERE: Spot = (8, 5, 10, 6)
NEARLY_HERE: Spot = (0.4, 5.2, 2.4, 6.2)


def stood(*looks: tuple[float, list[Spot]]) -> Market:
    market = Market()
    for when, spots in looks:
        market = settled(market, spots, at(when))
    return market


def test_a_stall_that_left_and_settles_ten_metres_on_has_moved() -> None:
    market = stood((0, [HERE]), (20, []), (40, [THERE]))
    assert market.moves == 1
    assert market.moved == pytest.approx(8)


def test_a_stall_that_is_seen_a_little_elsewhere_has_not_moved() -> None:
    assert stood((0, [HERE]), (1, [NEARLY_HERE])).moves == 0


def test_a_second_stall_beside_the_first_is_no_move() -> None:
    assert stood((0, [HERE]), (20, [HERE, THERE])).moves == 0


def test_one_of_two_moves_and_the_other_stays() -> None:
    farther: Spot = (16, 5, 18, 6)
    market = stood((0, [HERE, THERE]), (20, [HERE]), (40, [HERE, farther]))
    assert market.moves == 1
    assert market.moved == pytest.approx(8)


def test_moves_add_up() -> None:
    assert stood((0, [HERE]), (40, [THERE]), (80, [HERE])).moved == pytest.approx(16)


def test_after_some_minutes_another_stall_is_another_stall() -> None:
    assert stood((0, [HERE]), (400, [THERE])).moves == 0


def test_moves_are_forgotten_with_the_last_pitch() -> None:
    assert stood((0, [HERE]), (40, [THERE]), (500, [HERE])).moves == 0


def test_somebody_between_two_stalls_is_one_visitor_of_the_market_and_one_of_each() -> None:
    market = counted(Market(), ["a", "b"], np.zeros((0, 2), np.bool_), at(0))
    for look in range(1, 11):
        market = counted(market, ["a", "b"], np.array([[True, True], [True, False]]), at(look))
    assert (market.trade.arrivals, market.trades["a"].arrivals, market.trades["b"].arrivals) == (2, 2, 1)


def test_the_trade_of_a_stall_that_is_gone_is_forgotten_and_the_markets_kept() -> None:
    market = settled(Market(), [HERE], at(0))
    for look in range(10):
        market = counted(market, ["a"], np.array([[True]]), at(look))
    market = counted(market, [], np.zeros((0, 0), np.bool_), at(10))
    assert (market.trades, market.trade.arrivals) == ({}, 1)


def test_customers_of_the_morning_are_none_of_the_stall_that_comes_in_the_afternoon() -> None:
    market = counted(Market(), ["a"], np.zeros((0, 1), np.bool_), at(0))
    for look in range(1, 11):
        market = counted(settled(market, [HERE], at(look)), ["a"], np.array([[True], [True]]), at(look))
    assert market.trade.customers == 1
    market = counted(market, [], np.zeros((0, 0), np.bool_), at(5 * 3600))
    assert (market.trade.customers, market.pitches) == (0, ())
