"""The head for stalls on the first edition's network: it adds a word and changes none."""

from typing import Any

import numpy as np
import openvino as ov
import pytest
import torch
from numpy.typing import NDArray

from pipelines.weights import find_entry
from tests.street import MODELS
from training.stall_head import STRIDES, joined, shifted
from training.train_stalls import batch_of
from training.views import View

OLD_LABELS = 8


def a_head() -> Any:
    from ultralytics.nn.modules.head import Detect

    torch.manual_seed(1)
    head = Detect(nc=1, ch=(128, 256))
    head.stride = torch.tensor(STRIDES)
    return head.eval()


def street() -> Any:
    return ov.Core().read_model(MODELS / find_entry("street-1", MODELS).graph.file)


def look(network: Any, picture: NDArray[np.float32]) -> NDArray[np.float32]:
    compiled = ov.Core().compile_model(network, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    answer: NDArray[np.float32] = compiled([picture])[0]
    return answer


@pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::torch.jit.TracerWarning", "ignore::DeprecationWarning")
def test_what_the_first_edition_says_stays_and_stalls_come_behind_it() -> None:
    picture = np.random.default_rng(2).uniform(size=(1, 3, 128, 192)).astype(np.float32)
    before, after = look(street(), picture), look(joined(street(), a_head(), OLD_LABELS), picture)
    places = before.shape[2]
    assert np.array_equal(after[:, : 4 + OLD_LABELS, :places], before)
    assert not after[:, 4 + OLD_LABELS, :places].any()
    assert not after[:, 4 : 4 + OLD_LABELS, places:].any()
    assert after.shape[2] == places + 8 * 12 + 4 * 6


def test_a_shift_moves_the_score_of_the_operating_point() -> None:
    maps = [torch.zeros(1, 128, 4, 4), torch.zeros(1, 256, 2, 2)]
    head = a_head()
    plain, moved = (torch.logit(one(maps)[0][:, 4]) for one in (head, shifted(head, 1.5)))
    assert torch.allclose(moved - plain, torch.tensor(1.5), atol=1e-3)


def test_a_batch_says_whose_each_box_is_in_shares_of_the_side() -> None:
    image = np.zeros((64, 64, 3), np.uint8)
    views = [View(image, np.zeros((0, 4), np.float32)), View(image, np.array([[0, 16, 32, 48]], np.float32))]
    maps = [(np.zeros((128, 4, 4), np.float16), np.zeros((256, 2, 2), np.float16))] * 2
    levels, truth = batch_of(views, maps, np.array([0, 1]))
    assert [tuple(level.shape) for level in levels] == [(2, 128, 4, 4), (2, 256, 2, 2)]
    assert truth["batch_idx"].tolist() == [1]
    assert truth["bboxes"].tolist() == [[0.25, 0.5, 0.5, 0.5]]
