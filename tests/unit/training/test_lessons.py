"""Lessons: whose word counts where."""

import numpy as np

from training.by_eye import CORRECTED, MISSED, corrected
from training.composites import LABEL_OF, composed, sprites
from training.labels import LABELS
from training.lessons import CLIPS, people_added, weathered
from training.pictures import NOTHING, Picture, Truth
from training.steep import CAR_DETECTION, HIGHWAY

STREET = np.full((360, 640, 3), 90, np.uint8)


def a_picture(truth: Truth, *, scene: str = "gate", name: str = "00000") -> Picture:
    return Picture(name, scene, STREET, truth)


def test_a_persons_word_replaces_the_teachers() -> None:
    scene, ((frame, x, y, label), *_) = next(iter(CORRECTED.items()))
    taught = Truth.of([("bus", x - 20, y - 20, x + 20, y + 20), ("bus", x + 200, y, x + 220, y + 20)])
    picture = corrected(a_picture(taught, scene=scene, name=f"{frame:05d}"))
    assert picture.truth.labels[:2] == (label, "bus")


def test_what_the_teacher_missed_is_added() -> None:
    scene, frames = next(iter(MISSED.items()))
    frame, boxes = next(iter(frames.items()))
    picture = corrected(a_picture(NOTHING, scene=scene, name=f"{frame:05d}"))
    assert picture.truth.labels == tuple(box[0] for box in boxes)


def test_in_the_car_park_only_people_are_taken_from_the_teacher() -> None:
    known = Truth.of([("car", 0, 0, 50, 50)])
    said = known + Truth.of([("car", 100, 0, 120, 20), ("person", 200, 0, 210, 30)])
    assert people_added(a_picture(known), a_picture(said)).truth.labels == ("car", "person")


def test_no_lesson_is_taken_from_a_clip_that_is_an_examination() -> None:
    assert not {CAR_DETECTION.file, HIGHWAY.file} & set(CLIPS)


def test_some_pictures_turn_to_night_and_some_stay_as_they_were() -> None:
    pictures = [a_picture(NOTHING) for _ in range(60)]
    changed = weathered(pictures, seed=1)
    dark = sum(picture.image.mean() < 40 for picture in changed)
    same = sum(picture.image is STREET for picture in changed)
    assert 0 < dark < same


def test_a_rendered_vehicle_on_a_street_is_labelled_where_it_stands() -> None:
    made = composed([a_picture(NOTHING)], sprites(), 20, seed=3)
    boxes = [(picture, box) for picture in made for box in picture.truth.boxes]
    assert boxes
    for picture, (x1, y1, x2, y2) in boxes:
        inside = picture.image[int(y1) : int(y2), int(x1) : int(x2)]
        assert (inside != 90).any()
        assert 0 <= x1 < x2 <= 640
        assert 0 <= y1 < y2 <= 360


def test_every_sprite_is_a_label_of_ours() -> None:
    assert {sprite.label for sprite in sprites()} == set(LABEL_OF.values()) <= set(LABELS)
