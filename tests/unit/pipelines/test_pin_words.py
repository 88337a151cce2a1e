"""Every doubt and every refusal has words in both languages."""

import pytest

from pipelines.pin_words import ORIGINS, REFUSALS, TERMS, how_sure
from vision.geolocation import Refusal
from vision.pin import Effect, Pin, Term
from vision.pose import Origin


@pytest.mark.parametrize(("words", "kinds"), [(TERMS, Term), (ORIGINS, Origin), (REFUSALS, Refusal)])
def test_nothing_is_left_without_words(words: dict[str, object], kinds: type[Term | Origin | Refusal]) -> None:
    assert set(words) == set(kinds)


def test_a_pin_says_how_sure_it_is_and_why_no_surer() -> None:
    effects = (Effect(Term.YAW, Origin.AIRCRAFT, 0.0, 5.0), Effect(Term.HEIGHT, Origin.LASER, 1.0, 0.0))
    said = how_sure(Pin(30.0, 114.0, 0.0, effects))
    assert said == ("误差 10.7 m（航向：机身）", "within 10.7 m (yaw: aircraft)")
