"""Lessons and examinations for wet ground: truth moves with its picture, and marks say what was found."""

import numpy as np
import pytest
import torch

from tests.shared import shared
from training.wet_exam import classes_in, marked_dry, marks
from training.wet_glance import glance
from training.wet_network import CHANNELS
from training.wet_pictures import CLASSES, UNKNOWN, WetPicture, levee, shares_of, views


def a_picture() -> WetPicture:
    image = np.zeros((300, 400, 3), np.uint8)
    mask = np.zeros((300, 400), np.uint8)
    image[100:200, 150:250], mask[100:200, 150:250] = 255, 1
    return WetPicture("square", "seepage", 0, True, image, mask)


def square(number: int, *, share: float = 1.0, shift: int = 0) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
    shares = np.zeros((3, 24, 32), np.float32)
    shares[number, 8:16, 8 + shift : 16 + shift] = share
    shares[0] = 1 - shares[1:].sum(axis=0)
    return shares


def test_truth_moves_with_its_picture() -> None:
    for image, mask in views(a_picture(), 12, np.random.default_rng(2)):
        inside = mask != UNKNOWN
        bright = image.mean(axis=2) > 60
        assert (bright == (mask == 1))[inside].mean() > 0.97


def test_a_place_that_the_picture_does_not_fill_does_not_count() -> None:
    mask = np.full((384, 512), UNKNOWN, np.uint8)
    mask[:200, :] = 2
    shares, inside = shares_of(mask)
    assert shares.shape == (3, 24, 32)
    assert inside[:12].all()
    assert not inside[12:].any()
    assert (shares[2, :12] == 1).all()


def test_marks_say_how_much_was_found() -> None:
    found = marks("seepage", [square(1), square(1, shift=4), square(0)], [square(1)] * 3, likely=0.5)
    assert found.pooled_iou == pytest.approx((64 + 32) / (64 + 96 + 64))
    assert (found.pictures, found.covered, found.alike) == (3, 2, 2)


def test_another_wet_kind_is_alike_but_not_covered() -> None:
    found = marks("sand_boil", [square(1)], [square(2)], likely=0.5)
    assert (found.pooled_iou, found.covered, found.alike) == (0.0, 0, 1)


def test_wet_is_what_is_not_dry_by_enough() -> None:
    assert (classes_in(square(2, share=0.4), 0.45) == 0).all()
    assert (classes_in(square(2, share=0.5), 0.45) == 2).sum() == 64


def test_a_speck_does_not_mark_a_dry_picture() -> None:
    speck = square(0)
    speck[:, 3, 3] = 0, 1, 0
    assert marked_dry([square(0), speck, square(1)], likely=0.5) == 1


def test_incidents_never_span_two_folds_and_every_class_is_known() -> None:
    pictures = levee(shared())
    assert len(pictures) == 111
    assert {picture.kind for picture in pictures} == set(CLASSES[1:])
    assert {picture.fold for picture in pictures} == {0, 1, 2, 3}
    assert max(int(picture.mask.max()) for picture in pictures) == 2


def test_a_glance_lets_the_ground_pass_and_the_air_not() -> None:
    torch.manual_seed(3)
    said = torch.rand(40, CHANNELS, 4, 5) * 0.2
    said[:20, 7] += 1.0
    passes = glance(said[:20], said[20:])(said).flatten()
    assert passes[:20].min() > 0.9
    assert passes[20:].max() < 0.1
