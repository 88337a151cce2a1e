"""Flood-fight photographs with drawn masks, and dry pictures that must stay dry; what a lesson does to them."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from training.pictures import MissingData, read_image
from vision.types import Image
from vision.wet_net import SIDES

CLASSES = ("dry", "seepage", "sand_boil")
UNKNOWN = 255
"""In a mask: beyond the picture's edge."""
LONG_SIDE = 1024
CELL = 16
"""Pixels of the input to one place of the network's answer."""
Classes = NDArray[np.uint8]
Rng = np.random.Generator


@dataclass(frozen=True, slots=True)
class WetPicture:
    """`mask` (h, w) holds numbers of CLASSES. `fold` keeps pictures of one incident together; -1 is of no incident
    and always learned from. `clear`: only clear pictures are examined."""

    name: str
    kind: str
    fold: int
    clear: bool
    image: Image = field(repr=False)
    mask: Classes = field(repr=False)


def levee(shared: Path) -> list[WetPicture]:
    """Raises MissingData."""
    folder = shared / "data" / "seepage" / "levee"
    index = folder / "index.csv"
    if not index.exists():
        raise MissingData(f"{index} is missing: the photographs and masks belong in ../shared")
    return [_levee_picture(folder, row) for row in csv.DictReader(index.read_text("utf-8").splitlines())]


def _levee_picture(folder: Path, row: dict[str, str]) -> WetPicture:
    name = Path(row["file"]).stem
    image = shrunk(read_image(folder / "images" / row["file"]))
    mask = read_image(folder / "masks" / f"{name}.png")[..., 0]
    fitted = cv2.resize(mask, (image.shape[1], image.shape[0]), interpolation=cv2.INTER_NEAREST)
    return WetPicture(name, row["label"], int(row["fold"]), row["quality"] == "2", image, np.asarray(fitted, np.uint8))


def dry(folder: Path | None, most: int) -> list[WetPicture]:
    """Every so many of a folder's pictures; without a folder none."""
    paths = sorted(folder.rglob("*.jpg")) if folder else []
    chosen = paths[:: max(1, len(paths) // most)][:most]
    return [dry_picture(path) for path in chosen]


def dry_picture(path: Path) -> WetPicture:
    image = shrunk(read_image(path))
    return WetPicture(path.stem, CLASSES[0], -1, True, image, np.zeros(image.shape[:2], np.uint8))


def shrunk(image: Image) -> Image:
    scale = min(1.0, LONG_SIDE / max(image.shape[:2]))
    return np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def views(picture: WetPicture, many: int, rng: Rng) -> Iterator[tuple[Image, Classes]]:
    """The picture as it is, then `many` times zoomed, turned, mirrored and in another light."""
    width, height = SIDES
    upright = cv2.resize(picture.image, SIDES, interpolation=cv2.INTER_AREA)
    yield np.asarray(upright, np.uint8), np.asarray(cv2.resize(picture.mask, SIDES, interpolation=cv2.INTER_NEAREST))
    for _ in range(many):
        move = _move(picture, rng)
        seen = cv2.warpAffine(picture.image, move, (width, height), borderMode=cv2.BORDER_REFLECT_101)
        flags = {"flags": cv2.INTER_NEAREST, "borderMode": cv2.BORDER_CONSTANT, "borderValue": UNKNOWN}
        truth = cv2.warpAffine(picture.mask, move, (width, height), **flags)
        yield in_another_light(np.asarray(seen, np.uint8), rng), np.asarray(truth, np.uint8)


def _move(picture: WetPicture, rng: Rng) -> NDArray[np.float32]:
    """Zoom .65 to 1.9, turn up to 12 degrees, half of them mirrored, rather often with something wet inside."""
    (height, width), (to_w, to_h) = picture.image.shape[:2], SIDES
    zoom, stretch, turn = np.exp(rng.uniform(-0.43, 0.64)), np.exp(rng.uniform(-0.15, 0.15)), rng.uniform(-0.21, 0.21)
    mirror = -1 if rng.random() < 0.5 else 1
    turned = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    matrix = turned @ np.diag([to_w / width * zoom * stretch * mirror, to_h / height * zoom / stretch])
    middle, place = _middle(picture.mask, rng)
    return np.hstack([matrix, (place - matrix @ middle)[:, None]]).astype(np.float32)


def _middle(mask: Classes, rng: Rng) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A point of the picture, and where in the view it comes to lie."""
    ys, xs = np.nonzero(mask)
    size = np.array(mask.shape[::-1], np.float64)
    if len(xs) and rng.random() < 0.6:
        at = rng.integers(len(xs))
        return np.array([xs[at], ys[at]], np.float64), rng.uniform(0.25, 0.75, 2) * SIDES
    return rng.uniform(0.3, 0.7, 2) * size, np.array(SIDES) / 2


def in_another_light(image: Image, rng: Rng) -> Image:
    bright = 255 * (image / 255.0) ** np.exp(rng.uniform(-0.35, 0.35)) * np.exp(rng.uniform(-0.2, 0.2))
    tinted = bright * np.exp(rng.uniform(-0.1, 0.1, 3))
    grey = tinted.mean(axis=2, keepdims=True)
    faded = grey + (tinted - grey) * rng.uniform(0.5, 1.4)
    return np.asarray(np.clip(faded + rng.normal(0, rng.uniform(0, 5), faded.shape), 0, 255), np.uint8)


def shares_of(mask: Classes) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Per place of the answer: the share of each class (3, h, w), and whether all of it lies in the picture (h, w)."""
    height, width = mask.shape[0] // CELL, mask.shape[1] // CELL
    cells = mask[: height * CELL, : width * CELL].reshape(height, CELL, width, CELL)
    shares = [(cells == number).mean(axis=(1, 3)) for number in range(len(CLASSES))]
    return np.asarray(shares, np.float32), np.asarray((cells != UNKNOWN).all(axis=(1, 3)), np.bool_)
