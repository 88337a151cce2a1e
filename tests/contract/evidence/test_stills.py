"""A still is kept twice, whole, hashed and under a safe name: as it may be shown, and as it was."""

import hashlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from pipelines.evidence import EvidenceFolder, labels_of
from pipelines.evidence_files import EvidenceFailed, Floors
from pipelines.observation import Evidence, EvidenceRole
from tests.unit.vision.pictures import NOON, a_car, a_ref, cut_out, likeness, seen, street
from vision.caption import Caption
from vision.types import Detections, Frame, Image

CAPTION = Caption("消防通道堵塞 Blocked fire lane", "north-gate", "lane-1", NOON)
CAR = (200.0, 60.0, 520.0, 320.0)
ANY_DISK = Floors(clips=0, stills=0)


def a_scene(letters: str = "A8K3F7") -> tuple[Image, tuple[float, float, float, float]]:
    image = street()
    return image, a_car(image, (200, 60, 520, 320), letters)


def a_still(folder: EvidenceFolder, **changes: Any) -> Evidence:
    """A still of one car in a lane; name what differs."""
    scene: dict[str, Any] = {
        "role": EvidenceRole.ONSET,
        "frame": Frame(a_ref(), a_scene()[0]),
        "detections": seen(("car", CAR)),
        "zone_polygon_px": np.array([[50.0, 50.0], [600.0, 50.0], [600.0, 340.0], [50.0, 340.0]]),
        "boxes_of_interest": np.array([CAR], np.float32),
        "caption": CAPTION,
        "key": "6f1f9d58",
    }
    return folder.still(**(scene | changes))


@pytest.fixture
def folder(tmp_path: Path) -> EvidenceFolder:
    return EvidenceFolder(tmp_path / "evidence", floors=ANY_DISK)


