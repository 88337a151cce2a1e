"""Pins as any map can draw them."""

import json

import numpy as np
import pytest

from pipelines.geojson import ellipse_polygon, feature, point
from vision.ellipsoid import Local
from vision.geometry import area
from vision.pin import Effect, Pin, Term
from vision.pose import Origin

EFFECTS = (Effect(Term.YAW, Origin.GIMBAL, 3.0, 3.0), Effect(Term.HEIGHT, Origin.TAKE_OFF, 1.0, -1.0))
PIN = Pin(30.5928, 114.3055, 12.0, EFFECTS)


def ring() -> np.ndarray:
    """Metres north and east of the pin: (n, 2)."""
    (corners,) = json.loads(json.dumps(ellipse_polygon(PIN)))["coordinates"]
    places = np.array([(lat, lon, 0.0) for lon, lat in corners])
    return np.asarray(Local(PIN.lat_deg, PIN.lon_deg).metres(places)[:, :2])


def test_a_point_is_longitude_first() -> None:
    assert point(PIN) == {"type": "Point", "coordinates": [114.3055, 30.5928]}


def test_the_ring_is_closed_and_anticlockwise() -> None:
    north, east = ring().T
    assert (north[0], east[0]) == (north[-1], east[-1])
    assert np.dot(east[:-1], north[1:]) - np.dot(north[:-1], east[1:]) > 0


def test_the_ring_is_as_long_as_the_ellipse_and_lies_as_it_does() -> None:
    far = ring()[np.argmax(np.linalg.norm(ring(), axis=1))]
    assert np.linalg.norm(far) == pytest.approx(2.146 * 3 * 2**0.5, rel=0.01)
    assert np.degrees(np.arctan2(far[1], far[0])) % 180 == pytest.approx(45, abs=0.5)
    assert area(ring()) == pytest.approx(np.pi * 2.146**2 * 3 * 2, rel=0.02)


def test_a_feature_says_how_sure_the_place_is_and_why_no_surer() -> None:
    said = feature(PIN, {"kind": "dam_seepage"})["properties"]
    assert isinstance(said, dict)
    assert said["kind"] == "dam_seepage"
    assert (said["error_cause"], said["error_source"], said["error_share"]) == ("yaw", "gimbal", 0.9)
    assert said["error_m"] == pytest.approx(9.1, abs=0.05)
