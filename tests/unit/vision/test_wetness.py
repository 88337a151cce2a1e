"""Wet patches of a colour picture: what the network sees becomes labelled masks with scores, and faces add theirs."""

import numpy as np
import pytest

from tests.unit.vision.test_face_wetness import LONG, WET, face, painted
from vision.types import Image
from vision.wet_net import Shares
from vision.wetness import SAND_BOIL, SEEPAGE, Cue, WetLimits, pixelwise, wet_patches

GREEN = np.full((360, 640, 3), (40, 120, 60), np.uint8)


class SaysAlways:
    """A network that answers the same to every picture: squares of one class in a 24 x 32 answer."""

    labels = (SEEPAGE, SAND_BOIL)

    def __init__(self, *squares: tuple[str, tuple[slice, slice], float]) -> None:
        self._answer = np.zeros((3, 24, 32), np.float32)
        for label, place, share in squares:
            self._answer[1 + self.labels.index(label)][place] = share
        self._answer[0] = 1 - self._answer[1:].sum(axis=0)

    def shares(self, image: Image) -> Shares:
        return self._answer


LEFT, RIGHT = np.s_[8:16, 4:12], np.s_[8:16, 20:28]


def test_a_patch_has_its_label_its_place_and_its_area() -> None:
    (found,) = wet_patches(GREEN, SaysAlways((SAND_BOIL, RIGHT, 0.9)))
    assert (found.label, found.cue) == (SAND_BOIL, Cue.NETWORK)
    assert found.mask.shape == (360, 640)
    assert found.outline.area_px == pytest.approx(120 * 160, rel=0.1)
    assert found.outline.box == pytest.approx((400, 120, 560, 240), abs=8)


def test_two_kinds_are_two_patches_the_surer_first() -> None:
    found = wet_patches(GREEN, SaysAlways((SEEPAGE, LEFT, 0.7), (SAND_BOIL, RIGHT, 0.95)))
    assert [one.label for one in found] == [SAND_BOIL, SEEPAGE]
    assert found[0].score > found[1].score


def test_nothing_is_told_below_the_limit_or_without_one_sure_place() -> None:
    assert wet_patches(GREEN, SaysAlways((SEEPAGE, LEFT, 0.3))) == []
    assert wet_patches(GREEN, SaysAlways((SEEPAGE, LEFT, 0.5))) == []
    assert len(wet_patches(GREEN, SaysAlways((SEEPAGE, LEFT, 0.5)), WetLimits(sure=0.45))) == 1


def test_a_speck_is_not_told() -> None:
    assert wet_patches(GREEN, SaysAlways((SEEPAGE, np.s_[8:9, 4:5], 0.99)), WetLimits(least=0.01)) == []


def test_a_face_adds_what_the_network_did_not_see_and_doubles_nothing() -> None:
    wet = painted(face(), WET, LONG)
    (found,) = wet_patches(wet, SaysAlways())
    assert (found.label, found.cue) == (SEEPAGE, Cue.FACE)
    (known,) = wet_patches(wet, SaysAlways((SEEPAGE, np.s_[6:18, 12:18], 0.9)))
    assert known.cue is Cue.NETWORK


def test_pixelwise_shares_are_the_pictures_size_and_hold_the_face_too() -> None:
    wet, boil = pixelwise(painted(face(), WET, LONG), SaysAlways((SAND_BOIL, RIGHT, 0.9)))
    assert wet.shape == boil.shape == (360, 640)
    assert boil[180, 480] == pytest.approx(0.9, abs=0.02)
    assert wet[180, 300] == pytest.approx(WetLimits().face_score)
    assert wet[20, 20] == boil[20, 20] == 0
