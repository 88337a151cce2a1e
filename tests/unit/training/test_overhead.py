"""The overhead model's lessons and examinations: truth moves with the pixels, and what is counted is what happened."""

from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from tests.blobs import SeesBlobs, as_frame, box_of, ground
from training.overhead_context import backbone, neck
from training.overhead_exams import OverheadExam, changed, dusk, matches, resized, sitting
from training.overhead_failures import FALSE, MISSED, failures, write_page
from training.overhead_lessons import cast, write_lessons
from training.overhead_looks import other_sensor, repainted, turned
from training.overhead_paste import cutouts, pasted_on
from training.overhead_private import furnished, pool_side
from training.overhead_sources import SIDE, STALL
from training.pictures import NOTHING, Picture, Truth
from training.start import start_with
from vision.types import Detections, Image

DISC = (200, 90, 17)
START = Path(__file__).resolve().parents[4] / "shared" / "weights" / "yolo11n-coco.pt"


def a_picture(image: Image, *discs: tuple[int, int, int], name: str = "one") -> Picture:
    boxes = [(STALL, *map(float, box_of(*disc))) for disc in discs]
    return Picture(name, "city", image, Truth.of(boxes))  # type: ignore[arg-type]


def a_chip(*discs: tuple[int, int, int]) -> Picture:
    return a_picture(ground(SIDE, SIDE, *discs), *discs)


def seen_in(picture: Picture) -> Detections:
    return SeesBlobs().detect([as_frame(picture.image)])[0]


@pytest.mark.parametrize("seed", range(12))
def test_truth_turns_with_the_picture(seed: int) -> None:
    laid = turned(a_chip(DISC), np.random.default_rng(seed))
    assert laid.truth.boxes.tolist() == seen_in(laid).boxes.tolist()


@pytest.mark.parametrize("seed", range(6))
def test_another_sensor_keeps_the_size_and_changes_the_pixels(seed: int) -> None:
    image = a_chip(DISC).image
    other = other_sensor(image, np.random.default_rng(seed))
    assert other.shape == image.shape
    assert (other != image).any()


def test_a_repainted_parasol_leaves_the_ground_as_it_was() -> None:
    chip = a_chip(DISC)
    painted = repainted(chip, np.random.default_rng(3)).image
    changed_px = np.argwhere((painted != chip.image).any(axis=2))
    (top, left), (bottom, right) = changed_px.min(axis=0), changed_px.max(axis=0)
    x1, y1, x2, y2 = chip.truth.boxes[0]
    assert (left, top) >= (x1 - 1, y1 - 1)
    assert (right, bottom) <= (x2 + 1, y2 + 1)


def test_only_parasols_that_stand_free_and_whole_are_cut_out() -> None:
    assert len(cutouts([a_chip(DISC, (3, 200, 17), (60, 250, 17), (70, 255, 17))])) == 1


