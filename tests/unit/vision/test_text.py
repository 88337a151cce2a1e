"""Chinese is written as Chinese on a machine without fonts."""

import numpy as np
import pytest

from pipelines.words import KINDS, ROLES, UNKNOWN_THING, label_of
from vision.text import fitting, width_of, write
from vision.types import Image


def ink(text: str) -> Image:
    canvas = np.zeros((48, 48, 3), np.uint8)
    write(canvas, text, (4, 38), 32, (255, 255, 255))
    return canvas


SAID = sorted(
    {char for text in (*KINDS.values(), *ROLES.values(), UNKNOWN_THING, label_of("motorcycle")) for char in text}
)


@pytest.mark.parametrize("char", [char for char in (*SAID, *"停留净宽摄像头区域红橙黄蓝色") if not char.isspace()])
def test_every_character_we_say_has_a_glyph(char: str) -> None:
    missing = ink("\U000f1234")
    assert ink(char).any()
    assert (ink(char) != missing).any()


def test_different_characters_look_different() -> None:
    assert (ink("消") != ink("防")).any()


def test_width_grows_with_text_and_size() -> None:
    assert 0 < width_of("消防", 20) < width_of("消防通道", 20) < width_of("消防通道", 40)


def test_text_beyond_the_edge_is_cut_and_not_wrapped() -> None:
    narrow = np.zeros((120, 60, 3), np.uint8)
    write(narrow, "消防通道堵塞", (4, 30), 24, (255, 255, 255))
    assert not narrow[40:].any()


def test_a_text_too_long_for_its_room_is_written_smaller() -> None:
    assert fitting(20, needed=100, room=200) == 20
    assert fitting(20, needed=400, room=200) == 10
