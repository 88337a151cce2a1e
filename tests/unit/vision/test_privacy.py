"""Faces and plates cannot be read in what is shown."""

import numpy as np
import pytest

from tests.unit.vision.pictures import Box, a_car, cut_out, likeness, noise, seen, street
from vision.privacy import Part, blurred, frosted, hidden
from vision.types import Detections, Image, no_detections

CAR: Box = (200.0, 60.0, 520.0, 320.0)
READABLE = 0.25


def plates_of(letters: str) -> tuple[Image, Detections, Box]:
    image = street()
    plate = a_car(image, (200, 60, 520, 320), letters)
    return image, seen(("car", CAR)), plate


def test_a_plate_is_no_longer_like_itself() -> None:
    image, detections, plate = plates_of("A8K3F7")
    assert likeness(cut_out(image, plate), cut_out(blurred(image, detections), plate)) < READABLE


def test_of_the_difference_between_two_plates_hardly_anything_is_left() -> None:
    (one, seen_one, plate), (two, seen_two, _) = plates_of("A8K3F7"), plates_of("B5M9Q1")
    bare = difference(cut_out(one, plate), cut_out(two, plate))
    shown = difference(cut_out(blurred(one, seen_one), plate), cut_out(blurred(two, seen_two), plate))
    assert shown < bare / 5


def difference(a: Image, b: Image) -> float:
    return float(np.abs(a.astype(int) - b).mean())


@pytest.mark.parametrize("label", ["car", "van", "bus", "truck", "tricycle", "motorcycle", "something new"])
def test_every_label_that_is_no_person_may_carry_a_plate(label: str) -> None:
    image, _, plate = plates_of("A8K3F7")
    shown = blurred(image, seen((label, CAR)))
    assert likeness(cut_out(image, plate), cut_out(shown, plate)) < READABLE


def test_a_thing_of_no_known_class_is_hidden_as_well() -> None:
    image, detections, plate = plates_of("A8K3F7")
    shown = blurred(image, no_detections(detections.ref, detections.model), detections.boxes)
    assert likeness(cut_out(image, plate), cut_out(shown, plate)) < READABLE


def test_the_head_of_a_standing_person_keeps_no_more_than_a_few_samples() -> None:
    image = noise()
    shown = blurred(image, seen(("person", (300.0, 100.0, 360.0, 280.0))))
    head: Box = (310.0, 102.0, 350.0, 130.0)
    assert abs(likeness(cut_out(image, head), cut_out(shown, head))) < READABLE


def test_the_body_of_a_standing_person_stays_as_it_was() -> None:
    image = noise()
    shown = blurred(image, seen(("person", (300.0, 100.0, 360.0, 280.0))))
    assert (shown[150:280] == image[150:280]).all()


def test_of_a_face_that_fills_its_box_nothing_stays() -> None:
    image = noise()
    box: Box = (200.0, 100.0, 320.0, 200.0)
    shown = blurred(image, seen(("person", box)))
    assert abs(likeness(cut_out(image, (200, 150, 320, 170)), cut_out(shown, (200, 150, 320, 170)))) < READABLE


@pytest.mark.parametrize("label", ["motorcycle", "bicycle", "tricycle"])
def test_a_rider_whom_the_detector_missed_is_hidden_above_the_machine(label: str) -> None:
    image = noise()
    shown = blurred(image, seen((label, (250.0, 180.0, 370.0, 280.0))))
    rider: Box = (290.0, 130.0, 330.0, 175.0)
    assert abs(likeness(cut_out(image, rider), cut_out(shown, rider))) < READABLE


def test_what_is_not_in_a_box_is_not_touched() -> None:
    image = noise()
    shown = blurred(image, seen(("car", CAR)))
    outside = np.ones(image.shape[:2], bool)
    outside[60:320, 200:520] = False
    assert (shown[outside] == image[outside]).all()


def test_the_picture_given_is_not_changed() -> None:
    image = noise()
    blurred(image, seen(("car", CAR)))
    assert (image == noise()).all()


def test_a_box_the_detector_hardly_believes_in_is_hidden() -> None:
    image, _, plate = plates_of("A8K3F7")
    shown = blurred(image, seen(("car", CAR), score=0.11))
    assert likeness(cut_out(image, plate), cut_out(shown, plate)) < READABLE


def test_a_car_too_small_to_be_read_stays_sharp() -> None:
    image = noise()
    assert (blurred(image, seen(("car", (100.0, 100.0, 160.0, 140.0)))) == image).all()


def test_a_car_cut_by_the_edge_is_hidden_by_its_width() -> None:
    image = noise()
    low = blurred(image, seen(("car", (100.0, 300.0, 400.0, 360.0))))
    assert (low[300:360, 100:400] != image[300:360, 100:400]).any(axis=2).mean() > 0.95


@pytest.mark.parametrize("box", [(-50.0, -40.0, 90.0, 100.0), (600.0, 300.0, 700.0, 500.0), (700.0, 10.0, 900.0, 90.0)])
def test_boxes_may_reach_beyond_the_picture(box: Box) -> None:
    image = noise()
    assert blurred(image, seen(("car", box), ("person", box), ("bicycle", box))).shape == image.shape


def test_where_parts_overlap_the_coarser_one_wins_whatever_their_order() -> None:
    image = noise()
    fine, coarse = Part((100, 100, 300, 300), 4.0), Part((150, 150, 250, 250), 40.0)
    assert (hidden(image, [coarse, fine]) == hidden(image, [fine, coarse])).all()
    inside = hidden(image, [coarse, fine])[160:240, 160:240]
    assert (inside == hidden(image, [coarse])[160:240, 160:240]).all()


def test_frost_leaves_only_the_samples_it_kept() -> None:
    """Whatever had the same averages looks the same: nothing else of it is left to bring back."""
    checks = np.indices((120, 120)).sum(axis=0) % 2 * 200
    image = np.repeat(checks[..., None], 3, axis=2).astype(np.uint8)
    assert (frosted(image, 30) == 100).all()
    assert (frosted(255 - image, 30) == 155).all()


STALL: Box = (180.0, 60.0, 540.0, 340.0)


def test_a_face_behind_a_stall_that_nobody_detected_is_not_left_readable() -> None:
    image = noise()
    shown = blurred(image, seen(("stall", STALL)))
    face: Box = (300.0, 120.0, 325.0, 148.0)
    assert abs(likeness(cut_out(image, face), cut_out(shown, face))) < READABLE


def test_goods_on_a_stall_stay_goods() -> None:
    image, goods = street(), (260, 200, 330, 250)
    image[200:250, 260:330] = (40, 40, 220)
    for label in ("stall", "tricycle"):
        shown = blurred(image, seen((label, STALL), ("stall", STALL)))
        assert np.abs(cut_out(shown, goods)[10:-10, 10:-10].astype(int) - (40, 40, 220)).max() < 12


def test_a_tricycle_that_is_known_as_a_stall_is_hidden_as_one_and_a_truck_as_a_truck() -> None:
    image, _, plate = plates_of("A8K3F7")
    known = np.array([STALL], np.float32)
    as_tricycle = blurred(image, seen(("tricycle", CAR)), None, known)
    as_truck = blurred(image, seen(("truck", CAR)), None, known)
    shown = {
        name: likeness(cut_out(image, plate), cut_out(one, plate))
        for name, one in (("tricycle", as_tricycle), ("truck", as_truck))
    }
    assert shown["truck"] < READABLE < 1
    assert shown["truck"] <= shown["tricycle"] < 0.9
