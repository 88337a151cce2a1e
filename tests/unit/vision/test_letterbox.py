"""A frame goes into the network's input and its boxes come out where they were."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vision.letterbox import STRIDE, Letterbox, input_size

SIDES = st.integers(min_value=32, max_value=4000)


@pytest.mark.parametrize(
    ("frame_wh", "input_wh"),
    [
        ((1920, 1080), (640, 384)),
        ((768, 432), (640, 384)),
        ((320, 240), (640, 480)),
        ((1080, 1920), (384, 640)),
        ((500, 500), (640, 640)),
        ((3000, 200), (640, 384)),
    ],
)
def test_a_frame_gets_the_smallest_of_a_few_inputs(frame_wh: tuple[int, int], input_wh: tuple[int, int]) -> None:
    assert input_size(frame_wh, 640) == input_wh


@given(width=SIDES, height=SIDES, side=st.sampled_from([320, 640, 960]))
def test_a_box_comes_back_where_it_was(width: int, height: int, side: int) -> None:
    fit = Letterbox((width, height), input_size((width, height), side))
    box = np.array([[0.2 * width, 0.1 * height, 0.9 * width, 0.8 * height]], np.float32)
    inside = box * np.float32(fit.scale) + np.array(fit.corner * 2, np.float32)
    np.testing.assert_allclose(fit.back(inside), box, rtol=1e-3, atol=0.5)


@given(width=SIDES, height=SIDES)
def test_every_input_is_a_multiple_of_the_stride_and_holds_the_frame(width: int, height: int) -> None:
    fit = Letterbox((width, height), input_size((width, height), 640))
    assert all(side % STRIDE == 0 for side in fit.input_wh)
    assert all(scaled <= side for scaled, side in zip(fit.scaled_wh, fit.input_wh, strict=True))


def test_a_box_that_reaches_out_of_the_frame_is_cut_at_its_edge() -> None:
    fit = Letterbox((1280, 720), (640, 384))
    assert fit.back(np.array([[-9, -9, 700, 400]], np.float32)).tolist() == [[0, 0, 1280, 720]]


def test_the_picture_is_scaled_and_centred_between_grey_bars() -> None:
    put = Letterbox((100, 50), (64, 64)).put(np.full((50, 100, 3), 255, np.uint8))
    assert put.shape == (64, 64, 3)
    assert put[0, 0].tolist() == put[-1, -1].tolist() == [114, 114, 114]
    assert put[32, 32].tolist() == [255, 255, 255]
