"""Labelled pictures: what is written is what is read, and what is missing is named."""

from pathlib import Path

import numpy as np
import pytest

from training.composites import pasted
from training.footage import boxes_apart
from training.labels import COCO, LABELS, STARTS_FROM
from training.pictures import MissingData, Picture, Truth, read_image, read_yolo, write_yolo
from training.public import tiles
from training.weather import at_night, poor_stream

GREY = np.full((100, 200, 3), 128, np.uint8)


def test_a_written_picture_comes_back_with_its_boxes(tmp_path: Path) -> None:
    truth = Truth.of([("van", 20, 10, 60, 40), ("person", 100, 50, 110, 90)])
    write_yolo([Picture("one", "gate", GREY, truth)], tmp_path)
    [back] = read_yolo(tmp_path / "images", tmp_path / "labels", dict(enumerate(LABELS)), "gate")
    assert back.truth.labels == ("van", "person")
    np.testing.assert_allclose(back.truth.boxes, truth.boxes, atol=0.01)


def test_a_class_that_is_not_ours_is_left_out(tmp_path: Path) -> None:
    write_yolo([Picture("one", "gate", GREY, Truth.of([("van", 20, 10, 60, 40)]))], tmp_path)
    [back] = read_yolo(tmp_path / "images", tmp_path / "labels", {0: "person"}, "gate")
    assert back.truth.labels == ()


def test_a_missing_picture_and_an_empty_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(MissingData, match=r"gone\.jpg"):
        read_image(tmp_path / "gone.jpg")
    with pytest.raises(MissingData, match=str(tmp_path)):
        read_yolo(tmp_path, tmp_path, {}, "nowhere")


def test_every_label_starts_from_coco() -> None:
    assert set(STARTS_FROM) == set(LABELS)
    assert set(COCO.values()) <= set(LABELS)


def test_a_box_whose_middle_lies_in_a_known_one_is_not_new() -> None:
    known = np.array([[0, 0, 50, 50]], np.float32)
    found = np.array([[10, 10, 60, 40], [80, 10, 120, 40]], np.float32)
    assert boxes_apart(found, known).tolist() == [[80, 10, 120, 40]]


def test_a_tile_keeps_its_cars_in_its_own_pixels() -> None:
    wide = Picture("one", "aerial", np.zeros((768, 1280, 3), np.uint8), Truth.of([("car", 700, 20, 740, 40)]))
    seen = [tile for at in range(9) for tile in tiles(wide, at) if tile.truth.labels]
    assert {tuple(tile.truth.boxes[0]) for tile in seen} == {(60.0, 20.0, 100.0, 40.0)}


def test_night_is_darker_and_a_poor_stream_keeps_its_size() -> None:
    night, poor = at_night(GREY, seed=1), poor_stream(GREY)
    assert night.mean() < GREY.mean() / 2
    assert poor.shape == night.shape == GREY.shape


def test_a_pasted_vehicle_covers_the_street_and_its_shadow_only_darkens_it() -> None:
    sprite = np.zeros((20, 20, 4), np.uint8)
    sprite[:10] = (0, 0, 255, 255)
    sprite[10:] = (0, 0, 0, 128)
    street = pasted(GREY, sprite, 50, 40, shadow=0.5)
    assert street[45, 60].tolist() == [0, 0, 255]
    assert 80 < street[55, 60, 0] < 128
    assert (street[:40] == 128).all()
