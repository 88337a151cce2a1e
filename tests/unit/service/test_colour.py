"""The written rule of the four colours."""

import pytest

from pipelines.observation import Kind, Measure
from service.colour import COLOUR_NAMES, Colour, colour_of

HALF_HOUR = 30 * 60


@pytest.mark.parametrize(
    ("width", "lasted_s", "colour"),
    [
        (0.0, 60, Colour.ORANGE),
        (2.49, 60, Colour.ORANGE),
        (2.5, 60, Colour.YELLOW),
        (3.99, 60, Colour.YELLOW),
        (4.0, 60, Colour.BLUE),
        (None, 60, Colour.YELLOW),
        (3.0, HALF_HOUR, Colour.YELLOW),
        (3.0, HALF_HOUR + 1, Colour.ORANGE),
        (2.0, HALF_HOUR + 1, Colour.RED),
        (4.5, HALF_HOUR + 1, Colour.YELLOW),
        (None, HALF_HOUR + 1, Colour.ORANGE),
    ],
)
def test_a_fire_lanes_colour_follows_width_and_time(width: float | None, lasted_s: float, colour: Colour) -> None:
    measures = {} if width is None else {"clear_width": Measure(width, "m")}
    assert colour_of(Kind.FIRE_LANE, measures, lasted_s).colour is colour


@pytest.mark.parametrize(("width", "colour"), [(1.19, Colour.YELLOW), (1.2, Colour.BLUE), (None, Colour.BLUE)])
def test_vending_is_graver_where_a_wheelchair_cannot_pass(width: float | None, colour: Colour) -> None:
    measures = {} if width is None else {"clear_width": Measure(width, "m")}
    assert colour_of(Kind.STREET_VENDING, measures, 60).colour is colour


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_colour_and_says_why_in_both_languages(kind: Kind) -> None:
    reason = colour_of(kind, {}, 0)
    assert reason.zh
    assert reason.en


def test_the_sentence_names_the_width_and_the_time() -> None:
    reason = colour_of(Kind.FIRE_LANE, {"clear_width": Measure(2.04, "m")}, HALF_HOUR + 1)
    assert "2.0 米" in reason.zh
    assert "30 分钟" in reason.zh
    assert "2.0 m" in reason.en
    assert "30 minutes" in reason.en


def test_seepage_does_not_grow_graver_than_red_or_paler_with_age() -> None:
    assert colour_of(Kind.DAM_SEEPAGE, {}, 10 * HALF_HOUR).colour is Colour.ORANGE


def test_every_colour_has_its_words() -> None:
    assert set(COLOUR_NAMES) == set(Colour)
