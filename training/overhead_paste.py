"""Parasols of the chips on other grounds, beside round white roofs that are none: shape has to tell, not the place."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from training.overhead_looks import Chance, recoloured, round_mask, turned
from training.overhead_sources import SIDE, STALL, square
from training.pictures import NOTHING, Picture, Truth
from vision.suppression import overlaps
from vision.types import Boxes, Image

LOOKALIKES: dict[str, tuple[tuple[float, float, float, float], ...]] = {
    "ortofoto-bogota-2021_2_chip_24_43": ((0.556, 0.235, 0.14, 0.13),),
    "ortofoto-bogota-2021_2_chip_37_39": ((0.393, 0.59, 0.14, 0.18),),
    "ortofoto-bogota-2021_2_chip_47_10": ((0.23, 0.80, 0.16, 0.12),),
    "ortofoto-bogota-2021_2_chip_4_60": ((0.286, 0.20, 0.11, 0.16),),
    "ortofoto-bogota-2021_2_chip_7_44": ((0.70, 0.07, 0.12, 0.13),),
    "ortofoto-bogota-2021_3_chip_12_16": ((0.12, 0.85, 0.24, 0.26),),
    "ortofoto-bogota-2021_3_chip_15_9": ((0.505, 0.305, 0.24, 0.2),),
    "ortofoto-bogota-2021_3_chip_21_18": ((0.235, 0.37, 0.26, 0.20),),
    "ortofoto-bogota-2021_rgb__chip_24_36": (
        (0.35, 0.34, 0.17, 0.17),
        (0.545, 0.47, 0.18, 0.18),
        (0.77, 0.56, 0.18, 0.18),
    ),
}
"""White domes, tanks and playground roofs in chips without a stall: (centre x, centre y, w, h) in fractions, by eye."""
MARGIN = 0.12
"""How much ground comes along on each side, so that a parasol keeps its edge and its shadow."""


@dataclass(frozen=True, slots=True)
class Cutout:
    """Pixels cut from a picture, square to the axes; `label` is empty when it is no stall."""

    pixels: Image
    label: str


def cutouts(pictures: Sequence[Picture]) -> list[Cutout]:
    """Every parasol that stands free: whole inside the picture and not under another one."""
    return [
        Cutout(_cut(picture.image, box), STALL)
        for picture in pictures
        for box in picture.truth.boxes
        if _inside(box, picture.image) and np.sum(overlaps(box, picture.truth.boxes) > 0) == 1
    ]


def lookalikes(pictures: Sequence[Picture]) -> list[Cutout]:
    return [
        Cutout(_cut(picture.image, _box(place, picture.image)), "")
        for picture in pictures
        for place in LOOKALIKES.get(picture.name, ())
    ]


def _box(place: tuple[float, float, float, float], image: Image) -> Boxes:
    x, y, w, h = place
    fractions = np.array([x - w / 2, y - h / 2, x + w / 2, y + h / 2])
    return np.asarray(fractions * ([image.shape[1], image.shape[0]] * 2), np.float32)


def _inside(box: Boxes, image: Image) -> bool:
    height, width = image.shape[:2]
    return bool(box[0] > 4 and box[1] > 4 and box[2] < width - 4 and box[3] < height - 4)


def _cut(image: Image, box: Boxes) -> Image:
    x1, y1, x2, y2 = box
    extra_x, extra_y = MARGIN * (x2 - x1), MARGIN * (y2 - y1)
    top, bottom = max(0, round(y1 - extra_y)), round(y2 + extra_y)
    return image[top:bottom, max(0, round(x1 - extra_x)) : round(x2 + extra_x)]


def pasted_on(ground: Picture, cast: Sequence[Cutout], count: int, chance: Chance, name: str) -> Picture:
    """A cut of the ground with up to `count` things on it that do not cover each other."""
    picture = turned(Picture(name, f"pasted-{ground.scene}", square(ground.image, chance).copy(), NOTHING), chance)
    taken = np.zeros((0, 4), np.float32)
    for _ in range(count):
        picture, taken = _with(picture, cast[int(chance.integers(len(cast)))], taken, chance)
    return picture


def _with(picture: Picture, thing: Cutout, taken: Boxes, chance: Chance) -> tuple[Picture, Boxes]:
    pixels = _dressed(thing, chance)
    height, width = pixels.shape[:2]
    if height >= picture.image.shape[0] or width >= picture.image.shape[1]:
        return picture, taken
    top = int(chance.integers(0, picture.image.shape[0] - height))
    left = int(chance.integers(0, picture.image.shape[1] - width))
    outer = np.array([left, top, left + width, top + height], np.float32)
    if len(taken) and overlaps(outer, taken).max() > 0:
        return picture, taken
    image = _blended(picture.image, pixels, left, top)
    return Picture(picture.name, picture.scene, image, _told(picture.truth, thing, outer)), np.vstack([taken, outer])


def _dressed(thing: Cutout, chance: Chance) -> Image:
    """Turned, another size, most of them another colour."""
    pixels = turned(Picture("", "", thing.pixels, NOTHING), chance).image
    scale = chance.uniform(0.75, 1.3)
    size = round(pixels.shape[1] * scale), round(pixels.shape[0] * scale)
    pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR), np.uint8)
    return recoloured(pixels, chance) if chance.uniform() < 0.6 else pixels


def _blended(image: Image, pixels: Image, left: int, top: int) -> Image:
    """With a soft round edge, as light as the ground that it covers."""
    height, width = pixels.shape[:2]
    area = (slice(top, top + height), slice(left, left + width))
    opacity: NDArray[np.float32] = round_mask(width, height)[:, :, None]
    light = np.clip((image[area].mean() + 20) / (pixels.mean() + 20), 0.7, 1.35)
    result = image.copy()
    result[area] = (np.clip(pixels * light, 0, 255) * opacity + image[area] * (1 - opacity)).astype(np.uint8)
    return result


def _told(truth: Truth, thing: Cutout, outer: Boxes) -> Truth:
    if not thing.label:
        return truth
    width, height = outer[2] - outer[0], outer[3] - outer[1]
    share = MARGIN / (1 + 2 * MARGIN)
    box = outer + np.array([width, height, -width, -height], np.float32) * share
    return truth + Truth(box[None].astype(np.float32), (thing.label,))


def on_other_grounds(grounds: Sequence[Picture], cast: Sequence[Cutout], count: int, chance: Chance) -> list[Picture]:
    """`count` pictures of one to five things each; grounds of SIDE px and more."""
    large = [ground for ground in grounds if min(ground.image.shape[:2]) >= SIDE]
    return [
        pasted_on(large[int(chance.integers(len(large)))], cast, int(chance.integers(1, 6)), chance, f"{at:04d}")
        for at in range(count)
    ]
