"""Parasols that sell nothing, sets of one colour round a pool or in a garden; and streets with trees and tarpaulins."""

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from training.overhead_looks import Chance, recoloured, round_mask, turned
from training.overhead_paste import Cutout
from training.overhead_sources import SIDE
from training.pictures import NOTHING, Picture
from vision.types import Boxes, Image

WATER, LAWN, PAVING = (200, 190, 70), (70, 120, 90), (175, 185, 195)
"""Mean colours, BGR."""


def pool_side(at: int, cast: Sequence[Cutout], floors: Sequence[Image], chance: Chance) -> Picture:
    """A garden with or without a pool, and one to seven parasols of one kind in it; nothing is labelled."""
    bathes = bool(chance.uniform() < 0.75)
    image = _floor(floors, chance, lawn=not bathes or chance.uniform() < 0.3)
    water = _water(chance) if bathes else np.zeros((SIDE, SIDE), np.uint8)
    _lay_pool(image, water, chance)
    for _ in range(int(chance.integers(1, 7))):
        grow(image, chance)
    for _ in range(int(chance.integers(0, 12))):
        _lounger(image, water, chance)
    _set_of_parasols(image, water, cast, chance)
    return turned(Picture(f"{at:04d}", "pool-side", image, NOTHING), chance)


def _floor(floors: Sequence[Image], chance: Chance, *, lawn: bool) -> Image:
    """Paving of some street, or lawn; light and shade of the one, colour of the other."""
    patch = floors[int(chance.integers(len(floors)))].astype(np.float32)
    colour = np.array(LAWN if lawn else PAVING, np.float32) * chance.uniform(0.7, 1.25, 3)
    share = chance.uniform(0.6, 0.9) if lawn else chance.uniform(0.2, 0.8)
    mixed = patch * (1 - share) + (colour + (patch.mean(axis=2, keepdims=True) - patch.mean()) * 0.6) * share
    return grained(np.asarray(np.clip(mixed, 0, 255), np.uint8), chance)


