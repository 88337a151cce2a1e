"""The public sample of stalls at street height: six pictures with stalls, and streets that look alike and have none."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from training.failures import failures
from training.metrics import Seen
from training.pictures import MissingData, Picture, Truth, read_image, read_yolo
from training.stall_pictures import STALL
from vision.labels import is_stall

IOU = 0.3
"""Where a stall ends is a matter of taste: that much overlap is a find."""


@dataclass(frozen=True, slots=True)
class StallScore:
    """How many stalls there are and were found, what was said beside them, and how many empty pictures alarmed."""

    stalls: int
    found: int
    false: int
    pictures: int
    empty: int
    alarmed: int

    @property
    def recall(self) -> float:
        return self.found / max(self.stalls, 1)

    @property
    def false_per_picture(self) -> float:
        return self.false / max(self.pictures, 1)


def stall_samples(shared: Path) -> dict[str, list[Picture]]:
    """Condition -> pictures. No lesson shows any of them."""
    folder = shared / "data" / "vending" / "street"
    names = dict.fromkeys(range(9), STALL)
    streets = read_yolo(folder / "images", folder / "labels", names, "sample") + _empty(folder / "negative")
    return {"public sample, India": streets, "COCO streets without stalls": _coco(folder, shared)}


def _coco(folder: Path, shared: Path) -> list[Picture]:
    listed = (folder / "negative_coco.txt").read_text("utf-8").split()
    images = shared / "data" / "street" / "coco_val128" / "images"
    there = [images / name for name in listed if (images / name).exists()]
    return _empty(folder / "negative_coco") + [_nothing(path) for path in there]


def _empty(folder: Path) -> list[Picture]:
    found = sorted(path for path in folder.glob("*") if path.suffix.lower() in (".jpg", ".jpeg", ".png"))
    if not found:
        raise MissingData(f"no pictures in {folder}")
    return [_nothing(path) for path in found]


def _nothing(path: Path) -> Picture:
    return Picture(path.stem, path.parent.name, read_image(path), Truth.of(()))


def only_stalls(said: Seen) -> Seen:
    """What was said of stalls, all kinds under one word."""
    rows = [at for at, label in enumerate(said.labels) if is_stall(label)]
    return Seen(said.boxes[rows], said.scores[rows], (STALL,) * len(rows))


def score_stalls(pictures: Sequence[Picture], seen: Sequence[Seen], *, threshold: float) -> StallScore:
    """Any stall word counts; `pictures` and `seen` go together."""
    wrong = failures("", pictures, [only_stalls(said) for said in seen], threshold=threshold, iou=IOU)
    stalls = sum(len(picture.truth.labels) for picture in pictures)
    missed = sum(len(one.missed.labels) for one in wrong)
    false = [one for one in wrong if one.false.labels]
    empty = sum(not picture.truth.labels for picture in pictures)
    alarmed = sum(not one.picture.truth.labels for one in false)
    return StallScore(
        stalls, stalls - missed, sum(len(one.false.labels) for one in false), len(pictures), empty, alarmed
    )
