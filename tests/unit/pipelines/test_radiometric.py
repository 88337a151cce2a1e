"""Thermal stills: counts always, temperatures where the camera's format is known, a name for all others."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pipelines.radiometric import NotRadiometric, Thermal, read_thermal
from tests.drone_stills import HIGH, WIDE, a_jpeg, a_thermal_still, air_table, conditions, with_segment
from tests.shared import shared
from vision.radiometry import Path as Air
from vision.radiometry import surface_kelvin

KNOWN = ("H20N__DJI_0001_R", "H20N__DJI_0006_R", "H30T__DJI_0001_R", "M2EA__DJI_0001_R", "M30T__DJI_0001_R",
         "M3T__DJI_0001_R", "M4T__DJI_0001_R")  # fmt: skip
UNKNOWN = ("H20T__DJI_0001_R", "H20Tflight__DJI_20220602143604_0210_T", "M3TD__DJI_0001_R", "M3TD__DJI_0005_R")


def read(folder: Path, data: bytes, *, name: str = "DJI_0001_T.JPG", per_kelvin: float | None = None) -> Thermal:
    path = folder / name
    path.write_bytes(data)
    return read_thermal(path, counts_per_kelvin=per_kelvin)


def kelvins(thermal: Thermal) -> NDArray[np.float32]:
    assert thermal.kelvin is not None, thermal.why
    return thermal.kelvin


def a_warm_spot() -> NDArray[np.uint16]:
    counts = np.full((HIGH, WIDE), 290 * 64, np.uint16)
    counts[100:110, 200:220] = 292 * 64
    return counts


def test_a_pixel_stays_where_it_is(tmp_path: Path) -> None:
    thermal = read(tmp_path, a_thermal_still(a_warm_spot()))
    assert thermal.counts.shape == (HIGH, WIDE)
    warm = np.argwhere(thermal.counts > 290 * 64)
    assert warm.min(axis=0).tolist() == [100, 200]
    assert warm.max(axis=0).tolist() == [109, 219]


def test_a_black_body_in_clear_air_is_as_warm_as_it_looks(tmp_path: Path) -> None:
    still = a_thermal_still(a_warm_spot(), block=conditions(emissivity=1.0), air=air_table(1.0))
    assert float(kelvins(read(tmp_path, still)).max()) == pytest.approx(292, abs=0.01)


def test_air_and_emissivity_hide_a_part_of_the_contrast(tmp_path: Path) -> None:
    seen = read(tmp_path, a_thermal_still(a_warm_spot()))
    contrast = float(np.ptp(kelvins(seen)))
    assert contrast == pytest.approx(2 / (0.8 * 0.95), rel=0.05)
    assert seen.kelvin_per_count == pytest.approx(contrast / 128, rel=0.05)


def test_a_surface_as_warm_as_the_air_and_what_it_reflects_looks_so_through_any_air() -> None:
    seen = np.full((2, 2), 298.15, np.float32)
    assert surface_kelvin(seen, Air(0.9, 0.7, 298.15, 298.15)) == pytest.approx(seen, abs=1e-3)


@pytest.mark.parametrize("share", [0.0, 1.2])
def test_shares_outside_0_to_1_are_refused(share: float) -> None:
    with pytest.raises(ValueError, match="shares"):
        Air(share, 0.8, 300, 300)


@pytest.mark.parametrize(
    ("block", "why"),
    [
        (b"\xaa\x55\x12\x06" + bytes(252), "H20T"),
        (b"\xff\xd2\xd1\xffhirp" + bytes(136), "hirp"),
        (bytes(256), "no known kind"),
    ],
)
def test_a_calibration_that_is_not_known_leaves_counts_and_is_named(block: bytes, why: str, tmp_path: Path) -> None:
    thermal = read(tmp_path, a_thermal_still(block=block))
    assert thermal.kelvin is None
    assert thermal.celsius is None
    assert why in thermal.why


def test_counts_far_from_kelvins_are_not_taken_for_them(tmp_path: Path) -> None:
    thermal = read(tmp_path, a_thermal_still(np.full((HIGH, WIDE), 4700, np.uint16)))
    assert thermal.kelvin is None
    assert "no kelvins" in thermal.why


def test_a_missing_table_of_the_air_leaves_the_scale_in_doubt(tmp_path: Path) -> None:
    thermal = read(tmp_path, a_thermal_still(air=b"\0" * 4096))
    assert thermal.kelvin is None
    assert thermal.kelvin_per_count == pytest.approx(1 / 64)
    assert thermal.scale_error == 0.5


def test_a_tiff_is_kelvins_only_when_somebody_says_how_many_counts_are_one(tmp_path: Path) -> None:
    tiff = cv2.imencode(".tiff", a_warm_spot())[1].tobytes()
    assert read(tmp_path, tiff, name="a.tiff").kelvin is None
    told = read(tmp_path, tiff, name="b.tiff", per_kelvin=64)
    assert float(kelvins(told).max()) == pytest.approx(292)
    assert told.celsius is not None
    assert float(told.celsius.max()) == pytest.approx(18.85)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (a_jpeg(), "plain picture"),
        (with_segment(a_jpeg(), 0xE1, b"FLIR\0\1\0\0FFF"), "FLIR"),
        (cv2.imencode(".tiff", np.zeros((8, 8, 3), np.uint8))[1].tobytes(), "one channel of 16 bits"),
        (b"MThd", "neither"),
        (b"II*\0 not a tiff at all", "one channel of 16 bits"),
    ],
)
def test_what_is_no_radiometric_picture_is_refused_by_name(data: bytes, what: str, tmp_path: Path) -> None:
    with pytest.raises(NotRadiometric, match=what):
        read(tmp_path, data)


def test_a_cut_off_file_is_a_plain_picture(tmp_path: Path) -> None:
    with pytest.raises(NotRadiometric, match="plain picture"):
        read(tmp_path, a_thermal_still()[:200_000])


def original(key: str) -> Path:
    model, name = key.split("__")
    if model == "H20Tflight":
        return shared("data", "drone", "thermal_overlap_h20t", f"{name}.JPG")
    return shared("data", "drone", "thermal", model, f"{name}.JPG")


def reference(key: str) -> NDArray[np.float32]:
    """Kelvin, as the maker's own software decodes the picture."""
    path = shared("data", "drone", "celsius_reference", f"{key}_centikelvin.png")
    hundredths = cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), cv2.IMREAD_UNCHANGED)
    assert hundredths is not None
    return np.asarray(hundredths / 100, np.float32)


