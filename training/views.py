"""Many views of few pictures: nearer, further, four at once, darker, blurred: what a small set has to stand for."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from training.pictures import Picture, Truth
from training.weather import at_night, poor_stream
from vision.types import Boxes, Image

GREY = 114
LEAST_LEFT, LEAST_PX = 0.35, 16
"""A box stays when that much of it is still in view and it is not smaller than this."""
NIGHTS, POOR_STREAMS, BLURS, GREYS = 0.14, 0.15, 0.12, 0.05


@dataclass(frozen=True, slots=True)
class View:
    """A square picture (side, side, 3) BGR and the boxes that are left in it, (n, 4) xyxy px."""

    image: Image
    boxes: Boxes


def view(pictures: Sequence[Picture], side: int, chance: np.random.Generator, *, mosaic: float = 0.45) -> View:
    """One picture, or four of `pictures` in a square; the first is always in it."""
    if chance.uniform() > mosaic:
        seen = _placed(pictures[0], side, side, chance, (0.5, 1.7))
        return View(_spoilt(seen.image, chance), seen.boxes)
    return _four(pictures, side, chance)


def _four(pictures: Sequence[Picture], side: int, chance: np.random.Generator) -> View:
    half = side // 2
    image, boxes = np.full((side, side, 3), GREY, np.uint8), [np.zeros((0, 4), np.float32)]
    for at, picture in enumerate(pictures[:4]):
        left, top = half * (at % 2), half * (at // 2)
        seen = _placed(picture, half, half, chance, (0.6, 1.7))
        image[top : top + half, left : left + half] = seen.image
        boxes.append(seen.boxes + np.array([left, top, left, top], np.float32))
    return View(_spoilt(image, chance), np.concatenate(boxes).astype(np.float32))


def _placed(picture: Picture, width: int, height: int, chance: np.random.Generator, zoom: tuple[float, float]) -> View:
    """The picture scaled by some zoom of `zoom`, mirrored or not, cut or padded to the size at some place."""
    scale = float(np.exp(chance.uniform(*np.log(zoom)))) * max(width, height) / max(picture.image.shape[:2])
    mirrored = -1.0 if chance.uniform() < 0.5 else 1.0
    own_h, own_w = (value * scale for value in picture.image.shape[:2])
    left, top = (width - own_w) * chance.uniform(), (height - own_h) * chance.uniform()
    start = left + own_w if mirrored < 0 else left
    matrix = np.array([[mirrored * scale, 0, start], [0, scale, top]], np.float64)
    smooth = cv2.INTER_AREA if scale < 0.5 else cv2.INTER_LINEAR
    source = _halved(picture.image, scale)
    matrix[:, :2] *= picture.image.shape[1] / source.shape[1]
    filled = cv2.warpAffine(source, matrix, (width, height), flags=smooth, borderValue=(GREY, GREY, GREY))
    return View(np.asarray(filled, np.uint8), _moved(picture.truth, mirrored * scale, start, scale, top, width, height))


def _halved(image: Image, scale: float) -> Image:
    """Shrunk first when a warp alone would leave jagged edges."""
    if scale > 0.7:
        return image
    return np.asarray(cv2.resize(image, None, fx=scale * 1.4, fy=scale * 1.4, interpolation=cv2.INTER_AREA), np.uint8)


def _moved(truth: Truth, sx: float, x0: float, sy: float, y0: float, width: int, height: int) -> Boxes:
    across = np.sort(truth.boxes[:, [0, 2]] * sx + x0, axis=1)
    down = truth.boxes[:, [1, 3]] * sy + y0
    whole = np.stack([across[:, 0], down[:, 0], across[:, 1], down[:, 1]], axis=1)
    seen = np.clip(whole, 0, [width, height, width, height])
    size = seen[:, 2:] - seen[:, :2]
    left = size.prod(axis=1) / np.maximum((whole[:, 2:] - whole[:, :2]).prod(axis=1), 1e-6)
    return np.asarray(seen[(left > LEAST_LEFT) & (size.min(axis=1, initial=1e9) > LEAST_PX)], np.float32)


def _spoilt(image: Image, chance: np.random.Generator) -> Image:
    """Other light and colours, and now and then night, a poor stream, blur or no colour."""
    lit = _lit(image, chance)
    lots = chance.uniform(size=4)
    if lots[0] < NIGHTS:
        lit = at_night(lit, seed=int(chance.integers(1 << 30)))
    if lots[1] < POOR_STREAMS:
        lit = poor_stream(lit, long_side=int(chance.integers(200, 420)), quality=int(chance.integers(25, 70)))
    if lots[2] < BLURS:
        lit = np.asarray(cv2.GaussianBlur(lit, (0, 0), chance.uniform(0.6, 1.8)), np.uint8)
    return np.asarray(lit.mean(axis=2, keepdims=True).repeat(3, 2), np.uint8) if lots[3] < GREYS else lit


def _lit(image: Image, chance: np.random.Generator) -> Image:
    gain: NDArray[np.float64] = chance.uniform(0.65, 1.35) * chance.uniform(0.92, 1.08, 3)
    grey = image.mean(axis=2, keepdims=True)
    coloured = grey + (image - grey) * chance.uniform(0.6, 1.4)
    return np.asarray(np.clip(coloured * gain + chance.uniform(-18, 18), 0, 255), np.uint8)
