"""Moving water: it flickers everywhere and all the time; still ground, shaken edges and passers-by do not."""

import cv2
import numpy as np
import pytest

from tests.shared import shared
from vision.calm_surface import Mask
from vision.moving_water import moving, share_moving
from vision.types import Grey

WATER = np.zeros((180, 240), np.bool_)
WATER[60:120, 90:150] = True


def frames(*, water: bool = True, shake: bool = False, many: int = 10) -> list[Grey]:
    rng = np.random.default_rng(11)
    ground = cv2.GaussianBlur(rng.normal(120, 60, (180, 240)).astype(np.float32), (0, 0), 3.0)
    shown = []
    for _ in range(many):
        ripples = cv2.GaussianBlur(rng.normal(0, 60, (180, 240)).astype(np.float32), (0, 0), 2.0)
        frame = np.where(WATER & water, 120 + ripples, ground) + rng.normal(0, 1.5, (180, 240))
        dx, dy = rng.uniform(-0.3, 0.3, 2) if shake else (0.0, 0.0)
        moved = cv2.warpAffine(frame.astype(np.float32), np.array([[1, 0, dx], [0, 1, dy]], np.float32), (240, 180))
        shown.append(np.asarray(np.clip(moved, 0, 255), np.uint8))
    return shown


def alike(found: Mask, truth: Mask) -> float:
    return float((found & truth).sum() / (found | truth).sum())


@pytest.mark.parametrize("shake", [False, True])
def test_water_is_found_and_still_ground_is_not(shake: bool) -> None:
    (found,) = moving(frames(shake=shake))
    assert alike(found, WATER) > 0.7


@pytest.mark.parametrize("shake", [False, True])
def test_still_ground_is_silent(shake: bool) -> None:
    assert moving(frames(water=False, shake=shake)) == []


def test_what_passes_once_is_no_water() -> None:
    shown = frames(water=False)
    shown[4] = shown[4].copy()
    shown[4][60:120, 90:150] = 250
    assert moving(shown) == []


def test_a_camera_that_moves_says_nothing() -> None:
    assert moving([np.roll(frame, 7 * at, axis=1) for at, frame in enumerate(frames())]) == []


def test_a_wet_patch_that_only_lies_there_has_no_share_that_moves() -> None:
    lying = np.roll(WATER, 80, axis=1)
    assert share_moving(frames(), WATER) > 0.8
    assert share_moving(frames(), lying) == 0.0
    assert share_moving(frames(), np.zeros_like(WATER)) == 0.0


def test_too_few_frames_are_refused() -> None:
    with pytest.raises(ValueError, match="too few"):
        moving(frames(many=3))


def test_a_jet_into_a_river_moves_and_its_banks_do_not() -> None:
    clip = cv2.VideoCapture(str(shared("data", "seepage", "video", "pipe_flow.mp4")))
    shown = [np.asarray(clip.read()[1], np.uint8) for _ in range(36)][::3]
    grey = [np.asarray(cv2.cvtColor(cv2.resize(one, (640, 360)), cv2.COLOR_BGR2GRAY), np.uint8) for one in shown]
    found = np.logical_or.reduce(moving(grey))
    assert found[270:330, 560:640].mean() > 0.1
    assert found[:120].mean() < 0.001
