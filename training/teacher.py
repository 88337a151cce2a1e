"""A patient teacher: the starting weights at 1280 pixels with augmentation write labels where nobody drew any."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from training.footage import boxes_apart
from training.labels import COCO
from training.pictures import MissingData, Picture, Truth
from vision.detector import Detector
from vision.types import Frame, FrameRef, Image, TimeSource
from vision.yolo_detector import Checkpoint, Look, YoloDetector

COCO_NAMES = {label: label for label in COCO.values()}
NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)


def start_weights(shared: Path) -> Checkpoint:
    """The COCO weights that training starts from."""
    path = shared / "weights" / "yolo11n-coco.pt"
    if not path.exists():
        raise MissingData(f"{path} is missing: the starting weights, YOLO11n trained on COCO")
    return Checkpoint("yolo11n-coco", path, hashlib.sha256(path.read_bytes()).hexdigest(), COCO_NAMES)


def teacher(shared: Path, *, threshold: float = 0.35) -> YoloDetector:
    return YoloDetector(start_weights(shared), Look(threshold=threshold, side=1280, augment=True, batch=1))


def as_frames(images: Sequence[Image]) -> list[Frame]:
    """Pictures without a time, dressed for the Detector seam."""
    refs = [FrameRef("training", at, NO_TIME, NO_TIME, TimeSource.CONTAINER) for at in range(len(images))]
    return [Frame(ref, image) for ref, image in zip(refs, images, strict=True)]


def taught(pictures: Sequence[Picture], by: Detector) -> list[Picture]:
    """The same pictures with what the teacher sees added; where truth is known, truth stands."""
    seen = by.detect(as_frames([picture.image for picture in pictures]))
    says = [Truth(said.boxes, said.labels) for said in seen]
    return [_added(picture, said) for picture, said in zip(pictures, says, strict=True)]


def _added(picture: Picture, said: Truth) -> Picture:
    new = boxes_apart(said.boxes, picture.truth.boxes)
    rows = [np.flatnonzero((said.boxes == box).all(axis=1))[0] for box in new]
    more = Truth(new, tuple(said.labels[row] for row in rows))
    return Picture(picture.name, picture.scene, picture.image, picture.truth + more)
