"""The network for wet ground: pixels go in, shares come out, and it never answers when it could not look."""

from pathlib import Path

import cv2
import numpy as np
import openvino as ov
import pytest
from openvino import opset13 as op

from pipelines.weights import find_entry
from tests.shared import shared
from tests.street import MODELS
from vision.detector import DetectorFailed
from vision.openvino_detector import Network
from vision.wet_net import Looking, WetNet

LEFT_RED = np.zeros((300, 400, 3), np.uint8)
LEFT_RED[:, :200, 2] = 255


def sees_red(folder: Path, *, factor: float = 1.0) -> WetNet:
    """A network whose answer at stride 16 is the mean of red, as class 1, and the rest as class 0."""
    picture = op.parameter([-1, 3, -1, -1], np.float32)
    red = op.gather(picture, np.array([0]), np.array(1))
    cells = op.avg_pool(red, [16, 16], [0, 0], [0, 0], [16, 16], False, "floor")
    scaled = op.multiply(cells, np.float32(factor))
    answer = op.concat([op.subtract(np.float32(1), scaled), scaled], 1)
    ov.serialize(ov.Model([answer], [picture]), folder / "red.xml")
    read = (folder / "red.xml").read_bytes(), (folder / "red.bin").read_bytes()
    return WetNet(Network("red@0", *read, ("seepage",)))


def test_the_answer_is_where_the_picture_says(tmp_path: Path) -> None:
    shares = sees_red(tmp_path).shares(LEFT_RED)
    assert shares.shape == (2, 24, 32)
    assert shares[1, :, :15].mean() == pytest.approx(1.0, abs=0.02)
    assert shares[1, :, 17:].mean() == pytest.approx(0.0, abs=0.02)


def test_an_upright_picture_is_answered_upright(tmp_path: Path) -> None:
    shares = sees_red(tmp_path).shares(np.ascontiguousarray(LEFT_RED.transpose(1, 0, 2)))
    assert shares.shape == (2, 32, 24)
    assert shares[1, :15].mean() == pytest.approx(1.0, abs=0.02)


def test_the_mirror_image_is_looked_at_the_right_way_round(tmp_path: Path) -> None:
    plain = WetNet(sees_red(tmp_path)._network, Looking(mirrored=False)).shares(LEFT_RED)
    assert np.allclose(sees_red(tmp_path).shares(LEFT_RED), plain, atol=0.02)


def test_numbers_that_are_none_are_a_failure_and_no_silence(tmp_path: Path) -> None:
    with pytest.raises(DetectorFailed, match="numbers that are none"):
        sees_red(tmp_path, factor=float("nan")).shares(LEFT_RED)


def test_the_shipped_network_marks_no_drone_picture_of_dry_ground() -> None:
    entry = find_entry("wet-1", MODELS)
    net = WetNet(entry.network(MODELS))
    pictures = sorted(shared("data", "seepage", "aerial_negatives").glob("*.JPG"))
    assert net.labels == ("seepage", "sand_boil")
    driest = [float(net.shares(np.asarray(cv2.imread(str(path)), np.uint8))[0].min()) for path in pictures]
    assert len(driest) == 4
    assert min(driest) > 1 - entry.threshold
