"""The overhead model's examinations: another part of the city it learned from, another city, and both made hard."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from pipelines.overhead import Overhead
from training.metrics import Score, Seen, score_label
from training.overhead_looks import coarser, squeezed
from training.overhead_sources import STALL
from training.pictures import Picture, Truth, read_yolo
from training.teacher import as_frames
from vision.suppression import overlaps
from vision.tiles import scaled
from vision.types import Detections, Image

CHIP_CM_PER_PX = 2.8
MATCH_IOU = 0.3
"""From which overlap a stall counts as found at the operating point: a parasol leans with the view, its box with it."""


@dataclass(frozen=True, slots=True)
class OverheadExam:
    """Pictures under one condition; `cm_per_px` is what the model is told, which may be wrong on purpose."""

    condition: str
    pictures: Sequence[Picture]
    cm_per_px: float = CHIP_CM_PER_PX


@dataclass(frozen=True, slots=True)
class Sitting:
    """One examination's result. `found` and `false` count boxes at the operating point; `alarmed` counts pictures."""

    score: Score
    found: int
    false: int
    alarmed: int
    empties: int

    @property
    def recall(self) -> float:
        return self.found / max(1, self.score.n)

    @property
    def precision(self) -> float:
        return self.found / max(1, self.found + self.false)


def exams(shared: Path) -> list[OverheadExam]:
    """The test city is the second; everything after it is made from both. Raises MissingData."""
    near, far = labelled(shared, "val", "bogota"), labelled(shared, "test", "girardot")
    both = [*near, *far]
    return [
        OverheadExam("Bogotá, another part", near),
        OverheadExam("Girardot, never trained on", far),
        *(OverheadExam(f"both, {how}", changed(both, change)) for how, change in CHANGES.items()),
        OverheadExam("both, filmed from higher (5.6 cm per px, told)", resized(both, 0.5), 2 * CHIP_CM_PER_PX),
        OverheadExam("both, half the scale and not told", resized(both, 0.5)),
        OverheadExam("both, twice the scale and not told", resized(both, 2.0)),
    ]


def labelled(shared: Path, split: str, city: str) -> list[Picture]:
    """The chips of a split as they are filed, 640 px a side."""
    root = shared / "data" / "vending" / "aerial"
    return read_yolo(root / "images" / split, root / "labels" / split, {0: STALL}, city)


def dusk(image: Image) -> Image:
    return np.asarray(np.clip(255 * (image / 255.0) ** 1.8 * [0.9, 0.7, 0.7], 0, 255), np.uint8)


def other_colours(image: Image) -> Image:
    """Every hue a third of the circle on: red parasols are green, blue ones red."""
    tones = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    tones[:, :, 0] = (tones[:, :, 0].astype(np.int32) + 60) % 180
    return np.asarray(cv2.cvtColor(tones, cv2.COLOR_HSV2BGR), np.uint8)


CHANGES: dict[str, Callable[[Image], Image]] = {
    "dusk": dusk,
    "other colours": other_colours,
    "blurred": lambda image: np.asarray(cv2.GaussianBlur(image, (0, 0), 4.0), np.uint8),
    "coarse sensor": lambda image: coarser(image, 0.2),
    "squeezed (JPEG 15)": lambda image: squeezed(image, 15),
}


def changed(pictures: Sequence[Picture], change: Callable[[Image], Image]) -> list[Picture]:
    return [replace(picture, image=change(picture.image)) for picture in pictures]


def resized(pictures: Sequence[Picture], scale: float) -> list[Picture]:
    return [
        replace(one, image=scaled(one.image, scale), truth=Truth(one.truth.boxes * np.float32(scale), one.truth.labels))
        for one in pictures
    ]


def looked(model: Overhead, exam: OverheadExam) -> list[Detections]:
    """What the model says of every picture, faint detections included."""
    frames = as_frames([picture.image for picture in exam.pictures])
    return [model.detector.look(frame, cm_per_px=exam.cm_per_px) for frame in frames]


def sitting(exam: OverheadExam, seen: Sequence[Detections], *, least: float) -> Sitting:
    truths = [picture.truth for picture in exam.pictures]
    says = [Seen(one.boxes, one.scores, one.labels) for one in seen]
    told = [one.only(one.scores >= least) for one in seen]
    found = [len(matches(truth, one)) for truth, one in zip(truths, told, strict=True)]
    empty = [not truth.labels for truth in truths]
    return Sitting(
        score=score_label(STALL, truths, says, threshold=least),
        found=sum(found),
        false=sum(map(len, told)) - sum(found),
        alarmed=sum(none and len(one) > 0 for none, one in zip(empty, told, strict=True)),
        empties=sum(empty),
    )


def matches(truth: Truth, seen: Detections) -> dict[int, int]:
    """Row of the detection -> row of the truth that it finds; the surest detection chooses first."""
    found: dict[int, int] = {}
    for row in np.argsort(-seen.scores, kind="stable").tolist():
        share = overlaps(seen.boxes[row], truth.boxes)
        share[list(found.values())] = 0
        if len(share) and share.max() >= MATCH_IOU:
            found[row] = int(share.argmax())
    return found
