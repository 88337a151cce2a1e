"""The table of evidence keeps its promises."""

import pytest

from pipelines.cues import CUES, ENOUGH, STILL_ENOUGH, spoken, weight

ALL_THERE = {cue.name: 1.0 for cue in CUES}


def test_nothing_adds_up_to_vending_without_a_stall() -> None:
    assert weight({**ALL_THERE, "stall": 0.0}) < ENOUGH


def test_a_stall_that_is_beyond_doubt_is_enough() -> None:
    assert weight({"stall": ENOUGH}) >= ENOUGH


@pytest.mark.parametrize("stall", [0.2, 0.3])
def test_a_shelter_in_a_crowd_that_is_hardly_a_stall_is_none(stall: float) -> None:
    assert weight({**ALL_THERE, "stall": stall, "arrival": 0.0, "row": 0.0}) < ENOUGH


def test_a_doubtful_stall_with_a_vendor_and_customers_is_vending() -> None:
    assert weight({"stall": 0.55}) < ENOUGH
    assert weight({"stall": 0.55, "vendor": 1.0, "customers": 1.0}) >= ENOUGH


def test_less_evidence_keeps_an_incident_than_opens_one() -> None:
    assert STILL_ENOUGH < ENOUGH


def test_the_evidence_is_told_in_words_the_heaviest_first() -> None:
    assert spoken({"customers": 1.0, "stall": 0.9, "goods": 0.1}) == "摊位、顾客来往 stall, customers come"
