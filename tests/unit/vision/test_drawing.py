"""Stills say what, where, when, how long and how wide, and hide nothing of the picture."""

from dataclasses import replace
from datetime import UTC, timedelta

import numpy as np
import pytest

from tests.unit.vision.pictures import NOON, street
from vision.badge import SIGNS, Level, draw_badge
from vision.caption import Caption, duration, with_bar
from vision.drawing import annotated
from vision.types import Image

CAPTION = Caption("消防通道堵塞 Blocked fire lane", "north-gate", "lane-1", NOON, "超时 dwell met", 725.0, 2.6, 4.0)
ZONE = np.array([[100.0, 100.0], [400.0, 100.0], [400.0, 300.0], [100.0, 300.0]])
BOX = np.array([[150.0, 140.0, 300.0, 260.0]], np.float32)


def drawn(image: Image, caption: Caption = CAPTION) -> Image:
    return annotated(image, zones=[ZONE], boxes=BOX, labels=["小汽车 car"], caption=caption)


def bar_of(caption: Caption, width: int = 1280) -> Image:
    image = street(100, width)
    return with_bar(image, caption)[100:]


def test_the_bar_lies_below_the_picture_and_covers_nothing() -> None:
    assert (with_bar(street(), CAPTION)[:360] == street()).all()


def test_zone_and_box_are_outlines_and_leave_what_is_inside() -> None:
    out = drawn(street())
    assert (out[180:220, 200:250] == street()[180:220, 200:250]).all()
    assert (out[200, 95:105] != 110).any()
    assert (out[200, 145:155] != 110).any()


def test_the_picture_given_is_not_changed() -> None:
    image = street()
    drawn(image)
    assert (image == street()).all()


@pytest.mark.parametrize(
    "other",
    [
        replace(CAPTION, title="占道经营 Street vending"),
        replace(CAPTION, camera="south-gate"),
        replace(CAPTION, zone="lane-2"),
        replace(CAPTION, at=NOON + timedelta(seconds=1)),
        replace(CAPTION, stayed_s=726.0),
        replace(CAPTION, clear_m=2.7),
        replace(CAPTION, level=Level.RED),
        replace(CAPTION, tz=UTC),
    ],
)
def test_the_bar_says_every_part_of_the_caption(other: Caption) -> None:
    assert (bar_of(CAPTION) != bar_of(other)).any()


def test_a_sufficient_width_is_not_held_against_anybody() -> None:
    assert (bar_of(replace(CAPTION, clear_m=4.4)) == bar_of(replace(CAPTION, clear_m=4.4, needed_m=None))).all()


@pytest.mark.parametrize("width", [320, 640, 1280, 3840])
def test_the_words_fit_the_width(width: int) -> None:
    """The margin at the right stays free, and there is writing left of it."""
    bar = bar_of(replace(CAPTION, level=Level.ORANGE), width)
    background = bar[1, width // 2]
    assert (bar[:, -5:] == background).all()
    assert (bar[:, width // 2 : -5] != background).any()


def test_lines_and_letters_grow_with_the_picture() -> None:
    assert bar_of(CAPTION, 3840).shape[0] == 3 * bar_of(CAPTION, 1280).shape[0]


def shape_of(level: Level) -> bytes:
    canvas = np.zeros((64, 64, 3), np.uint8)
    draw_badge(canvas, level, (32, 32), 28)
    return canvas.any(axis=2).tobytes()


def test_levels_differ_in_shape_and_number_and_not_only_in_colour() -> None:
    shapes = {shape_of(level) for level in Level}
    assert len(shapes) == len({sign.number for sign in SIGNS.values()}) == len(Level)


def test_a_label_at_the_top_edge_stays_in_the_picture() -> None:
    box = np.array([[560.0, 0.0, 640.0, 80.0]], np.float32)
    out = annotated(street(), zones=[], boxes=box, labels=["不明物体 unknown object"], caption=CAPTION)
    assert (out[:60, 400:560] != 110).any()


@pytest.mark.parametrize(("seconds", "said"), [(5, "0:05"), (725.9, "12:05"), (3725, "1:02:05")])
def test_durations_read_like_a_clock(seconds: float, said: str) -> None:
    assert duration(seconds) == said
