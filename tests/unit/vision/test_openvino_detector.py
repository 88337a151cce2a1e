"""The exported network's own promises: no torch, one box for one vehicle, and no silence when it could not look."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import openvino as ov
import pytest
from openvino import opset13 as op

from pipelines.weights import find_entry, load_detector
from tests.street import MODELS, ROOT, STANDING_CAR, STREET, a_frame, found_at, overlap, shrunk, the_street
from vision.detector import DetectorFailed
from vision.openvino_detector import Network, OpenVinoDetector, Tuning
from vision.suppression import RIVALS

LOOK_IN_A_PROCESS_OF_ITS_OWN = f"""
import sys
from tests.street import MODELS, a_frame, the_street
from pipelines.weights import load_detector
seen = load_detector("{STREET}", models_dir=MODELS).detect([a_frame(the_street())])
assert len(seen[0]) > 0
print(sorted({{name.split(".")[0] for name in sys.modules}} & {{"torch", "ultralytics", "torchvision", "fastapi"}}))
"""


def a_network(folder: Path, *candidates: list[float], labels: tuple[str, ...] = ("car", "", "person")) -> Network:
    """A network that answers every picture with these candidates: cx, cy, w, h, then a score per label."""
    picture = op.parameter([-1, 3, -1, -1], np.float32)
    one_per_picture = op.multiply(op.reduce_mean(picture, np.array([1, 2, 3]), True), np.float32(0))
    answers = op.constant(np.array(candidates, np.float32).T[None])
    model = ov.Model([op.add(op.squeeze(one_per_picture, np.array([3])), answers)], [picture])
    ov.serialize(model, folder / "drawn.xml")
    return Network("drawn@0", (folder / "drawn.xml").read_bytes(), (folder / "drawn.bin").read_bytes(), labels)


BLANK = np.zeros((384, 640, 3), np.uint8)


def test_a_class_that_is_kept_out_does_not_hide_the_car_behind_it(tmp_path: Path) -> None:
    cell_phone = [100.0, 100.0, 40.0, 40.0, 0.3, 0.9, 0.1]
    [seen] = OpenVinoDetector(a_network(tmp_path, cell_phone)).detect([a_frame(BLANK)])
    assert seen.labels == ("car",)
    np.testing.assert_allclose(seen.boxes, [[80, 80, 120, 120]])
    np.testing.assert_allclose(seen.scores, [0.3], rtol=1e-3)


def test_a_candidate_below_the_threshold_is_not_seen(tmp_path: Path) -> None:
    faint = [100.0, 100.0, 40.0, 40.0, 0.2, 0.0, 0.1]
    [seen] = OpenVinoDetector(a_network(tmp_path, faint)).detect([a_frame(BLANK)])
    assert len(seen) == 0


def test_more_frames_than_fit_in_a_batch_are_all_answered(tmp_path: Path) -> None:
    person = [100.0, 100.0, 40.0, 40.0, 0.1, 0.0, 0.8]
    detector = OpenVinoDetector(a_network(tmp_path, person), Tuning(batch=2))
    seen = detector.detect([a_frame(BLANK, seq=seq) for seq in range(5)])
    assert [(one.ref.seq, one.labels) for one in seen] == [(seq, ("person",)) for seq in range(5)]


def test_an_answer_that_is_no_number_is_a_failure_and_no_empty_street(tmp_path: Path) -> None:
    nonsense = [100.0, 100.0, 40.0, 40.0, float("nan"), 0.0, 0.1]
    with pytest.raises(DetectorFailed, match="numbers") as failed:
        OpenVinoDetector(a_network(tmp_path, nonsense)).detect([a_frame(BLANK)])
    assert not failed.value.again


def test_looking_loads_no_torch() -> None:
    command = [sys.executable, "-c", LOOK_IN_A_PROCESS_OF_ITS_OWN]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_no_vehicle_in_the_street_has_two_boxes() -> None:
    detector = load_detector(STREET, models_dir=MODELS, threshold=0.05)
    [seen] = detector.detect([a_frame(the_street())])
    vehicles = [box for label, box in zip(seen.labels, seen.boxes, strict=True) if label in RIVALS[0]]
    twice = [1 for at, one in enumerate(vehicles) for other in vehicles[:at] if overlap(one, other) > 0.55]
    assert twice == []


def test_a_higher_threshold_sees_no_more() -> None:
    faint, sure = (load_detector(STREET, models_dir=MODELS, threshold=limit) for limit in (0.1, 0.6))
    [much], [little] = (detector.detect([a_frame(the_street())]) for detector in (faint, sure))
    assert len(little) < len(much)
    assert (little.scores >= 0.6).all()


def test_a_larger_input_finds_a_car_too_small_for_a_smaller_one() -> None:
    far = a_frame(np.pad(shrunk(the_street(), 0.18), ((0, 590), (0, 1050), (0, 0)), constant_values=90))
    place = STANDING_CAR * np.float32(0.18)
    near_sighted, far_sighted = (load_detector(STREET, models_dir=MODELS, side=side) for side in (320, 1280))
    assert found_at(near_sighted.detect([far])[0], place) == []
    assert found_at(far_sighted.detect([far])[0], place) == ["car"]


def test_every_label_that_is_seen_is_one_that_the_manifest_lists() -> None:
    [seen] = load_detector(STREET, models_dir=MODELS, threshold=0.01).detect([a_frame(the_street())])
    assert set(seen.labels) <= set(find_entry(STREET, MODELS).labels)


def test_bytes_that_are_no_network_are_a_failure_and_no_empty_street() -> None:
    broken = OpenVinoDetector(Network("broken@00000000", b"<net/>", b"", ("car",)))
    with pytest.raises(DetectorFailed, match=r"broken@00000000 could not look"):
        broken.detect([a_frame(the_street())])


def test_a_device_that_is_not_there_is_a_failure_and_no_empty_street() -> None:
    network = find_entry(STREET, MODELS).network(MODELS)
    detector = OpenVinoDetector(network, Tuning(device="NPU.7"))
    with pytest.raises(DetectorFailed):
        detector.detect([a_frame(the_street())])