@pytest.mark.parametrize("key", KNOWN)
def test_contrasts_are_those_of_the_makers_software(key: str) -> None:
    """Within 0.1 K of the picture's median in 999 pixels of 1 000, and within 0.3 K in all."""
    off = kelvins(read_thermal(original(key))) - reference(key)
    contrast = np.abs(off - np.median(off))
    assert float(np.quantile(contrast, 0.999)) < 0.1
    assert float(contrast.max()) < 0.3
    assert abs(float(np.median(off))) < 0.1


@pytest.mark.parametrize("key", UNKNOWN)
def test_real_pictures_of_other_kinds_give_counts_that_rank_as_temperatures_do(key: str) -> None:
    thermal = read_thermal(original(key))
    assert thermal.kelvin is None
    assert "not known" in thermal.why
    order = np.argsort(thermal.counts.ravel(), kind="stable")
    assert (np.diff(reference(key).ravel()[order]) >= 0).all()


def test_every_reference_is_tested() -> None:
    folder = shared("data", "drone", "celsius_reference")
    there = {path.name.removesuffix("_centikelvin.png") for path in folder.glob("*.png")}
    others = {key for key in there if key.startswith("H20Tflight")}
    assert there - others <= {*KNOWN, *UNKNOWN}
    assert set(json.loads((folder / "index.json").read_text())) >= there


@pytest.mark.parametrize("name", ["DJI_XT2.jpg", "FLIR_T640.jpg"])
def test_real_flir_files_are_refused_by_name(name: str) -> None:
    with pytest.raises(NotRadiometric, match="FLIR"):
        read_thermal(shared("data", "drone", "thermal", name))


def test_a_real_xt_s_gives_counts() -> None:
    thermal = read_thermal(shared("data", "drone", "thermal", "XTS", "DJI_0001_R.jpg"))
    assert thermal.counts.shape == (512, 640)
    assert "XT S" in thermal.why
