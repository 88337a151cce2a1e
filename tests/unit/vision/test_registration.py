"""One picture laid onto another, or refused."""

import cv2
import numpy as np
import pytest

from tests.unit.vision.pictures import noise
from vision.geometry import points
from vision.registration import Homography, NotRegistered, register, warped
from vision.types import Grey

SEEN_AGAIN = np.array([[0.92, -0.21, 60.0], [0.20, 0.95, -35.0], [2e-5, -3e-5, 1.0]])
"""Turned by 12 degrees, moved and tilted."""


def ground(seed: int = 1, height: int = 400, width: int = 640) -> Grey:
    """A meadow: blotches of all sizes."""
    fine = noise(height, width, seed)[:, :, 0].astype(np.float32)
    layers = [cv2.GaussianBlur(fine, (0, 0), size) * size for size in (1.5, 4, 10)]
    whole = np.asarray(sum(layers), np.float32)
    return np.asarray(cv2.normalize(whole, np.zeros_like(whole), 0, 255, cv2.NORM_MINMAX), np.uint8)


def seen_again(picture: Grey, by: Homography = SEEN_AGAIN) -> Grey:
    return np.asarray(cv2.warpPerspective(picture, by, picture.shape[::-1]), np.uint8)


def test_the_same_ground_from_elsewhere_is_found_to_a_pixel() -> None:
    found = register(ground(), seen_again(ground()))
    spots = points([(200, 120), (400, 120), (400, 300), (200, 300)])
    assert found.moved(spots) == pytest.approx(cv2.perspectiveTransform(spots[None], SEEN_AGAIN)[0], abs=0.7)
    assert np.abs(found.moved(found.first_px) - found.second_px).max() < 4


def test_in_other_light_it_is_still_found() -> None:
    dusk = np.clip(0.35 * seen_again(ground()).astype(np.float32) + 90, 0, 255).astype(np.uint8)
    assert register(ground(), dusk).inliers >= 30


def test_the_first_picture_is_warped_to_where_the_second_looks() -> None:
    again = seen_again(ground())
    found = register(ground(), again)
    laid = warped(ground(), found, (640, 400))
    middle = (slice(100, 300), slice(200, 440))
    assert np.corrcoef(laid[middle].ravel(), again[middle].ravel())[0, 1] > 0.98


def test_another_place_is_refused() -> None:
    with pytest.raises(NotRegistered, match="features agree") as caught:
        register(ground(1), ground(2))
    assert not caught.value.again


def test_a_picture_without_texture_is_refused() -> None:
    with pytest.raises(NotRegistered):
        register(ground(), np.full((400, 640), 127, np.uint8))


def test_one_common_corner_does_not_speak_for_the_rest() -> None:
    other = ground(2)
    other[:150, :200] = ground(1)[:150, :200]
    with pytest.raises(NotRegistered) as caught:
        register(ground(1), other)
    assert caught.value.agreed >= 30


def test_a_mirrored_picture_is_refused() -> None:
    picture = ground()
    with pytest.raises(NotRegistered):
        register(picture, np.ascontiguousarray(picture[:, ::-1]))


def test_the_same_pair_is_registered_the_same_way_twice() -> None:
    first, second = (register(ground(), seen_again(ground())) for _ in range(2))
    assert np.array_equal(first.homography, second.homography)
