"""Lessons in stalls: whose boxes, which places, what a view shows, what a cut-out is."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from training.cutouts import cut_stalls
from training.pictures import NOTHING, MissingData, Picture, Truth
from training.stall_lessons import sellers
from training.stall_pictures import HELD_BACK, STALL, apart, boxed_pictures, listed, picture_path
from training.views import view

BRIGHT = (120, 80, 280, 200)
"""Where the painted thing stands, xyxy px."""


def a_street(scene: str = "somebody/street") -> Picture:
    """Dark, with one bright stall."""
    image = np.full((300, 400, 3), 40, np.uint8)
    x1, y1, x2, y2 = BRIGHT
    image[y1:y2, x1:x2] = 230
    return Picture("one", scene, image, Truth.of([(STALL, *BRIGHT)]))


def test_every_line_of_the_list_names_a_commit_and_boxes_inside_the_picture() -> None:
    for one in listed():
        assert "/" in one.repository
        for x1, y1, x2, y2 in one.boxes:
            assert 0 <= x1 < x2 <= 100
            assert 0 <= y1 < y2 <= 100


def test_places_that_are_held_back_hold_stalls_and_streets_without() -> None:
    kept = [one for one in listed() if one.repository in HELD_BACK]
    assert {one.repository for one in kept} == set(HELD_BACK)
    assert any(one.boxes for one in kept)
    assert any(not one.boxes for one in kept)


def test_what_is_held_back_goes_by_place() -> None:
    there, here = a_street(min(HELD_BACK)), a_street()
    assert apart([there, here]) == ([here], [there])


def test_without_checkouts_the_list_says_which_file_names_them(tmp_path: Path) -> None:
    with pytest.raises(MissingData, match=r"stalls_by_eye\.txt"):
        boxed_pictures(tmp_path)


def test_a_box_of_the_list_lands_on_the_picture_in_pixels(tmp_path: Path) -> None:
    one = next(one for one in listed() if one.boxes)
    path = picture_path(tmp_path, one)
    path.parent.mkdir(parents=True)
    cv2.imwrite(str(path), np.zeros((200, 400, 3), np.uint8))
    [picture] = boxed_pictures(tmp_path)
    assert picture.scene == one.repository
    assert picture.truth.boxes[0].tolist() == pytest.approx(np.array(one.boxes[0]) * [4, 2, 4, 2])


@pytest.mark.parametrize("mosaic", [0.0, 1.0])
def test_in_every_view_the_box_still_lies_on_what_it_names(mosaic: float) -> None:
    chance, found = np.random.default_rng(4), 0
    for _ in range(30):
        seen = view([a_street()] * 4, 256, chance, mosaic=mosaic)
        for x1, y1, x2, y2 in seen.boxes.round().astype(int):
            inside = seen.image[y1:y2, x1:x2].mean()
            assert inside >= seen.image.mean()
            found += 1
    assert found > 20


def test_a_view_of_an_empty_street_has_no_box() -> None:
    empty = Picture("none", "street", a_street().image, NOTHING)
    assert len(view([empty] * 4, 256, np.random.default_rng(1)).boxes) == 0


def a_rendered_set(folder: Path, outline: str) -> Path:
    for kind in ("images", "labels"):
        (folder / "segment" / kind).mkdir(parents=True)
    cv2.imwrite(str(folder / "segment" / "images" / "one.jpg"), a_street().image)
    (folder / "segment" / "labels" / "one.txt").write_text(f"2 {outline}\n")
    return folder


def test_a_cut_out_is_the_stall_over_a_half_open_shadow(tmp_path: Path) -> None:
    [cut] = cut_stalls(a_rendered_set(tmp_path, "0.3 0.27 0.7 0.27 0.7 0.66 0.3 0.66"))
    side = cut.pixels.shape[0]
    x1, y1, x2, y2 = (round(edge * side) for edge in cut.box)
    assert cut.pixels[(y1 + y2) // 2, (x1 + x2) // 2].tolist() == pytest.approx([230, 230, 230, 255], abs=6)
    below = cut.pixels[y2:, :, 3]
    assert 0 < below.max() < 240


def test_a_stall_that_the_picture_cuts_off_is_not_cut_out(tmp_path: Path) -> None:
    assert cut_stalls(a_rendered_set(tmp_path, "0 0.2 0.7 0.2 0.7 0.7 0 0.7")) == []


def test_a_caption_that_speaks_of_selling_keeps_its_picture_out() -> None:
    captions = "image,caption\na.jpg,A woman buys fruit at a market .\nb.jpg,A dog runs .\na.jpg,A woman in red .\n"
    assert sellers(captions) == {"a.jpg"}
