"""Single pictures of a dam: one entry and one mask for each, colour and radiometric ones told apart by themselves."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from pipelines.dam_view import DamView
from pipelines.stills import UnreadableStill
from tests.shared import shared
from tests.unit.vision.calm_frames import a_river, with_patch
from vision.calm_surface import Mask
from vision.outline import outline_of
from vision.types import Image
from vision.wetness import Cue, WetPatch


def square() -> Mask:
    mask = np.zeros((120, 160), np.bool_)
    mask[40:80, 60:100] = True
    return mask


def sees_a_boil(image: Image) -> list[WetPatch]:
    return [WetPatch("sand_boil", 0.8, square(), outline_of(square()), Cue.NETWORK)]


def sees_nothing(image: Image) -> list[WetPatch]:
    return []


def never_asked(image: Image) -> list[WetPatch]:
    raise AssertionError("a radiometric frame is no colour picture")


def colour_picture(folder: Path) -> Path:
    path = folder / "levee 3.jpg"
    cv2.imwrite(str(path), np.full((120, 160, 3), 90, np.uint8))
    return path


def mask_of(folder: Path, name: str) -> Mask:
    written = np.asarray(cv2.imread(str(folder / "masks" / name), cv2.IMREAD_UNCHANGED))
    assert set(np.unique(written)) <= {0, 255}
    return written > 0


def test_a_colour_picture_has_its_patches_and_its_mask(tmp_path: Path) -> None:
    entry = DamView(sees_a_boil, tmp_path / "masks").look(colour_picture(tmp_path))
    assert (entry["image"], entry["width"], entry["height"]) == ("levee 3.jpg", 160, 120)
    assert entry["detections"] == [
        {
            "label": "sand_boil",
            "score": 0.8,
            "xyxy": [60.0, 40.0, 100.0, 80.0],
            "polygon": [[60, 40], [60, 79], [99, 79], [99, 40]],
            "area_px": 1600,
            "cue": "network",
        }
    ]
    assert (mask_of(tmp_path, "levee 3.png") == square()).all()


def test_where_nothing_is_found_the_mask_is_there_and_empty(tmp_path: Path) -> None:
    entry = DamView(sees_nothing, tmp_path / "masks").look(colour_picture(tmp_path))
    assert entry["detections"] == []
    assert not mask_of(tmp_path, "levee 3.png").any()


@pytest.mark.parametrize("name", ["frame.tiff", "frame.png"])
def test_sixteen_bit_counts_are_looked_at_as_heat(tmp_path: Path, name: str) -> None:
    frame = with_patch(a_river(), -150.0)
    cv2.imwrite(str(tmp_path / name), np.round(frame).astype(np.uint16))
    entry = DamView(never_asked, tmp_path / "masks").look(tmp_path / name)
    assert isinstance(entry["detections"], list)
    (said,) = entry["detections"]
    assert (said["label"], said["cue"], said["contrast_k"]) == ("thermal_anomaly", "patch", None)
    assert said["contrast_counts"] == pytest.approx(-150, abs=20)
    assert mask_of(tmp_path, "frame.png" if name.endswith("tiff") else name).sum() == said["area_px"]


def test_a_makers_radiometric_jpeg_is_looked_at_as_heat(tmp_path: Path) -> None:
    path = shared("data", "drone", "thermal", "M3T", "DJI_0001_R.JPG")
    entry = DamView(never_asked, tmp_path / "masks").look(path)
    assert (entry["width"], entry["height"]) == (640, 512)
    assert mask_of(tmp_path, "DJI_0001_R.png").shape == (512, 640)


def test_a_picture_that_is_cut_off_is_named(tmp_path: Path) -> None:
    path = tmp_path / "cut.jpg"
    path.write_bytes(colour_picture(tmp_path).read_bytes()[:200])
    with pytest.raises(UnreadableStill, match="copy it again"):
        DamView(sees_nothing, tmp_path / "masks").look(path)


def test_a_thermal_picture_that_is_not_decoded_is_no_colour_picture(tmp_path: Path) -> None:
    path = shared("data", "drone", "thermal", "DJI_XT2.jpg")
    with pytest.raises(UnreadableStill, match="FLIR"):
        DamView(never_asked, tmp_path / "masks").look(path)
