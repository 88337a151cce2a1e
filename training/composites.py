"""Puts vehicles that we rendered ourselves onto real streets: tricycles, vans and steep views that nobody labelled."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from training.pictures import MissingData, Picture, Truth
from vision.suppression import overlaps
from vision.types import Image

SPRITES = Path(__file__).parent / "sprites"
LABEL_OF = {"trike": "tricycle", "van": "van", "steep": "car"}
SMALLEST, LARGEST = 0.06, 0.45
"""Of the picture's width."""


@dataclass(frozen=True, slots=True)
class Sprite:
    """A rendered vehicle with its shadow: pixels with opacity, and the vehicle's box in fractions of them."""

    label: str
    pixels: NDArray[np.uint8]
    box: tuple[float, float, float, float]


def sprites(folder: Path = SPRITES) -> list[Sprite]:
    listed = folder / "boxes.json"
    if not listed.exists():
        raise MissingData(f"{listed} is missing")
    return [_sprite(folder, name, box) for name, box in json.loads(listed.read_text()).items()]


def _sprite(folder: Path, name: str, box: list[float]) -> Sprite:
    pixels = np.asarray(cv2.imread(str(folder / f"{name}.webp"), cv2.IMREAD_UNCHANGED), np.uint8)
    x1, y1, x2, y2 = box
    return Sprite(LABEL_OF[name.split("_")[0]], pixels, (x1, y1, x2, y2))


def composed(streets: Sequence[Picture], cast: Sequence[Sprite], count: int, *, seed: int) -> list[Picture]:
    """`count` streets, each with one to three vehicles standing in it."""
    chance = np.random.default_rng(seed)
    return [_composed(streets[int(chance.integers(len(streets)))], cast, at, chance) for at in range(count)]


def _composed(street: Picture, cast: Sequence[Sprite], at: int, chance: np.random.Generator) -> Picture:
    picture = Picture(f"{at:04d}", f"composed-{street.scene}", street.image.copy(), street.truth)
    for _ in range(int(chance.integers(1, 4))):
        picture = _with(picture, _one_of(cast, chance), chance)
    return picture


def _one_of(cast: Sequence[Sprite], chance: np.random.Generator) -> Sprite:
    """Each label as often as the other, however many sprites it has."""
    label = chance.choice(sorted({sprite.label for sprite in cast}))
    fits = [sprite for sprite in cast if sprite.label == label]
    return fits[int(chance.integers(len(fits)))]


def _with(picture: Picture, sprite: Sprite, chance: np.random.Generator) -> Picture:
    """The picture as it was when the vehicle would hide something that stands there."""
    pixels = _turned(sprite, picture.image.shape[1] * chance.uniform(SMALLEST, LARGEST), chance)
    height, width = picture.image.shape[:2]
    side = pixels.shape[0]
    if side >= min(width, height * 1.3):
        return picture
    left, top = int(chance.integers(0, width - side)), int(chance.integers(0, height - side // 2))
    box = np.array([left, top, left, top]) + np.array(sprite.box) * side
    box = np.clip(box, 0, [width, height, width, height]).astype(np.float32)
    if len(picture.truth.boxes) and overlaps(box, picture.truth.boxes).max() > 0.05:
        return picture
    image = pasted(picture.image, pixels, left, top, shadow=chance.uniform(0.3, 0.9))
    truth = Truth(np.concatenate([picture.truth.boxes, box[None]]), (*picture.truth.labels, sprite.label))
    return Picture(picture.name, picture.scene, image, truth)


def _turned(sprite: Sprite, vehicle_width: float, chance: np.random.Generator) -> NDArray[np.uint8]:
    side = int(vehicle_width / (sprite.box[2] - sprite.box[0]))
    pixels = cv2.resize(sprite.pixels, (side, side), interpolation=cv2.INTER_AREA)
    tone = np.array([*chance.uniform(0.6, 1.15, 1).repeat(3) * chance.uniform(0.94, 1.06, 3), 1.0])
    return np.asarray(np.clip(pixels * tone, 0, 255), np.uint8)


def pasted(image: Image, pixels: NDArray[np.uint8], left: int, top: int, *, shadow: float) -> Image:
    """`pixels` over `image`, cut at the lower edge; half-open places are shadow and get `shadow` of their strength."""
    rows = min(pixels.shape[0], image.shape[0] - top)
    area = (slice(top, top + rows), slice(left, left + pixels.shape[1]))
    opacity = pixels[:rows, :, 3:] / 255.0
    opacity = np.where(opacity < 0.95, opacity * shadow, opacity)
    result = image.copy()
    result[area] = (pixels[:rows, :, :3] * opacity + image[area] * (1 - opacity)).astype(np.uint8)
    return result
