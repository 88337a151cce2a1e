"""One thing on the street is one box, whatever names it got."""

import numpy as np

from vision.suppression import groups_of, survivors
from vision.types import Boxes

HERE, NEARLY_HERE, ELSEWHERE = (10, 10, 110, 60), (12, 11, 112, 61), (300, 10, 400, 60)


def kept(*seen: tuple[str, float, tuple[int, int, int, int]]) -> list[str]:
    """The labels that survive, best first."""
    labels = tuple(label for label, _, _ in seen)
    boxes: Boxes = np.array([box for _, _, box in seen], np.float32).reshape(-1, 4)
    scores = np.array([score for _, score, _ in seen], np.float32)
    return [labels[at] for at in survivors(boxes, scores, groups_of(labels), overlap=0.55)]


def test_a_van_that_is_also_a_truck_and_a_car_counts_once() -> None:
    assert kept(("truck", 0.5, HERE), ("van", 0.8, NEARLY_HERE), ("car", 0.6, HERE)) == ["van"]


def test_two_cars_apart_are_two_cars() -> None:
    assert kept(("car", 0.5, HERE), ("car", 0.8, ELSEWHERE)) == ["car", "car"]


def test_a_person_before_a_car_is_not_swallowed_by_it() -> None:
    assert kept(("person", 0.3, HERE), ("car", 0.9, NEARLY_HERE)) == ["car", "person"]


def test_a_rider_and_a_motorcycle_are_two_things_but_a_motorcycle_is_no_bicycle_as_well() -> None:
    seen = kept(("person", 0.7, HERE), ("motorcycle", 0.6, HERE), ("bicycle", 0.5, NEARLY_HERE))
    assert seen == ["person", "motorcycle"]


def test_nothing_seen_leaves_nothing() -> None:
    assert kept() == []
