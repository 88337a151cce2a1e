"""Single pictures without a plan: every one is in the result, in order, upright, and a bad one stops nobody."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from pipelines.ground_resolution import asked_for
from pipelines.still_views import OverheadView, PlainView
from pipelines.stills import BadStills, Entry, UnreadableStill, look_through, read_still, stills_at, write_detections
from tests.blobs import SeesBlobs, ground
from tests.clocks import FakeClock
from vision.tiles import TiledDetector, Tiling, Way

CLOCK = FakeClock()


def unheard(done: int, of: int, entry: Entry) -> None: ...


def a_picture(path: Path, *discs: tuple[int, int, int]) -> Path:
    cv2.imwrite(str(path), ground(120, 80, *discs))
    return path


def test_pictures_come_in_the_order_of_their_names_and_other_files_are_left_alone(tmp_path: Path) -> None:
    for name in ("b.png", "a.JPG", "c.tiff", "notes.txt"):
        (tmp_path / name).touch()
    assert [path.name for path in stills_at(tmp_path)] == ["a.JPG", "b.png", "c.tiff"]


def test_one_picture_is_enough(tmp_path: Path) -> None:
    assert stills_at(a_picture(tmp_path / "one.png")) == [tmp_path / "one.png"]


@pytest.mark.parametrize("name", ["nowhere", "."])
def test_no_picture_at_all_is_refused_with_the_path(name: str, tmp_path: Path) -> None:
    with pytest.raises(BadStills, match=str(tmp_path)):
        stills_at(tmp_path / name)


def test_a_bad_picture_is_listed_with_its_error_between_the_good_ones(tmp_path: Path) -> None:
    a_picture(tmp_path / "a.png", (60, 40, 10))
    (tmp_path / "b.png").write_bytes(b"not a picture")
    (tmp_path / "c.png").write_bytes(a_picture(tmp_path / "whole.png").read_bytes()[:200])
    told: list[tuple[int, int]] = []
    paths = [tmp_path / name for name in ("a.png", "b.png", "c.png", "gone.png")]
    entries = look_through(paths, PlainView(SeesBlobs(), CLOCK), lambda done, of, _: told.append((done, of)))
    assert [entry["image"] for entry in entries] == ["a.png", "b.png", "c.png", "gone.png"]
    assert ["error" in entry for entry in entries] == [False, True, True, True]
    assert [entry["detections"] == [] for entry in entries] == [False, True, True, True]
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_the_result_says_size_label_score_and_box_in_pixels(tmp_path: Path) -> None:
    [entry] = look_through([a_picture(tmp_path / "a.png", (60, 40, 10))], PlainView(SeesBlobs(), CLOCK), unheard)
    [seen] = json.loads(write_detections([entry], tmp_path).read_text("utf-8"))
    assert (tmp_path / "detections.json").exists()
    assert (seen["image"], seen["width"], seen["height"]) == ("a.png", 120, 80)
    [detection] = seen["detections"]
    assert detection["label"] == "stall_parasol"
    assert 0 < detection["score"] <= 1
    assert detection["xyxy"] == [50, 30, 71, 51]


def test_a_picture_that_says_it_lies_on_its_side_is_stood_up(tmp_path: Path) -> None:
    path = tmp_path / "turned.jpg"
    done, jpeg = cv2.imencode(".jpg", ground(120, 80))
    assert done
    path.write_bytes(with_orientation(jpeg.tobytes(), 6))
    assert read_still(path).shape == (120, 80, 3)


def with_orientation(jpeg: bytes, value: int) -> bytes:
    """The JPEG with an EXIF block that holds its orientation and nothing else."""
    tag = b"\x12\x01\x03\x00\x01\x00\x00\x00" + value.to_bytes(2, "little") + b"\0\0"
    body = b"Exif\0\0II*\0\x08\0\0\0\x01\0" + tag + b"\0\0\0\0"
    return jpeg[:2] + b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body + jpeg[2:]


def test_a_file_that_may_not_be_opened_is_unreadable_and_not_the_end(tmp_path: Path) -> None:
    with pytest.raises(UnreadableStill, match="Is a directory"):
        read_still(tmp_path)


def test_from_above_only_what_scores_enough_is_told_in_pixels_of_the_file(tmp_path: Path) -> None:
    path = a_picture(tmp_path / "a.png", (60, 40, 6))
    tiled = TiledDetector([Way(SeesBlobs())], Tiling(side=96, overlap=32, cm_per_px=5.0))
    views = [OverheadView(tiled, asked_for(10.0), CLOCK, least=least) for least in (0.5, 0.99)]
    low, high = (view.look(path)["detections"] for view in views)
    assert high == []
    assert isinstance(low, list)
    assert np.abs(np.array(low[0]["xyxy"]) - [54, 34, 67, 47]).max() <= 1
