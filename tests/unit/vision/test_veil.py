"""What moves between two pictures is hidden though no detector looked."""

import numpy as np

from tests.unit.vision.pictures import cut_out, likeness, noise, street
from vision.types import Image
from vision.veil import moved, veiled


def a_face_at(x: int) -> Image:
    image = street()
    image[100:160, x : x + 40] = noise(60, 40)
    return image


def test_what_moved_is_unreadable() -> None:
    before, after = a_face_at(200), a_face_at(230)
    shown = veiled(after, moved(before, after))
    face = (230, 100, 270, 160)
    assert abs(likeness(cut_out(after, face), cut_out(shown, face))) < 0.25


def test_what_stands_still_stays_sharp() -> None:
    before, after = a_face_at(200), a_face_at(200)
    after[300:320, 500:520] = 0
    assert (veiled(after, moved(before, after))[:250] == after[:250]).all()


def test_noise_of_a_camera_is_no_motion() -> None:
    grain = np.random.default_rng(2).normal(0, 4, (360, 640, 3))
    grainy = np.clip(street() + grain, 0, 255).astype(np.uint8)
    assert not moved(street(), grainy).any()
