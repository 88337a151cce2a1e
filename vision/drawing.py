"""Overlays for evidence: the zone, the thing that stands in it, and a bar that says the rest."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.badge import DARK, NEUTRAL, WHITE, Level, colour_of
from vision.caption import Caption, scale_of, with_bar
from vision.text import Colour, width_of, write
from vision.types import Boxes, Image


def annotated(
    image: Image,
    *,
    zones: Sequence[NDArray[np.floating]],
    boxes: Boxes,
    labels: Sequence[str],
    caption: Caption,
) -> Image:
    """A copy with zones (n, 2) and labelled boxes drawn in, and the caption below."""
    out = image.copy()
    for zone in zones:
        _draw_zone(out, zone, colour_of(caption.level))
    for box, label in zip(boxes.tolist(), labels, strict=True):
        _draw_box(out, [round(edge) for edge in box], label, caption.level)
    return with_bar(out, caption)


def _draw_zone(out: Image, zone: NDArray[np.floating], colour: Colour) -> None:
    """A dashed outline, light on dark so that it shows on any ground. No wash: colours are part of the evidence."""
    corners = zone.round().astype(np.int32)
    thick = max(1, round(2 * scale_of(out)))
    cv2.polylines(out, [corners], True, DARK, thick + 2, cv2.LINE_AA)
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        _draw_dashes(out, start, end, colour, thick)


def _draw_dashes(out: Image, start: NDArray[np.int32], end: NDArray[np.int32], colour: Colour, thick: int) -> None:
    count = max(1, round(float(np.hypot(*(end - start))) / (10 * thick)))
    stops = np.linspace(start, end, 2 * count).round().astype(int)
    for a, b in zip(stops[::2].tolist(), stops[1::2].tolist(), strict=True):
        cv2.line(out, a, b, colour, thick, cv2.LINE_AA)


def _draw_box(out: Image, box: list[int], label: str, level: Level | None) -> None:
    """A solid frame with heavy corners: another shape than the zone, not only another colour."""
    colour = WHITE if level is None else colour_of(level)
    thick = max(1, round(1.5 * scale_of(out)))
    cv2.rectangle(out, box[:2], box[2:], DARK, thick + 2, cv2.LINE_AA)
    cv2.rectangle(out, box[:2], box[2:], colour, thick, cv2.LINE_AA)
    for x, y in ((0, 1), (0, 3), (2, 1), (2, 3)):
        _draw_corner(out, box, (x, y), colour, 2 * thick + 1)
    _draw_tag(out, label, box)


def _draw_corner(out: Image, box: list[int], at: tuple[int, int], colour: Colour, thick: int) -> None:
    x, y = box[at[0]], box[at[1]]
    reach = max(4, min(box[2] - box[0], box[3] - box[1]) // 5)
    inward_x, inward_y = (reach if at[0] == 0 else -reach), (reach if at[1] == 1 else -reach)
    cv2.line(out, (x, y), (x + inward_x, y), colour, thick, cv2.LINE_AA)
    cv2.line(out, (x, y), (x, y + inward_y), colour, thick, cv2.LINE_AA)


def _draw_tag(out: Image, label: str, box: list[int]) -> None:
    """The label above the box, or inside it where there is no room above; never beyond the picture's sides."""
    size = round(16 * scale_of(out))
    width, height = width_of(label, size) + size, round(1.5 * size)
    x = max(0, min(box[0], out.shape[1] - width))
    y = box[1] - height - size // 4
    y = y if y >= 0 else max(0, box[1]) + size // 4
    cv2.rectangle(out, (x, y), (x + width, y + height), DARK, cv2.FILLED)
    write(out, label, (x + size // 2, y + round(1.1 * size)), size, NEUTRAL)
