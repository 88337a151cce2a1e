"""Change against a registered baseline: new wet ground is told, other light, shade and what was dark before is not."""

import cv2
import numpy as np
import pytest

from vision.calm_surface import Mask
from vision.change import Growth, darkened
from vision.types import Image

EVERYWHERE = np.ones((240, 320), np.bool_)
PLACE = np.s_[90:150, 140:170]


def ground(seed: int = 4) -> Image:
    grain = np.random.default_rng(seed).normal(0, 4, (240, 320, 1))
    return np.asarray(np.clip(np.array([138, 150, 158]) + grain, 0, 255), np.uint8)


def darker(picture: Image, factor: tuple[float, float, float], place: tuple[slice, slice] = PLACE) -> Image:
    """`factor` per channel, BGR."""
    changed = picture.astype(np.float32)
    changed[place] *= factor
    return np.asarray(changed, np.uint8)


WET, SHADE = (0.58, 0.6, 0.62), (0.66, 0.58, 0.5)


def covers(mask: Mask) -> float:
    return float(mask[PLACE].mean())


def test_a_new_wet_patch_is_found_where_it_is() -> None:
    (found,) = darkened(ground(), darker(ground(5), WET), EVERYWHERE)
    assert covers(found.mask) > 0.8
    assert found.drop == pytest.approx(-100 * np.log(0.6), abs=12)


def test_what_was_wet_before_is_no_change() -> None:
    assert darkened(darker(ground(), WET), darker(ground(5), WET), EVERYWHERE) == []


def test_a_cloud_before_the_sun_changes_everything_and_nothing() -> None:
    cloudy = np.asarray(ground(5) * 0.6, np.uint8)
    assert darkened(ground(), cloudy, EVERYWHERE) == []
    assert len(darkened(ground(), darker(cloudy, WET), EVERYWHERE)) == 1


def test_shade_is_bluer_than_water() -> None:
    assert darkened(ground(), darker(ground(5), SHADE), EVERYWHERE) == []


def test_a_registration_that_is_two_pixels_off_makes_no_change() -> None:
    lined = ground()
    cv2.line(lined, (0, 60), (319, 90), (60, 65, 70), 3)
    assert darkened(lined, np.roll(lined, 2, axis=0), EVERYWHERE) == []


def test_only_what_the_baseline_shows_can_change() -> None:
    unknown = EVERYWHERE.copy()
    unknown[:, 120:] = False
    assert darkened(ground(), darker(ground(5), WET), unknown) == []
    assert darkened(ground(), darker(ground(5), WET), ~EVERYWHERE) == []


def test_pictures_of_two_sizes_are_refused() -> None:
    with pytest.raises(ValueError, match="lay one on the other"):
        darkened(ground(), ground()[:100], EVERYWHERE)


@pytest.mark.parametrize(
    ("growth", "sure"),
    [
        (Growth(3.1, 0.2, 4.6, 0.3), True),
        (Growth(3.1, 0.2, 3.5, 0.2), False),
        (Growth(3.1, 0.9, 4.6, 0.9), False),
        (Growth(4.6, 0.2, 3.1, 0.2), False),
    ],
)
def test_growth_counts_beyond_a_fifth_and_beyond_its_own_doubt(growth: Growth, sure: bool) -> None:
    assert growth.is_sure() is sure
