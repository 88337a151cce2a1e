"""What counts as a failure, what the page shows of it, and what the stall sample counts."""

from pathlib import Path

import numpy as np

from training.failures import MISSED, failures, write_page
from training.metrics import Seen
from training.pictures import Picture, Truth
from training.stall_exam import only_stalls, score_stalls
from training.stall_pictures import STALL

CART, VAN = (10.0, 10.0, 60.0, 40.0), (100.0, 20.0, 180.0, 90.0)


def a_picture(*stalls: tuple[float, float, float, float]) -> Picture:
    return Picture("one", "gate", np.zeros((100, 200, 3), np.uint8), Truth.of((STALL, *box) for box in stalls))


def said(*things: tuple[str, float, tuple[float, float, float, float]]) -> Seen:
    boxes = np.array([box for _, _, box in things], np.float32).reshape(-1, 4)
    return Seen(boxes, np.array([score for _, score, _ in things], np.float32), tuple(label for label, _, _ in things))


def judged(picture: Picture, seen: Seen) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    found = failures("a street", [picture], [seen], threshold=0.25, iou=0.3)
    return [(one.missed.labels, one.false.labels) for one in found]


def test_what_is_found_is_no_failure() -> None:
    assert judged(a_picture(CART), said((STALL, 0.9, CART))) == []


def test_another_word_for_it_is_a_miss_and_a_false_alarm() -> None:
    assert judged(a_picture(CART), said(("car", 0.9, CART))) == [((STALL,), ("car",))]


def test_a_second_box_on_one_thing_is_false() -> None:
    assert judged(a_picture(CART), said((STALL, 0.9, CART), (STALL, 0.8, CART))) == [((), (STALL,))]


def test_what_is_said_too_faintly_is_not_said() -> None:
    assert judged(a_picture(CART), said((STALL, 0.1, CART))) == [((STALL,), ())]


def test_the_page_shows_the_worst_first_and_draws_what_was_missed(tmp_path: Path) -> None:
    pictures = [a_picture(CART), a_picture(CART, VAN)]
    found = failures("a street", pictures, [said(), said()], threshold=0.25, iou=0.3)
    page = write_page(found, tmp_path, "worst")
    text = page.read_text("utf-8")
    assert text.index("stall, stall") < text.rindex("missed: stall<")
    assert (tmp_path / "000.jpg").exists()
    assert MISSED == (0, 0, 255)


def test_the_stall_sample_counts_finds_falsehoods_and_alarms_on_empty_pictures() -> None:
    pictures = [a_picture(CART, VAN), a_picture(), a_picture()]
    seen = [said(("stall_goods", 0.9, CART)), said((STALL, 0.5, VAN), ("person", 0.9, CART)), said(("car", 0.9, VAN))]
    score = score_stalls(pictures, seen, threshold=0.25)
    assert (score.stalls, score.found, score.false, score.empty, score.alarmed) == (2, 1, 1, 2, 1)
    assert (score.recall, score.false_per_picture) == (0.5, 1 / 3)


def test_every_kind_of_stall_counts_under_one_word() -> None:
    assert only_stalls(said(("stall_goods", 0.9, CART), ("car", 0.9, VAN))).labels == (STALL,)
