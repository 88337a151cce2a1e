"""Wet patches on a bare face: darker and not bluer; shade, ladders, lamps and rough ground are none."""

import cv2
import numpy as np
import pytest

from tests.shared import shared
from vision.calm_surface import blurred
from vision.face_wetness import wet_on_face
from vision.types import Image

WET, SHADE = (0.56, 0.6, 0.63), (0.66, 0.58, 0.5)
LONG = ((300, 180), (16, 60))
"""Middle and half axes."""


def face(*, seed: int = 3) -> Image:
    """A slope of concrete, 640 x 360, with its grain and a joint."""
    grain = np.random.default_rng(seed).normal(0, 2.5, (360, 640)).astype(np.float32)
    plain = np.array([150, 163, 170], np.float32) + blurred(grain, 0.8)[..., None]
    cv2.line(plain, (0, 300), (639, 280), (120, 130, 136), 1)
    return np.asarray(np.clip(plain, 0, 255), np.uint8)


def painted(picture: Image, factor: tuple[float, float, float], spot: tuple[tuple[int, int], tuple[int, int]]) -> Image:
    inside = np.zeros(picture.shape[:2], np.float32)
    cv2.ellipse(inside, spot[0], spot[1], 0, 0, 360, 1.0, -1)
    share = blurred(inside, 1.0)[..., None]
    return np.asarray(picture * (1 - share + share * np.array(factor)), np.uint8)


def test_a_wet_streak_is_found_with_its_area() -> None:
    (found,) = wet_on_face(painted(face(), WET, LONG))
    assert found.sum() == pytest.approx(np.pi * 16 * 60, rel=0.2)
    assert found[180, 300]


def test_a_larger_picture_gives_a_mask_of_its_own_size() -> None:
    doubled = np.asarray(cv2.resize(painted(face(), WET, LONG), (1280, 720)), np.uint8)
    (found,) = wet_on_face(doubled)
    assert found.shape == (720, 1280)


def test_a_dry_face_is_silent() -> None:
    assert wet_on_face(face()) == []


def test_shade_darkens_too_but_is_bluer() -> None:
    assert wet_on_face(painted(face(), SHADE, LONG)) == []


def test_a_light_patch_is_not_wet() -> None:
    assert wet_on_face(painted(face(), (1.3, 1.3, 1.3), LONG)) == []


def test_a_ladder_is_too_long_for_a_patch() -> None:
    assert wet_on_face(painted(face(), WET, ((300, 180), (4, 110)))) == []


def test_rough_ground_has_no_face() -> None:
    rough = np.random.default_rng(5).integers(0, 255, (360, 640, 3)).astype(np.uint8)
    assert wet_on_face(rough) == []


def test_asphalt_lawn_and_tree_shadows_from_the_air_are_dry() -> None:
    folder = shared("data", "seepage", "aerial_negatives")
    pictures = [np.asarray(cv2.imread(str(path)), np.uint8) for path in sorted(folder.glob("*.JPG"))]
    assert len(pictures) == 4
    assert [wet_on_face(picture) for picture in pictures] == [[], [], [], []]
