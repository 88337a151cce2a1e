"""The lessons: which footage an edition learns from and who labelled it. Examinations are elsewhere, scene by scene."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from training.by_eye import corrected
from training.composites import composed, sprites
from training.footage import car_park, frames
from training.labels import LABELS
from training.pictures import NOTHING, Picture, Truth, read_image, write_yolo
from training.public import public_lessons
from training.teacher import taught
from training.weather import at_night, poor_stream
from vision.detector import Detector

CLIPS = {
    "dvrscan_traffic_camera.mp4": 24,
    "andrewssobral_haar_video2.avi": 25,
    "opencv4nodejs_topdown_traffic.mp4": 16,
    "intel_preview_person-bicycle-car-detection.gif": 1,
}
"""Clip -> every how many frames. by_eye.py speaks of these frames."""
CAR_PARK_DAYS = ("sequence0", "sequence1", "sequence2", "sequence3")
EMPTY_LOTS = 8
COMPOSED = 200
NIGHTS, POOR_STREAMS = 0.15, 0.15
SEED = 7


def lessons(shared: Path, public: Path | None, by: Detector) -> list[Picture]:
    """Everything to learn from. Without `public` there is less, above all against forgetting."""
    known = public_lessons(public) if public else []
    local = [corrected(picture) for picture in clip_lessons(shared, by)] + car_park_lessons(shared, by)
    real = known + local
    streets = [picture for picture in real if picture.scene not in ("coco", "no-street")]
    return weathered(real + composed(streets, sprites(), COMPOSED, seed=SEED), seed=SEED)


def clip_lessons(shared: Path, by: Detector) -> list[Picture]:
    folder = shared / "data" / "fire_lane"
    pictures = [
        Picture(f"{at:05d}", Path(clip).stem, image, NOTHING)
        for clip, every in CLIPS.items()
        for at, image in frames(folder / clip, every)
    ]
    return taught(pictures, by)


def car_park_lessons(shared: Path, by: Detector) -> list[Picture]:
    folder = shared / "data" / "fire_lane" / "pklot"
    days = [picture for day in CAR_PARK_DAYS for picture in car_park(folder / day)]
    empty = sorted((folder / "empty_lot").glob("*.jpg"))[:EMPTY_LOTS]
    return [people_added(day, said) for day, said in zip(days, taught(days, by), strict=True)] + [
        Picture(path.stem, "pklot-empty", read_image(path), NOTHING) for path in empty
    ]


def people_added(known: Picture, said: Picture) -> Picture:
    """In the car park the teacher takes lamps for cars: of what it adds, only people count."""
    n, truth = len(known.truth.labels), said.truth
    kept = [at for at, label in enumerate(truth.labels) if at < n or label == "person"]
    return Picture(known.name, known.scene, known.image, Truth(truth.boxes[kept], tuple(truth.labels[a] for a in kept)))


def weathered(pictures: Sequence[Picture], *, seed: int) -> list[Picture]:
    """Some of them by night, some through a poor stream."""
    lots = np.random.default_rng(seed).uniform(size=len(pictures))
    return [_weathered(picture, lot, at) for at, (picture, lot) in enumerate(zip(pictures, lots, strict=True))]


def _weathered(picture: Picture, lot: float, at: int) -> Picture:
    if lot < NIGHTS:
        return Picture(picture.name, picture.scene, at_night(picture.image, seed=at), picture.truth)
    if lot < NIGHTS + POOR_STREAMS:
        return Picture(picture.name, picture.scene, poor_stream(picture.image, long_side=384), picture.truth)
    return picture


def write_lessons(pictures: Sequence[Picture], folder: Path) -> Path:
    """A YOLO data set; returns its data.yaml. Validation is ours, so `val` merely satisfies the trainer."""
    write_yolo(pictures, folder)
    names = "\n".join(f"  {number}: {label}" for number, label in enumerate(LABELS))
    described = folder / "data.yaml"
    described.write_text(f"path: {folder.resolve()}\ntrain: images\nval: images\nnames:\n{names}\n")
    return described
