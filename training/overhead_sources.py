"""What the overhead model learns from, as it lies in folders: labelled chips, other grounds, street-level pictures."""

from collections.abc import Iterable
from pathlib import Path

import cv2
import numpy as np

from training.pictures import NOTHING, MissingData, Picture, Truth, read_image, read_yolo
from training.public import AERIAL, DRONE_VIEW
from vision.letterbox import GREY
from vision.types import Image

STALL = "stall_parasol"
SIDE = 320
"""The network's input in training, px; a chip of 640 px enters at half its size."""
CM_PER_PX = 5.6
"""Ground resolution at the network's input: a parasol of two metres is 35 px wide there."""
GROUNDS = {DRONE_VIEW: 4.0, AERIAL: 3.5, "aerial_negatives": 1.5}
"""Folder -> cm per pixel as filed, from the length of cars (4.5 m) and, at the beach, from height and lens."""
EVERY = {DRONE_VIEW: 28, AERIAL: 1, "aerial_negatives": 1}


def chips(shared: Path, split: str) -> list[Picture]:
    """The labelled chips of one split at the network's ground resolution; `scene` names the mosaic."""
    root = shared / "data" / "vending" / "aerial"
    found = read_yolo(root / "images" / split, root / "labels" / split, {0: STALL}, split)
    return [_chip(picture) for picture in found]


def _chip(picture: Picture) -> Picture:
    mosaic = picture.name.split("_chip_")[0]
    short = picture.name.split("_png.rf")[0]
    scale = SIDE / picture.image.shape[1]
    truth = Truth(picture.truth.boxes * scale, picture.truth.labels)
    return Picture(short, mosaic, _fitted(picture.image, scale), truth)


def _fitted(image: Image, scale: float) -> Image:
    size = max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)


def grounds(shared: Path, public: Path | None) -> list[Picture]:
    """Other places from above, without a stall, at the network's ground resolution and no smaller than its input."""
    folders = [shared / "data" / "seepage" / "aerial_negatives"]
    if public is not None:
        folders += [public / DRONE_VIEW / "images", public / AERIAL]
    return [picture for folder in folders for picture in _ground(folder)]


def _ground(folder: Path) -> list[Picture]:
    key = next(name for name in GROUNDS if name in folder.parts)
    found = sorted(path for path in folder.glob("*") if path.suffix.lower() == ".jpg")[:: EVERY[key]]
    if not found:
        raise MissingData(f"no pictures in {folder}")
    own = [path for path in found if key != AERIAL or path.name.startswith("DJI")]
    scale = GROUNDS[key] / CM_PER_PX
    return [Picture(path.stem, key, _fitted(read_image(path), scale), NOTHING) for path in own]


def street_level(shared: Path) -> list[Picture]:
    """Pictures at street height: nothing in them is a stall *seen from above*, whatever stands there."""
    folders = ("vending/street/negative", "vending/street/negative_coco", "street/coco_val128/images")
    paths = [path for name in folders for path in sorted((shared / "data" / name).glob("*.jpg"))]
    if not paths:
        raise MissingData(f"no street-level pictures under {shared / 'data'}")
    return [Picture(path.stem, "street-level", _small(read_image(path)), NOTHING) for path in paths]


def _small(image: Image) -> Image:
    return _fitted(image, SIDE / max(image.shape[:2]))


def square(image: Image, chance: np.random.Generator) -> Image:
    """A cut of the input's size from anywhere in a larger picture."""
    height, width = image.shape[:2]
    top, left = (int(chance.integers(0, max(1, length - SIDE + 1))) for length in (height, width))
    return image[top : top + SIDE, left : left + SIDE]


def padded(image: Image) -> Image:
    """Filled up with grey to the input's size."""
    canvas = np.full((SIDE, SIDE, 3), GREY, np.uint8)
    canvas[: image.shape[0], : image.shape[1]] = image
    return canvas


def without_stalls(pictures: Iterable[Picture]) -> list[Picture]:
    return [picture for picture in pictures if not picture.truth.labels]
