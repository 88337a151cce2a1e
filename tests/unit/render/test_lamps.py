"""Whose shadows by lamplight the camera must reckon with."""

import numpy as np

from samples.render.description import Camera, Front, Layout, Light, Paint
from samples.render.lamps import Lamp, lit, posts
from samples.render.pinhole import project
from samples.render.rectangles import touched

CAMERA = Camera((0, -12, 8), (0, 3, 0), 60)
STREET = Layout(Front.SHOPS, Paint.STREET, (0, 0, 1, 1))
MARKET = Layout(Front.MARKET, Paint.STREET, (0, 0, 1, 1))
DUSK, DAY = Light(-3, 250, sun=0.0, lamps=True), Light(50, 180)
HEAD = np.array([(2.0, 3.0, 1.7)])


def test_a_post_throws_a_shadow_away_from_itself() -> None:
    tip = Lamp(0.0, 3.0, 6.8).shadows(HEAD)[0]
    assert tip[0] > 2.0
    assert tip[1] == 3.0
    assert np.isclose((tip[0] - 2.0) / (tip[0] - 0.0), 1.7 / 6.8)


def test_a_garland_throws_shadows_only_across_the_street() -> None:
    tip = Lamp(None, 6.0, 3.4).shadows(HEAD)[0]
    assert tip[0] == 2.0
    assert tip[1] < 3.0


def test_what_is_higher_than_a_lamp_has_no_endless_shadow() -> None:
    tip = Lamp(0.0, 3.0, 3.0).shadows(np.array([(2.0, 3.0, 5.0)]))[0]
    assert np.hypot(tip[0] - 2, tip[1] - 3) <= 3.0 + 1e-9


def test_by_day_no_lamp_counts_and_only_a_market_has_a_garland() -> None:
    assert lit(DAY, MARKET) == ()
    assert lit(DUSK, STREET) == posts(STREET)
    assert len(lit(DUSK, MARKET)) == len(posts(MARKET)) + 1


def test_the_shadow_by_lamplight_is_within_the_rectangle() -> None:
    lamps = (Lamp(-4.0, 3.0, 4.0),)
    person = np.array([(1.0, 3.0, 0.0), (1.3, 3.2, 1.7)])
    without, with_lamp = touched(CAMERA, DUSK, person), touched(CAMERA, DUSK, person, lamps)
    assert without is not None
    assert with_lamp is not None
    tip = project(CAMERA, lamps[0].shadows(person))[1]
    assert without[2] < tip[0] < with_lamp[2]