def test_what_is_pasted_on_another_ground_is_where_its_truth_says() -> None:
    things = cutouts([a_chip(DISC)])
    bare = Picture("lot", "lot", np.full((400, 500, 3), 90, np.uint8), NOTHING)
    picture = pasted_on(bare, things, 3, np.random.default_rng(5), "0001")
    assert picture.image.shape == (SIDE, SIDE, 3)
    assert 1 <= len(picture.truth.labels) <= 3
    for x1, y1, x2, y2 in picture.truth.boxes.round().astype(int):
        inner = picture.image[(y1 + y2) // 2 - 3 : (y1 + y2) // 2 + 3, (x1 + x2) // 2 - 3 : (x1 + x2) // 2 + 3]
        assert (inner != 90).mean() > 0.5


def test_white_domes_are_pasted_without_a_label() -> None:
    dome = a_picture(ground(SIDE, SIDE), name="ortofoto-bogota-2021_2_chip_24_43")
    labels = [thing.label for thing in cast([a_chip(DISC), dome])]
    assert sorted(set(labels)) == ["", STALL]


def test_lessons_are_written_as_yolo_reads_them(tmp_path: Path) -> None:
    described = write_lessons([a_chip(DISC)], [a_chip()], tmp_path)
    assert f"0: {STALL}" in described.read_text()
    [label] = (tmp_path / "train" / "labels").glob("*.txt")
    number, x, y, *_ = label.read_text().split()
    assert number == "0"
    assert [float(x) * SIDE, float(y) * SIDE] == pytest.approx([200.5, 90.5], abs=0.01)


def test_a_sitting_counts_found_missed_false_and_alarmed() -> None:
    there, false_alarm = a_chip(DISC, (60, 250, 17)), a_picture(ground(SIDE, SIDE, (50, 50, 17)))
    missed = Picture("two", "city", ground(SIDE, SIDE, DISC), there.truth)
    exam = OverheadExam("a street", [there, missed, false_alarm, a_chip()])
    sat = sitting(exam, [seen_in(picture) for picture in exam.pictures], least=0.5)
    assert (sat.score.n, sat.found, sat.false, sat.alarmed, sat.empties) == (4, 3, 1, 1, 2)
    assert (sat.recall, sat.precision) == (0.75, 0.75)


def test_one_stall_is_found_once() -> None:
    [seen] = SeesBlobs().detect([as_frame(ground(SIDE, SIDE, DISC))])
    twice = Detections(seen.ref, seen.boxes.repeat(2, 0), np.array([0.5, 0.9], np.float32), (STALL,) * 2, seen.model)
    assert matches(a_chip(DISC).truth, twice) == {1: 0}


def test_a_picture_of_another_scale_keeps_its_truth() -> None:
    [half] = resized([a_chip(DISC)], 0.5)
    assert np.abs(half.truth.boxes - seen_in(half).boxes).max() <= 1.5
    [dark] = changed([a_chip(DISC)], dusk)
    assert dark.image.mean() < a_chip(DISC).image.mean()


def test_the_page_of_failures_shows_what_was_false_and_what_was_missed(tmp_path: Path) -> None:
    picture = Picture("one", "city", ground(SIDE, SIDE, (50, 50, 17)), a_chip(DISC).truth)
    exam = OverheadExam("a <street>", [picture])
    found = failures(exam, [seen_in(picture)], least=0.5)
    assert [one.kind for one in found] == [FALSE, MISSED]
    page = write_page([(exam.condition, found)], tmp_path).read_text("utf-8")
    assert "a &lt;street&gt;" in page
    assert all(cv2.imread(str(tmp_path / f"0-00{at}.jpg")) is not None for at in range(2))


@pytest.mark.parametrize("seed", range(4))
def test_a_garden_has_parasols_and_no_label(seed: int) -> None:
    garden = pool_side(1, cutouts([a_chip(DISC)]), [a_chip().image], np.random.default_rng(seed))
    assert garden.image.shape == (SIDE, SIDE, 3)
    assert garden.truth.labels == ()


@pytest.mark.parametrize("seed", range(6))
def test_trees_and_tarpaulins_of_a_street_cover_no_stall(seed: int) -> None:
    street = a_chip(DISC, (60, 250, 17))
    image = furnished(street, np.random.default_rng(seed)).image
    assert (image != street.image).any()
    for x1, y1, x2, y2 in street.truth.boxes.astype(int):
        assert (image[y1:y2, x1:x2] == street.image[y1:y2, x1:x2]).all()


@pytest.mark.skipif(not START.exists(), reason=f"{START} is missing: a network to take apart")
def test_backbone_neck_and_head_one_after_the_other_are_the_network() -> None:
    model = start_with(START, {STALL: (25,)}).float().eval()
    image = a_chip(DISC).image
    given = [one.float()[None] for one in backbone(model.model, image)]
    with torch.no_grad():
        head = model.model[-1]
        apart = [head.cv3[at](one) for at, one in enumerate(neck(model.model, (given[0], given[1], given[2])))]
        pixels = torch.from_numpy(np.ascontiguousarray(image[None, :, :, ::-1].transpose(0, 3, 1, 2), np.float32) / 255)
        whole = model(pixels)[0][0, 4]
    scores = torch.cat([one.sigmoid().flatten() for one in apart])
    assert torch.allclose(scores, whole, atol=0.01)