def files_in(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def read(root: Path, name: str) -> Image:
    picture = cv2.imread(str(root / name))
    assert picture is not None
    return np.asarray(picture, np.uint8)


def test_names_are_made_of_camera_day_key_and_role(folder: EvidenceFolder) -> None:
    still = a_still(folder)
    assert still.name == "shown/north-gate/2026-05-01/6f1f9d58-onset.jpg"
    assert still.original == "original/north-gate/2026-05-01/6f1f9d58-onset.jpg"


def test_each_file_has_the_hash_that_is_said(folder: EvidenceFolder, tmp_path: Path) -> None:
    still = a_still(folder)
    root = tmp_path / "evidence"
    assert hashlib.sha256((root / still.name).read_bytes()).hexdigest() == still.sha256
    assert hashlib.sha256((root / str(still.original)).read_bytes()).hexdigest() == still.original_sha256


def test_the_plate_is_in_the_original_and_not_in_what_is_shown(folder: EvidenceFolder, tmp_path: Path) -> None:
    image, plate = a_scene()
    still = a_still(folder)
    original, shown = (read(tmp_path / "evidence", str(name)) for name in (still.original, still.name))
    assert likeness(cut_out(image, plate), cut_out(original, plate)) > 0.9
    assert likeness(cut_out(image, plate), cut_out(shown, plate)) < 0.25


def test_a_thing_the_detector_did_not_see_is_hidden_as_well(folder: EvidenceFolder, tmp_path: Path) -> None:
    image, plate = a_scene()
    still = a_still(folder, detections=seen())
    assert likeness(cut_out(image, plate), cut_out(read(tmp_path / "evidence", still.name), plate)) < 0.25


def test_nobody_but_the_owner_can_read_originals(folder: EvidenceFolder, tmp_path: Path) -> None:
    still = a_still(folder)
    root = tmp_path / "evidence"
    assert (root / str(still.original)).stat().st_mode & 0o077 == 0
    assert (root / "original").stat().st_mode & 0o077 == 0


def test_a_repeat_replaces_the_same_files(folder: EvidenceFolder, tmp_path: Path) -> None:
    first = a_still(folder)
    files = files_in(tmp_path / "evidence")
    assert a_still(folder) == first
    assert files_in(tmp_path / "evidence") == files


def test_a_newer_picture_of_the_same_name_takes_its_place(folder: EvidenceFolder, tmp_path: Path) -> None:
    older = a_still(folder)
    newer = a_still(folder, frame=Frame(a_ref(), a_scene("ZZZZZZ")[0]))
    assert newer.name == older.name
    assert newer.original_sha256 != older.original_sha256
    assert len(files_in(tmp_path / "evidence")) == 2


def test_who_reads_while_it_is_replaced_has_the_old_file_whole(folder: EvidenceFolder, tmp_path: Path) -> None:
    older = a_still(folder)
    with (tmp_path / "evidence" / older.name).open("rb") as reader:
        a_still(folder, frame=Frame(a_ref(), a_scene("ZZZZZZ")[0]), caption=CAPTION)
        assert hashlib.sha256(reader.read()).hexdigest() == older.sha256


def test_different_blockages_do_not_share_a_file(folder: EvidenceFolder) -> None:
    names = {a_still(folder, key=key).name for key in ("6f1f9d58", "6f1f9d59")}
    assert len(names) == 2


@pytest.mark.parametrize("camera", ["../../etc", "..", ".", "", "/root", "a/b", "a\\b", "a\0b", "c" * 400, "北门~1"])
def test_no_camera_name_leads_out_of_the_folder(folder: EvidenceFolder, tmp_path: Path, camera: str) -> None:
    still = a_still(folder, frame=Frame(a_ref(source_id=camera), street()))
    assert len(Path(still.name).parts) == 4
    assert (tmp_path / "evidence" / still.name).resolve().is_relative_to(tmp_path / "evidence" / "shown")
    assert set(files_in(tmp_path)) == {f"evidence/{still.name}", f"evidence/{still.original}"}


def test_no_key_leads_out_of_the_folder(folder: EvidenceFolder, tmp_path: Path) -> None:
    still = a_still(folder, key="../../../outside")
    assert (tmp_path / "evidence" / still.name).resolve().is_relative_to(tmp_path / "evidence" / "shown")


def test_cameras_of_similar_names_do_not_share_a_folder(folder: EvidenceFolder) -> None:
    cameras = ["a/b", "a_b", "a b", "a.b", "A/B", "c" * 90, "c" * 91]
    names = {a_still(folder, frame=Frame(a_ref(source_id=camera), street())).name for camera in cameras}
    assert len(names) == len(cameras)


def test_a_disk_too_full_is_said_and_worth_another_try(tmp_path: Path) -> None:
    full = EvidenceFolder(tmp_path / "evidence", floors=Floors(stills=1 << 62))
    with pytest.raises(EvidenceFailed, match="MiB free") as failed:
        a_still(full)
    assert failed.value.again
    assert files_in(tmp_path) == []


def test_a_folder_that_cannot_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "evidence").write_text("a file where the folder should be")
    with pytest.raises(EvidenceFailed):
        a_still(EvidenceFolder(tmp_path / "evidence", floors=ANY_DISK))


def test_nothing_half_done_is_left_behind(folder: EvidenceFolder, tmp_path: Path) -> None:
    blocker = tmp_path / "evidence" / "shown" / "north-gate" / "2026-05-01" / "6f1f9d58-onset.jpg"
    blocker.mkdir(parents=True)
    with pytest.raises(EvidenceFailed):
        a_still(folder)
    assert [name for name in files_in(tmp_path) if ".parts" in name] == []


def labels_drawn(detections: Detections) -> list[str]:
    return labels_of(np.array([CAR], np.float32), detections)


def test_a_box_is_called_what_the_detector_called_it() -> None:
    near = (CAR[0] + 5, CAR[1], CAR[2], CAR[3])
    assert labels_drawn(seen(("person", (0.0, 0.0, 9.0, 9.0)), ("truck", near))) == ["货车 truck 0.90"]


def test_a_box_the_detector_has_no_word_for_is_an_unknown_object() -> None:
    assert labels_drawn(seen()) == ["不明物体 unknown object"]
    assert labels_drawn(seen(("car", (0.0, 0.0, 9.0, 9.0)))) == ["不明物体 unknown object"]
