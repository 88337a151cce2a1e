"""Whatever looks through the Detector seam keeps these promises."""

import hashlib
from pathlib import Path

import numpy as np
import pytest

from pipelines.weights import load_detector
from tests.street import MODELS, ROOT, STANDING_CAR, STREET, a_frame, found_at, on_its_side, shrunk, the_street
from vision.detector import Detector
from vision.yolo_detector import Checkpoint, YoloDetector

START = ROOT.parent / "shared" / "weights" / "yolo11n-coco.pt"


def with_openvino() -> Detector:
    return load_detector(STREET, models_dir=MODELS)


def with_ultralytics() -> Detector:
    if not START.exists():
        pytest.skip(f"no checkpoint at {START}")
    vouched = hashlib.sha256(START.read_bytes()).hexdigest()
    return YoloDetector(Checkpoint("yolo11n-coco", START, vouched, {"car": "car", "person": "person"}))


@pytest.fixture(scope="module", params=[with_openvino, with_ultralytics])
def detector(request: pytest.FixtureRequest) -> Detector:
    chosen: Detector = request.param()
    return chosen


def test_the_car_in_the_lane_is_one_car(detector: Detector) -> None:
    [seen] = detector.detect([a_frame(the_street())])
    assert found_at(seen, STANDING_CAR) == ["car"]


def test_an_empty_lane_holds_no_car(detector: Detector) -> None:
    [seen] = detector.detect([a_frame(the_street(second=0))])
    assert found_at(seen, STANDING_CAR) == []


def test_frames_of_several_sizes_are_answered_in_their_order_and_in_their_own_pixels(detector: Detector) -> None:
    street = the_street()
    half = shrunk(street, 0.5)
    large, small, square, again = detector.detect(
        [a_frame(street, seq=1), a_frame(half, seq=2), a_frame(street[:, 300:1020], seq=3), a_frame(street, seq=4)]
    )
    assert [seen.ref.seq for seen in (large, small, square, again)] == [1, 2, 3, 4]
    assert found_at(large, STANDING_CAR) == found_at(again, STANDING_CAR) == ["car"]
    assert found_at(small, STANDING_CAR * np.float32(0.5)) == ["car"]
    assert found_at(square, STANDING_CAR - np.array([300, 0, 300, 0], np.float32)) == ["car"]


def test_a_batch_sees_what_single_looks_see(detector: Detector) -> None:
    frames = [a_frame(the_street(second), seq=second) for second in (4, 12, 20)]
    together = detector.detect(frames)
    alone = [detector.detect([frame])[0] for frame in frames]
    for one, other in zip(together, alone, strict=True):
        assert one.labels == other.labels
        np.testing.assert_allclose(one.boxes, other.boxes, atol=0.5)
        np.testing.assert_allclose(one.scores, other.scores, atol=0.01)


def test_a_portrait_frame_has_its_boxes_where_the_car_is(detector: Detector) -> None:
    frame = a_frame(on_its_side(shrunk(the_street(), 0.75)))
    width, height = frame.size_wh
    [seen] = detector.detect([frame])
    assert height > width
    assert found_at(seen, STANDING_CAR * np.float32(0.75)) == ["car"]
    assert (seen.boxes >= 0).all()
    assert (seen.boxes <= np.array([width, height, width, height])).all()


def test_no_frames_is_no_answers(detector: Detector) -> None:
    assert detector.detect([]) == []


def test_what_was_seen_names_the_weights(detector: Detector) -> None:
    [seen] = detector.detect([a_frame(the_street())])
    name, _, sha8 = detector.name.partition("@")
    assert name
    assert len(sha8) == 8
    assert seen.model == detector.name


def test_a_checkpoint_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    from vision.detector import DetectorFailed

    stranger = tmp_path / "stranger.pt"
    stranger.write_bytes(b"a pickle that runs code")
    detector = YoloDetector(Checkpoint("stranger", stranger, "0" * 64, {}))
    with pytest.raises(DetectorFailed, match="nobody vouches") as failed:
        detector.detect([a_frame(the_street())])
    assert not failed.value.again
