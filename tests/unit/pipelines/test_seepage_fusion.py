"""From cues to a colour: every row of the table is reached, explains itself, and never lowers a level."""

from itertools import combinations

import pytest

from pipelines.seepage_fusion import RULES, Cue, Facts, verdict
from vision.badge import Level


def facts(*cues: Cue, flights: int = 1, growth: float | None = None, at_toe: bool = False,
          turbid: bool = False, trust: float = 1.0) -> Facts:  # fmt: skip
    return Facts(frozenset(cues), flights, growth, at_toe, turbid, trust)


CASES = {
    "one cue": (facts(Cue.WET), Level.BLUE),
    "distrusted": (facts(Cue.THERMAL, trust=0.15), Level.BLUE),
    "two cues": (facts(Cue.WET, Cue.THERMAL), Level.YELLOW),
    "two flights": (facts(Cue.WET, flights=2), Level.YELLOW),
    "boil": (facts(Cue.BOIL), Level.YELLOW),
    "growth": (facts(Cue.WET, growth=0.5), Level.ORANGE),
    "boil at toe": (facts(Cue.BOIL, at_toe=True), Level.ORANGE),
    "flowing": (facts(Cue.THERMAL, Cue.MOVING), Level.ORANGE),
    "muddy": (facts(Cue.WET, Cue.THERMAL, turbid=True), Level.ORANGE),
    "growing alarm": (facts(Cue.WET, Cue.THERMAL, flights=2, growth=0.5), Level.RED),
}


@pytest.mark.parametrize("name", CASES)
def test_each_row_is_reached_and_tells_why(name: str) -> None:
    seen, level = CASES[name]
    found = verdict(seen)
    assert found is not None
    assert found.level is level
    assert name in [rule.name for rule in found.why]
    assert all(found.told())


def test_every_row_has_a_case() -> None:
    assert {rule.name for rule in RULES} == set(CASES)


def test_without_a_cue_there_is_nothing_to_say() -> None:
    assert verdict(facts(flights=3)) is None


def test_an_untrusted_thermal_look_does_not_make_a_second_cue() -> None:
    found = verdict(facts(Cue.WET, Cue.THERMAL, trust=0.1))
    assert found is not None
    assert found.level is Level.BLUE


def test_a_further_cue_never_lowers_the_level() -> None:
    for many in range(1, len(Cue)):
        for some in combinations(Cue, many):
            before = verdict(facts(*some))
            for another in Cue:
                after = verdict(facts(*some, another))
                assert before is not None
                assert after is not None
                assert after.level <= before.level


def test_growth_within_the_allowance_is_no_growth() -> None:
    found = verdict(facts(Cue.WET, growth=0.2))
    assert found is not None
    assert found.level is Level.BLUE


def test_red_is_the_end() -> None:
    found = verdict(facts(*Cue, flights=3, growth=2.0, at_toe=True, turbid=True))
    assert found is not None
    assert found.level is Level.RED
