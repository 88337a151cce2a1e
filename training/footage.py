"""Frames and truths of the footage in the shared folder: clips, car park, rendered street, steep camera."""

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import cv2
import numpy as np

from training.pictures import MissingData, Picture, Truth, read_image
from vision.types import Boxes, Image


def frames(path: Path, every: int) -> list[tuple[int, Image]]:
    """Every `every`-th frame of a clip with its number. Enough for pictures; dwell is measured elsewhere, by PTS."""
    if not path.exists():
        raise MissingData(f"{path} is missing")
    film = cv2.VideoCapture(str(path))
    taken, at = [], 0
    while film.grab():
        if at % every == 0:
            taken.append((at, np.asarray(film.retrieve()[1], np.uint8)))
        at += 1
    return taken


def boxes_apart(boxes: Boxes, known: Boxes) -> Boxes:
    """Those of `boxes` whose middle lies in none of `known`."""
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2
    inside = [((known[:, :2] <= m) & (m <= known[:, 2:])).all(axis=1).any() for m in middles]
    return np.asarray(boxes[~np.array(inside, bool)], np.float32)


def car_park(folder: Path) -> list[Picture]:
    """One PKLot sequence. A bay that is taken is a car; the mask trims it and adds cars that stand outside bays."""
    found = sorted((folder / "frames").glob("*.jpg"))
    if not found:
        raise MissingData(f"no frames in {folder / 'frames'}")
    return [_car_park_picture(folder, path) for path in found]


def _car_park_picture(folder: Path, path: Path) -> Picture:
    bays = taken_bays(folder / "bounding_boxes" / f"{path.stem}.xml")
    outside = cars_outside_bays(next((folder / "masks").glob(f"{path.stem}.*")))
    boxes = np.concatenate([bays, boxes_apart(outside, bays)])
    return Picture(path.stem, f"pklot-{folder.name}", read_image(path), Truth(boxes, ("car",) * len(boxes)))


def taken_bays(path: Path) -> Boxes:
    """Upright boxes around the contours of the bays that are occupied."""
    spaces = ElementTree.parse(path).getroot().findall("space")
    rows = [_bay(space) for space in spaces if space.get("occupied") == "1"]
    return np.array(rows, np.float32).reshape(-1, 4)


def _bay(space: ElementTree.Element) -> tuple[float, float, float, float]:
    points = np.array([(float(p.attrib["x"]), float(p.attrib["y"])) for p in space.iter("point")])
    (x1, y1), (x2, y2) = points.min(axis=0), points.max(axis=0)
    return x1, y1, x2, y2


def cars_outside_bays(mask_path: Path, *, smallest: int = 300) -> Boxes:
    mask = read_image(mask_path)[:, :, 0]
    count, _, stats, _ = cv2.connectedComponentsWithStats((mask == 2).astype(np.uint8))
    rows = [(x, y, x + w, y + h) for x, y, w, h, area in stats[1:count] if area >= smallest]
    return np.array(rows, np.float32).reshape(-1, 4)


RENDERED = {"person": "person", "car": "car", "trike": "tricycle"}


def rendered_street(folder: Path, *, least_visible: float = 0.2) -> list[Picture]:
    """Our own stills with exact boxes. A body named van is a van; what is nearly out of the picture is left out."""
    path = folder / "gt.json"
    if not path.exists():
        raise MissingData(f"{path} is missing")
    scenes = json.loads(path.read_text())
    return [_rendered(folder, name, actors, least_visible) for name, actors in scenes.items()]


def _rendered(folder: Path, name: str, actors: list[dict[str, object]], least_visible: float) -> Picture:
    kept = [actor for actor in actors if actor["kind"] in RENDERED and float(str(actor["inframe"])) >= least_visible]
    boxes = np.array([actor["box"] for actor in kept], np.float32).reshape(-1, 4)
    labels = tuple("van" if "van" in str(a["name"]) else RENDERED[str(a["kind"])] for a in kept)
    return Picture(name, "rendered-street", read_image(folder / "stills" / f"{name}.jpg"), Truth(boxes, labels))