def noise(size: tuple[int, int], grain: int, chance: Chance) -> NDArray[np.float32]:
    """Smooth noise of about unit strength; `grain` px is the size of its lumps."""
    small = chance.normal(0, 1, (size[0] // grain + 2, size[1] // grain + 2)).astype(np.float32)
    return np.asarray(cv2.resize(small, size[::-1], interpolation=cv2.INTER_CUBIC), np.float32)


def grained(image: Image, chance: Chance) -> Image:
    """With the noise of a small sensor."""
    return np.asarray(
        np.clip(image + noise((SIDE, SIDE), 3, chance)[:, :, None] * chance.uniform(0, 14), 0, 255), np.uint8
    )


def _water(chance: Chance) -> NDArray[np.uint8]:
    mask = np.zeros((SIDE, SIDE), np.uint8)
    middle = tuple(int(value) for value in chance.integers(40, SIDE - 40, 2))
    axes = int(chance.integers(40, 110)), int(chance.integers(30, 90))
    angle = float(chance.uniform(0, 180))
    if chance.uniform() < 0.6:
        box = cv2.boxPoints((middle, (2 * axes[0], 2 * axes[1]), angle)).astype(np.int32)
        cv2.fillPoly(mask, [box], 1)
    else:
        cv2.ellipse(mask, middle, axes, angle, 0, 360, 1, -1)
        other = (middle[0] + int(chance.integers(-50, 50)), middle[1] + int(chance.integers(-50, 50)))
        cv2.ellipse(mask, other, axes[::-1], angle, 0, 360, 1, -1)
    return mask


def _lay_pool(image: Image, water: NDArray[np.uint8], chance: Chance) -> None:
    rim = cv2.dilate(water, np.ones((2 * int(chance.integers(2, 6)) + 1,) * 2, np.uint8)) > 0
    image[rim] = np.clip(np.array([235, 235, 235]) * chance.uniform(0.75, 1.05), 0, 255)
    colour = np.array(WATER, np.float32) * chance.uniform(0.75, 1.25, 3)
    waves = noise((SIDE, SIDE), int(chance.integers(3, 9)), chance)[:, :, None] * chance.uniform(3, 18)
    image[water > 0] = np.clip(colour + waves, 0, 255).astype(np.uint8)[water > 0]


def grow(image: Image, chance: Chance, spared: Boxes | None = None) -> None:
    """A tree's crown or a hedge with its shadow, beside what is `spared`."""
    radius = int(chance.integers(10, 45))
    x, y = (int(value) for value in chance.integers(0, SIDE, 2))
    if spared is not None and len(spared) and _near(x, y, radius, spared):
        return
    lumps = noise((SIDE, SIDE), max(4, radius // 4), chance)
    yy, xx = np.mgrid[0:SIDE, 0:SIDE]
    crown = np.hypot(xx - x, (yy - y) * chance.uniform(0.7, 1.4)) + lumps * radius * 0.25 < radius
    shade = np.roll(crown, (int(chance.integers(-9, 9)), int(chance.integers(-9, 9))), (0, 1))
    image[shade & ~crown] = (image[shade & ~crown] * 0.45).astype(np.uint8)
    green = np.array([45, 95, 65], np.float32) * chance.uniform(0.6, 1.5)
    leaves = green + (noise((SIDE, SIDE), 3, chance) * 22)[:, :, None]
    image[crown] = np.clip(leaves, 0, 255).astype(np.uint8)[crown]


def _near(x: int, y: int, radius: int, boxes: Boxes) -> bool:
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2
    return bool((np.hypot(*(middles - [x, y]).T) < radius * 1.7 + 22).any())


def _lounger(image: Image, water: NDArray[np.uint8], chance: Chance) -> None:
    x, y = (int(value) for value in chance.integers(10, SIDE - 10, 2))
    if water[y, x]:
        return
    size = float(chance.uniform(9, 13)), float(chance.uniform(26, 36))
    box = cv2.boxPoints(((x, y), size, float(chance.uniform(0, 180))))
    colour = [235, 235, 235] if chance.uniform() < 0.7 else chance.integers(60, 255, 3).tolist()
    cv2.fillPoly(image, [box.astype(np.int32)], colour)


def _set_of_parasols(image: Image, water: NDArray[np.uint8], cast: Sequence[Cutout], chance: Chance) -> None:
    one = cast[int(chance.integers(len(cast)))].pixels
    one = recoloured(one, chance) if chance.uniform() < 0.7 else one
    scale = chance.uniform(0.8, 1.35)
    size = round(one.shape[1] * scale), round(one.shape[0] * scale)
    one = np.asarray(cv2.resize(one, size), np.uint8)
    wet = cv2.dilate(water, np.ones((9, 9), np.uint8))
    for _ in range(int(chance.integers(1, 8))):
        put(image, turned(Picture("", "", one, NOTHING), chance).image, wet, chance)


def put(image: Image, pixels: Image, taken: NDArray[np.uint8], chance: Chance) -> None:
    height, width = pixels.shape[:2]
    if max(height, width) >= SIDE:
        return
    top, left = int(chance.integers(0, SIDE - height)), int(chance.integers(0, SIDE - width))
    area = (slice(top, top + height), slice(left, left + width))
    if taken[area].mean() > 0.1:
        return
    taken[area] = 1
    opacity = round_mask(width, height)[:, :, None]
    light = np.clip((image[area].mean() + 20) / (pixels.mean() + 20), 0.8, 1.3)
    image[area] = (np.clip(pixels * light, 0, 255) * opacity + image[area] * (1 - opacity)).astype(np.uint8)


def furnished(picture: Picture, chance: Chance) -> Picture:
    """A street with stalls gets trees and blue or green tarpaulins: neither leaves nor blue mean a garden."""
    image = picture.image.copy()
    for _ in range(int(chance.integers(1, 6))):
        grow(image, chance, picture.truth.boxes)
    for _ in range(int(chance.integers(0, 4))):
        _tarpaulin(image, picture.truth.boxes, chance)
    return replace(picture, image=image)


def _tarpaulin(image: Image, spared: Boxes, chance: Chance) -> None:
    x, y = (int(value) for value in chance.integers(0, SIDE, 2))
    half = int(chance.integers(8, 40))
    if len(spared) and _near(x, y, half, spared):
        return
    shape = ((x, y), (2.0 * half, float(chance.uniform(0.5, 1.5)) * half), float(chance.uniform(0, 180)))
    mask = np.zeros((SIDE, SIDE), np.uint8)
    cv2.fillPoly(mask, [cv2.boxPoints(shape).astype(np.int32)], 1)
    tone = np.array([[chance.integers((75, 90, 110), (130, 230, 240))]], np.uint8)
    folds = noise((SIDE, SIDE), 5, chance)[:, :, None] * 10
    cloth = cv2.cvtColor(tone, cv2.COLOR_HSV2BGR)[0, 0].astype(np.float32) + folds
    image[mask > 0] = np.clip(cloth, 0, 255).astype(np.uint8)[mask > 0]
