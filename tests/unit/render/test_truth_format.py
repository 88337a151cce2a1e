"""Truth survives being written and read, and masks and labels say what the index pass showed."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from samples.render.description import Way
from samples.render.labels import box_line, instances, outline_line
from samples.render.truth import TruthWriter, mask_of, read_truth, runs_of
from tests.unit.render.builders import a_car, a_lane, a_sample, a_scene

SAMPLE = a_sample(a_scene(a_car(Way(0, 0, 3, yaw=0)), a_car(Way(0, 6, 3, yaw=0), name="other")), a_lane())


def an_index(*boxes: tuple[int, int, int, int]) -> NDArray[np.uint8]:
    """A picture's index pass with actor 1 in the first box, 2 in the second, and so on."""
    index = np.zeros((720, 1280), np.uint8)
    for number, (x0, y0, x1, y1) in enumerate(boxes, 1):
        index[y0:y1, x0:x1] = number
    return index


def test_a_mask_survives_its_runs() -> None:
    mask = np.random.RandomState(3).rand(48, 64) > 0.6
    assert (mask_of(runs_of(mask), (64, 48)) == mask).all()


def test_boxes_and_masks_come_back_frame_by_frame(tmp_path: Path) -> None:
    first, second = an_index((10, 20, 60, 90), (200, 300, 260, 330)), an_index((12, 20, 62, 90))
    writer = TruthWriter()
    writer.add(0, first)
    writer.add(1, second)
    writer.write(SAMPLE, tmp_path)
    truth = read_truth(tmp_path, SAMPLE.name)
    assert [truth.actor(row)["id"] for row in truth.visible(0)] == ["car", "other"]
    assert [tuple(truth.box(row)) for row in truth.visible(1)] == [(12, 20, 62, 90)]
    assert (truth.mask(truth.visible(0)[1]) == (first == 2)).all()
    assert (truth.mask(truth.visible(1)[0]) == (second == 1)).all()


def test_an_unchanged_mask_is_stored_once(tmp_path: Path) -> None:
    writer = TruthWriter()
    for frame in range(50):
        writer.add(frame, an_index((10, 20, 60, 90)))
    writer.write(SAMPLE, tmp_path)
    assert len(read_truth(tmp_path, SAMPLE.name).columns["runs"]) == 2 * 70


def test_a_box_label_is_the_middle_and_size_in_fractions() -> None:
    mask = an_index((0, 0, 640, 360)) == 1
    assert box_line(3, mask) == "3 0.25000 0.25000 0.50000 0.50000"


def test_an_outline_label_encloses_the_mask() -> None:
    line = outline_line(2, an_index((128, 72, 256, 144)) == 1)
    assert line is not None
    which, *numbers = (float(part) for part in line.split())
    assert which == 2
    assert (min(numbers[::2]), max(numbers[::2])) == pytest.approx((0.1, 0.2), abs=1e-3)


def test_only_actors_with_a_class_are_labelled() -> None:
    index = an_index((0, 0, 50, 50), (100, 0, 150, 50))
    found = instances(SAMPLE.scene, index, lambda kind: 5 if kind == "sedan" else None)
    assert [which for which, _ in found] == [5, 5]
    assert instances(SAMPLE.scene, index, lambda kind: None) == []
