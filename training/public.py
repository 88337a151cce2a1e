"""Checkouts of public labelled sets, for whoever has them: COCO pictures, drone views, aerial cars."""

from pathlib import Path

import numpy as np

from training.labels import COCO
from training.pictures import MissingData, Picture, Truth, read_yolo

COCO_SET, DRONE_VIEW, AERIAL = "coco128_yolo", "Field-data-Drone-View-Vehicle-Image-Set", "aerial-cars-dataset"
"""Folder names, as `git clone` makes them of lightly-ai/, CATS-Lab/ and jekhor/."""
REPEATS = 4
"""How often the COCO pictures are read out: they are what keeps the model from forgetting."""
EXAMINED_FOR = COCO | {25: "umbrella"}
"""The examination holds every val2017 picture with one of these in it; kitchens and beds are left to learn from."""
EXAMINED_TOO = "000000011122"
AERIAL_NAMES = {0: "car", 1: "truck", 2: "bus", 3: "bus"}
EVERY_DRONE_VIEW = 14
TILE_WH = (640, 384)


def public_lessons(folder: Path) -> list[Picture]:
    """Everything in those of the folders that are there; none there is MissingData."""
    readers = {COCO_SET: coco, DRONE_VIEW: drone_views, AERIAL: aerial_cars}
    there = [read for name, read in readers.items() if (folder / name).is_dir()]
    if not there:
        raise MissingData(f"none of {', '.join(readers)} in {folder}")
    return [picture for read in there for picture in read(folder)]


def coco(folder: Path) -> list[Picture]:
    """128 pictures of train2017, several times, and those of val2017 that no examination shows."""
    learned = _coco_half(folder, "train2017", COCO, "coco")
    again = [Picture(f"{one.name}-{n}", one.scene, one.image, one.truth) for n in range(REPEATS) for one in learned]
    others = _coco_half(folder, "val2017", EXAMINED_FOR, "no-street")
    return again + [one for one in others if not one.truth.labels and one.name != EXAMINED_TOO]


def _coco_half(folder: Path, half: str, names: dict[int, str], scene: str) -> list[Picture]:
    root = folder / COCO_SET
    return read_yolo(root / "images" / half, root / "object_detection" / "labels" / half, names, scene)


def drone_views(folder: Path) -> list[Picture]:
    root = folder / DRONE_VIEW
    return read_yolo(root / "images", root / "labels", {0: "car"}, "drone-view")[::EVERY_DRONE_VIEW]


def aerial_cars(folder: Path) -> list[Picture]:
    """The author's own flights (file names DJI…) in tiles, so that cars keep their pixels."""
    pictures = read_yolo(folder / AERIAL, folder / AERIAL, AERIAL_NAMES, "aerial")
    flights = [picture for picture in pictures if picture.name.startswith("DJI")]
    return [tile for at, picture in enumerate(flights) for tile in tiles(picture, at)]


def tiles(picture: Picture, at: int) -> list[Picture]:
    """One cut of a picture, another place for each `at`; cars cut by an edge stay when their middle is inside."""
    width, height = TILE_WH
    places = [(x, y) for y in range(0, picture.image.shape[0] - height + 1, height // 2) for x in (0, 640, 1280)]
    fits = [(x, y) for x, y in places if x + width <= picture.image.shape[1]]
    return [_tile(picture, *fits[(at * 5) % len(fits)])]


def _tile(picture: Picture, left: int, top: int) -> Picture:
    width, height = TILE_WH
    moved = picture.truth.boxes - [left, top, left, top]
    middles = (moved[:, :2] + moved[:, 2:]) / 2
    inside = np.asarray(((middles > 0) & (middles < [width, height])).all(axis=1), bool)
    labels = tuple(label for label, kept in zip(picture.truth.labels, inside, strict=True) if kept)
    cut = picture.image[top : top + height, left : left + width]
    return Picture(f"{picture.name}-{left}-{top}", picture.scene, cut, Truth(moved[inside].clip(0), labels))
