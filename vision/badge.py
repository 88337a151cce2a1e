"""The four-colour levels as signs: each has a colour, a shape and a number, so that colour is never alone."""

from dataclasses import dataclass
from enum import IntEnum
from math import cos, pi, sin

import cv2
import numpy as np

from vision.text import Colour, width_of, write
from vision.types import Image


class Level(IntEnum):
    """四色预警. The first is the gravest."""

    RED = 1
    ORANGE = 2
    YELLOW = 3
    BLUE = 4


@dataclass(frozen=True, slots=True)
class Sign:
    """How a level looks: its colour, the corners of its shape and where the first lies, its number and name."""

    colour: Colour
    ink: Colour
    corners: int
    turned: float
    number: str
    name: str


WHITE: Colour = (255, 255, 255)
DARK: Colour = (26, 22, 20)
NEUTRAL: Colour = (235, 235, 235)

SIGNS = {
    Level.RED: Sign((38, 38, 220), WHITE, 8, pi / 8, "I", "红色 red"),
    Level.ORANGE: Sign((22, 115, 249), DARK, 4, pi / 2, "II", "橙色 orange"),
    Level.YELLOW: Sign((21, 204, 250), DARK, 4, pi / 4, "III", "黄色 yellow"),
    Level.BLUE: Sign((235, 119, 45), WHITE, 32, 0.0, "IV", "蓝色 blue"),
}


def colour_of(level: Level | None) -> Colour:
    return NEUTRAL if level is None else SIGNS[level].colour


def draw_badge(image: Image, level: Level, centre: tuple[int, int], radius: int) -> None:
    """Red octagon I, orange diamond II, yellow square III, blue circle IV."""
    sign = SIGNS[level]
    cv2.fillPoly(image, [_shape(sign, centre, radius)], sign.colour, cv2.LINE_AA)
    size = max(8, round(radius * 0.9))
    left = centre[0] - width_of(sign.number, size) // 2
    write(image, sign.number, (left, centre[1] + round(size * 0.36)), size, sign.ink)


def _shape(sign: Sign, centre: tuple[int, int], radius: int) -> np.ndarray:
    angles = [sign.turned + 2 * pi * corner / sign.corners for corner in range(sign.corners)]
    return (
        np.array([(centre[0] + radius * cos(a), centre[1] + radius * sin(a)) for a in angles], np.float64)
        .round()
        .astype(np.int32)
    )
