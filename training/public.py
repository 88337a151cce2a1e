"""Checkouts of public labelled sets, for whoever has them: COCO128 (train2017), drone views, aerial cars."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from training.labels import COCO
from training.pictures import MissingData, Picture, Truth, read_image, read_yolo

COCO128, DRONE_VIEW, AERIAL = "COCO128", "Field-data-Drone-View-Vehicle-Image-Set", "aerial-cars-dataset"
"""Folder names, as `git clone` makes them of developer0hye/, CATS-Lab/ and jekhor/."""
COCO_BY_NAME = {label: label for label in COCO.values()}
AERIAL_NAMES = {0: "car", 1: "truck", 2: "bus", 3: "bus"}
EVERY_DRONE_VIEW = 14
TILE_WH = (640, 384)


def public_lessons(folder: Path) -> list[Picture]:
    """Everything in those of the three folders that are there; none there is MissingData."""
    readers = {COCO128: coco128, DRONE_VIEW: drone_views, AERIAL: aerial_cars}
    there = [read for name, read in readers.items() if (folder / name).is_dir()]
    if not there:
        raise MissingData(f"none of {', '.join(readers)} in {folder}")
    return [picture for read in there for picture in read(folder)]


def coco128(folder: Path) -> list[Picture]:
    """Twice: it is what keeps the model from forgetting."""
    root = folder / COCO128
    truth = json.loads((root / "annotations" / "instances_train2017.json").read_text())
    names = {kind["id"]: COCO_BY_NAME.get(kind["name"], "") for kind in truth["categories"]}
    pictures = [_coco_picture(root, entry, truth["annotations"], names) for entry in truth["images"]]
    again = [Picture(f"{one.name}-again", one.scene, one.image, one.truth) for one in pictures]
    return pictures + again


def _coco_picture(
    root: Path, entry: dict[str, Any], annotations: list[dict[str, Any]], names: dict[int, str]
) -> Picture:
    mine = [a for a in annotations if a["image_id"] == entry["id"] and names[a["category_id"]] and not a["iscrowd"]]
    rows = [(names[a["category_id"]], x, y, x + w, y + h) for a in mine for x, y, w, h in [a["bbox"]]]
    file = entry["file_name"]
    return Picture(Path(file).stem, "coco128", read_image(root / "train2017" / file), Truth.of(rows))


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
