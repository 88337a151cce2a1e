"""Stalls cut out of a rendered set along their outlines, to be put onto real streets."""

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from training.composites import Sprite
from training.pictures import MissingData, read_image
from training.stall_pictures import STALL
from vision.types import Image

SMALLEST_SHARE = 0.012
"""Of the picture's area; what is smaller has too few pixels to be pasted anywhere."""
EDGE = 0.004
SHADOW = 0.55
"""How dark the ground is under a stall; composites vary it."""


def cut_stalls(rendered: Path) -> list[Sprite]:
    """Whole stalls of a set that `patrol render` made, from its `segment` half."""
    found = sorted((rendered / "segment" / "labels").glob("*.txt"))
    if not found:
        raise MissingData(f"no outlines in {rendered / 'segment'}: make them with `patrol render`")
    return [sprite for label in found for sprite in _sprites(label, rendered / "segment" / "images")]


def _sprites(label: Path, images: Path) -> Iterator[Sprite]:
    outlines = [np.array(line.split()[1:], float).reshape(-1, 2) for line in label.read_text().splitlines()]
    whole = [outline for outline in outlines if len(outline) > 2 and _is_whole(outline)]
    if whole:
        image = read_image(images / f"{label.stem}.jpg")
        yield from (_cut(image, outline) for outline in whole)


def _is_whole(outline: NDArray[np.float64]) -> bool:
    """Not cut by the picture's edge, and large enough."""
    low, high = outline.min(axis=0), outline.max(axis=0)
    return bool((low > EDGE).all() and (high < 1 - EDGE).all() and np.prod(high - low) > SMALLEST_SHARE)


def _cut(image: Image, outline: NDArray[np.float64]) -> Sprite:
    """A square of pixels with opacity: the stall, soft at its rim, over an oval shadow at its foot."""
    height, width = image.shape[:2]
    points = (outline * [width, height]).astype(np.int32)
    mask = cv2.fillPoly(np.zeros((height, width), np.uint8), [points], 255)
    x, y, w, h = cv2.boundingRect(points)
    side, margin = max(w, h), max(w, h) // 8
    canvas = np.zeros((side + 2 * margin, side + 2 * margin, 4), np.uint8)
    left, top = margin + (side - w) // 2, margin + side - h
    _lay_shadow(canvas, left, top, w, h)
    stall = np.dstack([image, cv2.GaussianBlur(mask, (3, 3), 0)])[y : y + h, x : x + w]
    place = canvas[top : top + h, left : left + w]
    place[stall[:, :, 3] > 0] = stall[stall[:, :, 3] > 0]
    box = np.array([left, top, left + w, top + h]) / canvas.shape[0]
    return Sprite(STALL, canvas, (float(box[0]), float(box[1]), float(box[2]), float(box[3])))


def _lay_shadow(canvas: NDArray[np.uint8], left: int, top: int, w: int, h: int) -> None:
    foot = (left + w // 2, top + h - max(h // 20, 1))
    cv2.ellipse(canvas, foot, (int(w * 0.55), max(h // 12, 2)), 0, 0, 360, (0, 0, 0, int(255 * SHADOW)), -1)
