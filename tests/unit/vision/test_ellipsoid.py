"""Metres around a place, on the ellipsoid."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vision.ellipsoid import Local


@given(
    lat=st.floats(-80, 80),
    lon=st.floats(-179, 179),
    north=st.floats(-3e3, 3e3),
    east=st.floats(-3e3, 3e3),
    up=st.floats(-500, 3000),
)
def test_metres_become_a_place_and_the_same_metres_again(
    lat: float, lon: float, north: float, east: float, up: float
) -> None:
    local = Local(lat, lon)
    metres = np.array([[north, east, up]])
    assert local.metres(local.places(metres)) == pytest.approx(metres, abs=1e-5)


def test_an_arc_second_on_the_equator_is_31_metres_east() -> None:
    assert Local(0, 114).metres(np.array([[0, 114 + 1 / 3600, 0]]))[0] == pytest.approx([0, 30.922, 0], abs=1e-3)


def test_level_ground_falls_away_with_the_square_of_the_distance() -> None:
    lat, lon, height = Local(30, 114).places(np.array([[2000.0, 0, 0]]))[0]
    assert height == pytest.approx(2000**2 / (2 * 6_351_000), abs=0.001)
    assert math.isclose(lon, 114)
    assert lat > 30
