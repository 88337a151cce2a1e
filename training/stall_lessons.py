"""The lessons in stalls: boxed by eye, rendered, pasted onto real streets; and streets that have none."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from training.composites import composed
from training.cutouts import cut_stalls
from training.footage import frames
from training.labels import COCO
from training.lessons import CLIPS
from training.pictures import NOTHING, MissingData, Picture, read_image, read_yolo
from training.public import COCO_SET, EXAMINED_FOR, EXAMINED_TOO
from training.stall_pictures import STALL, apart, boxed_pictures

CAPTIONED = "sic_translator"
"""Checkout with a thousand pictures of Flickr8k and their captions, which say whether somebody sells something."""
SELLS = (
    "market",
    "vendor",
    "stall",
    "stand",
    "sell",
    "sale",
    "cart",
    "shop",
    "store",
    "booth",
    "table",
    "kiosk",
    "tent",
)
FRUIT = dict.fromkeys((46, 47, 49, 50, 51), "fruit")
"""COCO's piles of fruit and vegetables may lie on a stall without anybody having said so: left out."""
STREET, ELSEWHERE = "coco-street", "coco"
COMPOSED = 320
CAPTIONED_TAKEN = 260


@dataclass(frozen=True, slots=True)
class Lessons:
    """Pictures by what they teach. `empty` has no stall; the rest has at least one each."""

    real: list[Picture]
    rendered: list[Picture]
    pasted: list[Picture]
    empty: list[Picture]


def stall_lessons(shared: Path, public: Path, rendered: Path | None, *, seed: int = 5) -> Lessons:
    boxed, _ = apart(boxed_pictures(public))
    real = [picture for picture in boxed if picture.truth.labels]
    empty = [picture for picture in boxed if not picture.truth.labels] + empty_pictures(shared, public)
    if rendered is None:
        return Lessons(real, [], [], empty)
    streets = [one for one in empty if one.scene not in (ELSEWHERE, CAPTIONED)]
    pasted = composed(streets, cut_stalls(rendered), COMPOSED, seed=seed)
    return Lessons(real, rendered_stalls(rendered), [one for one in pasted if one.truth.labels], empty)


def rendered_stalls(rendered: Path) -> list[Picture]:
    names = dict.fromkeys(range(7), STALL)
    return read_yolo(rendered / "detect" / "images", rendered / "detect" / "labels", names, "rendered")


def empty_pictures(shared: Path, public: Path) -> list[Picture]:
    """Streets, crowds, kitchens: whatever the checkouts and the footage have in which nothing is sold."""
    clips = [
        Picture(f"{at:05d}", Path(clip).stem, image, NOTHING)
        for clip, every in CLIPS.items()
        for at, image in frames(shared / "data" / "fire_lane" / clip, every * 2)
    ]
    return clips + _coco(public, examined(shared)) + _captioned(public)


def examined(shared: Path) -> set[str]:
    """Names of COCO pictures that the stall sample shows: no lesson may."""
    return {path.stem for path in (shared / "data" / "vending" / "street" / "negative_coco").glob("*.jpg")}


def _coco(public: Path, examined: set[str]) -> list[Picture]:
    """Those with a vehicle are streets; what an examination shows and what holds fruit stays out."""
    root = public / COCO_SET
    if not root.is_dir():
        return []
    labels = root / "object_detection" / "labels"
    learned = read_yolo(root / "images" / "train2017", labels / "train2017", COCO | FRUIT, "coco")
    others = read_yolo(root / "images" / "val2017", labels / "val2017", EXAMINED_FOR | FRUIT, "coco")
    others = [one for one in others if not one.truth.labels and one.name != EXAMINED_TOO]
    kept = [one for one in learned + others if "fruit" not in one.truth.labels and one.name not in examined]
    return [_emptied(one) for one in kept]


def _emptied(picture: Picture) -> Picture:
    scene = STREET if {"car", "bus", "truck", "motorcycle", "bicycle"} & set(picture.truth.labels) else ELSEWHERE
    return Picture(picture.name, scene, picture.image, NOTHING)


def _captioned(public: Path) -> list[Picture]:
    root = public / CAPTIONED / "data"
    if not root.is_dir():
        return []
    sells = sellers((root / "captions.txt").read_text("utf-8"))
    quiet = [path for path in sorted((root / "images").glob("*.jpg")) if path.name not in sells]
    taken = np.random.default_rng(3).permutation(len(quiet))[:CAPTIONED_TAKEN]
    return [Picture(quiet[at].stem, CAPTIONED, read_image(quiet[at]), NOTHING) for at in sorted(taken)]


def sellers(captions: str) -> set[str]:
    """File names of which some caption speaks of selling; a line is `file name,caption`."""
    lines = [line.split(",", 1) for line in captions.splitlines() if "," in line]
    return {name for name, caption in lines if any(word in caption.lower() for word in SELLS)}


def held_back(public: Path) -> list[Picture]:
    """Places that no lesson shows, with stalls and without, to choose a threshold on."""
    _, kept = apart(boxed_pictures(public))
    if not kept:
        raise MissingData(f"none of the held-back repositories is in {public}")
    return kept
