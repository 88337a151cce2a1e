"""The examinations: pictures that no edition is ever trained on, by condition."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from training.footage import car_park, rendered_street
from training.labels import COCO
from training.pictures import Picture, read_yolo
from training.steep import CAR_DETECTION, HIGHWAY, boxed_pictures
from training.weather import at_night, poor_stream
from vision.types import Image


@dataclass(frozen=True, slots=True)
class Exam:
    """`coco` says that COCO's words wrote the truth, which has no van and no tricycle."""

    condition: str
    pictures: list[Picture]
    coco: bool


def exams(shared: Path) -> list[Exam]:
    """Raises MissingData when the shared folder lacks one."""
    fire_lane, plain = shared / "data" / "fire_lane", coco_pictures(shared)
    return [
        Exam("COCO val", plain, True),
        Exam("COCO val, made night", changed(plain, lambda at, image: at_night(image, seed=at)), True),
        Exam("COCO val, made a poor stream", changed(plain, lambda at, image: poor_stream(image)), True),
        Exam("steep camera", boxed_pictures(fire_lane, CAR_DETECTION), True),
        Exam("steep camera, 320x176", boxed_pictures(fire_lane, HIGHWAY), True),
        Exam("car park", car_park(fire_lane / "pklot" / "sequence5"), True),
        Exam("rendered street", rendered_street(shared / "render-study"), False),
    ]


def coco_pictures(shared: Path) -> list[Picture]:
    folder = shared / "data" / "street" / "coco_val128"
    return read_yolo(folder / "images", folder / "labels", COCO, "coco-val")


def changed(pictures: list[Picture], change: Callable[[int, Image], Image]) -> list[Picture]:
    return [
        Picture(picture.name, picture.scene, change(at, picture.image), picture.truth)
        for at, picture in enumerate(pictures)
    ]
