"""What the lens adds to a clean picture."""

from datetime import datetime

import numpy as np

from samples.render.description import Light
from samples.render.weather import Lens

DAY, DUSK = Light(50, 180), Light(-3, 250, sun=0.0, lamps=True)
STREET = np.full((120, 480, 3), 40, np.uint8)


def with_a_lamp() -> np.ndarray:
    street = STREET.copy()
    street[80:88, 240:248] = 255
    return street


def around(picture: np.ndarray) -> float:
    return float(picture[70:78, 225:265].mean())


def test_the_same_seed_and_second_add_the_same_noise() -> None:
    first, second = (Lens(DAY, 3).weathered(STREET, 4.0) for _ in range(2))
    assert (first == second).all()
    assert (Lens(DAY, 4).weathered(STREET, 4.0) != first).any()


def test_a_lamp_has_a_halo_at_dusk_and_none_by_day() -> None:
    assert around(Lens(DUSK, 3).weathered(with_a_lamp(), 0.0)) > around(Lens(DAY, 3).weathered(with_a_lamp(), 0.0)) + 2


def test_a_street_without_lamps_keeps_its_darkness() -> None:
    assert abs(around(Lens(DUSK, 3).weathered(STREET, 0.0)) - 40) < 2


def test_the_stamp_is_the_recorders_clock() -> None:
    """Half a second later the picture has other noise but the same digits; a second later it has others."""
    lens = Lens(DAY, 3, noise=0.0, started=datetime(2026, 5, 1, 19, 5))
    at_once, soon, later = (lens.through(STREET, at)[10:50].astype(int) for at in (0.0, 0.5, 1.0))
    assert np.abs(at_once - soon).max() < 3
    assert np.abs(at_once - later).max() > 100
