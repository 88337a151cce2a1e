"""Text in pictures, Chinese included, in the font that OpenCV carries within: no system font is needed."""

from functools import cache
from typing import Any

import cv2

from vision.types import Image

Colour = tuple[int, int, int]
"""Blue, green, red, 0..255."""

_FONT = "uni"
_SMALLEST = 9


@cache
def _font() -> Any:
    return cv2.FontFace(_FONT)


def width_of(text: str, size: int) -> int:
    """Pixels from the start of the text to its end, at this font size in px."""
    *_, width, _ = cv2.getTextSize((0, 0), text, (0, 0), _font(), size)
    return int(width)


def write(image: Image, text: str, at: tuple[int, int], size: int, colour: Colour) -> None:
    """Draw into the image. `at` is the left end of the baseline. What does not fit is cut by the edge, not wrapped."""
    cv2.putText(image, text, at, colour, _font(), size)


def fitting(size: int, needed: int, room: int) -> int:
    """The font size at which a text that needs `needed` px at `size` fits into `room` px."""
    return size if needed <= room else max(_SMALLEST, size * room // max(needed, 1))
