"""The commands say what is missing, and what they print of an examination is what was seen in it."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from tests.street import MODELS
from training import evaluate, export, train
from training.evaluate import ANY_VEHICLE, mean_ap50, sit, table
from training.exams import Exam
from training.pictures import Picture, Truth
from vision.types import Detections, Frame

CAR = (10.0, 10.0, 60.0, 40.0)


class SeesOne:
    """Says that every frame holds one thing, at `CAR`."""

    name = "sees-one@00000000"

    def __init__(self, label: str) -> None:
        self._label = label

    def detect(self, frames: Sequence[Frame]) -> list[Detections]:
        box, score = np.array([CAR], np.float32), np.array([0.9], np.float32)
        return [Detections(frame.ref, box, score, (self._label,), self.name) for frame in frames]


def an_exam(label: str, *, coco: bool) -> Exam:
    image = np.zeros((100, 100, 3), np.uint8)
    return Exam("a street", [Picture("one", "gate", image, Truth.of([(label, *CAR)]))], coco)


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        (train.main, []),
        (evaluate.main, ["--models", str(MODELS)]),
    ],
)
def test_without_the_shared_folder_a_command_names_what_it_misses(
    command: Callable[[list[str]], int], arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command([*arguments, "--shared", str(tmp_path)]) == 2
    assert str(tmp_path) in capsys.readouterr().out


def test_export_names_the_checkpoint_it_misses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export.main([str(tmp_path / "street.pt")]) == 2
    assert "patrol train" in capsys.readouterr().out


def test_evaluate_names_a_model_that_the_manifest_lacks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate.main(["street-99", "--alone", "--models", str(MODELS), "--shared", str(tmp_path)]) == 2
    assert "street-99" in capsys.readouterr().out


def test_where_coco_wrote_the_truth_a_van_counts_as_a_car() -> None:
    assert sit(SeesOne("van"), an_exam("car", coco=True), threshold=0.25)["car"].recall == 1.0
    assert sit(SeesOne("van"), an_exam("car", coco=False), threshold=0.25)["car"].recall == 0.0


def test_a_vehicle_by_another_name_is_still_a_vehicle() -> None:
    scores = sit(SeesOne("truck"), an_exam("tricycle", coco=False), threshold=0.25)
    assert scores["tricycle"].recall == 0.0
    assert scores[ANY_VEHICLE].recall == 1.0


def test_the_mean_leaves_vehicles_of_whatever_name_out() -> None:
    assert mean_ap50(sit(SeesOne("truck"), an_exam("tricycle", coco=False), threshold=0.25)) == 0.0


def test_the_table_has_a_row_for_each_condition_and_label() -> None:
    scores = {"a street": sit(SeesOne("car"), an_exam("car", coco=True), threshold=0.25)}
    lines = table({"old": scores, "new": scores}).splitlines()
    assert "| a street | car | 1 | 1.000 · 1.000 · 1.00 · 1.00 | 1.000 · 1.000 · 1.00 · 1.00 |" in lines
    assert "| a street | mean |  | 1.000 | 1.000 |" in lines
