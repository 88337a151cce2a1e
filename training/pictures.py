"""A picture with what is known to be in it, and the YOLO folders in which such pictures rest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

from training.labels import LABELS
from vision.types import Boxes, Image


class MissingData(Exception):
    """Footage, truth or weights are not where they were looked for. Says what is missing and where it belongs."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What is in a picture: boxes (n, 4) xyxy px and their labels."""

    boxes: Boxes
    labels: tuple[str, ...]

    @classmethod
    def of(cls, rows: Iterable[tuple[str, float, float, float, float]]) -> "Truth":
        listed = list(rows)
        boxes = np.array([row[1:] for row in listed], np.float32).reshape(-1, 4)
        return cls(boxes, tuple(row[0] for row in listed))

    def __add__(self, other: "Truth") -> "Truth":
        return Truth(np.concatenate([self.boxes, other.boxes]), self.labels + other.labels)


NOTHING = Truth(np.zeros((0, 4), np.float32), ())


@dataclass(frozen=True, slots=True)
class Picture:
    """One labelled picture; `scene` names the camera or clip, because splits go by scene and never by frame."""

    name: str
    scene: str
    image: Image = field(repr=False)
    truth: Truth


def read_image(path: Path) -> Image:
    image = cv2.imread(str(path))
    if image is None:
        raise MissingData(f"{path} is missing or not a picture")
    return np.asarray(image, np.uint8)


def read_yolo(images: Path, labels: Path, names: dict[int, str], scene: str) -> list[Picture]:
    """Every picture of a YOLO folder; classes that `names` does not hold are left out."""
    found = sorted(path for path in images.glob("*") if path.suffix.lower() in (".jpg", ".png"))
    if not found:
        raise MissingData(f"no pictures in {images}")
    return [_yolo_picture(path, labels / f"{path.stem}.txt", names, scene) for path in found]


def _yolo_picture(path: Path, label: Path, names: dict[int, str], scene: str) -> Picture:
    image = read_image(path)
    lines = label.read_text().splitlines() if label.exists() else []
    rows = [_from_yolo(line, image, names) for line in lines if line.strip()]
    return Picture(path.stem, scene, image, Truth.of(row for row in rows if row[0]))


def _from_yolo(line: str, image: Image, names: dict[int, str]) -> tuple[str, float, float, float, float]:
    number, x, y, w, h = line.split()[:5]
    height, width = image.shape[:2]
    cx, cy, half_w, half_h = float(x) * width, float(y) * height, float(w) * width / 2, float(h) * height / 2
    return names.get(int(number), ""), cx - half_w, cy - half_h, cx + half_w, cy + half_h


def write_yolo(pictures: Iterable[Picture], folder: Path, names: Sequence[str] = LABELS) -> int:
    """Writes images/ and labels/ under `folder`, classes numbered as in `names`; says how many."""
    for kind in ("images", "labels"):
        (folder / kind).mkdir(parents=True, exist_ok=True)
    return sum(_write(picture, folder, names) for picture in pictures)


def _write(picture: Picture, folder: Path, names: Sequence[str]) -> bool:
    name = f"{picture.scene}__{picture.name}"
    boxes = zip(picture.truth.labels, picture.truth.boxes, strict=True)
    lines = [_to_yolo(names.index(label), box, picture.image) for label, box in boxes]
    (folder / "labels" / f"{name}.txt").write_text("\n".join(lines))
    return cv2.imwrite(str(folder / "images" / f"{name}.jpg"), picture.image, [cv2.IMWRITE_JPEG_QUALITY, 92])


def _to_yolo(number: int, box: Boxes, image: Image) -> str:
    height, width = image.shape[:2]
    x1, y1, x2, y2 = np.clip(box, 0, [width, height, width, height]) / [width, height, width, height]
    middle_and_size = ((x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1)
    return " ".join([str(number), *(f"{value:.6f}" for value in middle_and_size)])
