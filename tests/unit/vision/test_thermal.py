"""Thermal anomalies: what enters a calm surface or lies on it is found in both signs, and a calm one stays silent."""

import json

import cv2
import numpy as np
import pytest

from tests.shared import shared
from tests.unit.vision.calm_frames import a_river, where_inflow, with_inflow, with_ledge, with_patch
from vision.thermal import Kind, thermal_anomalies, union


@pytest.mark.parametrize("contrast", [60.0, -60.0])
def test_an_inflow_is_found_warm_or_cold(contrast: float) -> None:
    frame = a_river()
    (found,) = thermal_anomalies(with_inflow(frame, contrast))
    truth = where_inflow(frame, contrast)
    assert found.kind is Kind.INFLOW
    assert (found.mask & truth).sum() / (found.mask | truth).sum() > 0.7
    assert np.sign(found.contrast) == np.sign(contrast)


def test_calm_water_that_only_drifts_is_silent() -> None:
    assert thermal_anomalies(a_river()) == []


def test_rough_ground_cannot_be_judged_and_gives_nothing() -> None:
    rough = np.random.default_rng(3).normal(5500, 60, (512, 640)).astype(np.float32)
    assert [one for one in thermal_anomalies(rough) if one.outline.area_px > 2000] == []


def test_a_shaded_ledge_has_a_straight_edge_and_is_no_inflow() -> None:
    assert thermal_anomalies(with_ledge(a_river(), -60.0)) == []


@pytest.mark.parametrize("contrast", [150.0, -150.0])
def test_a_long_patch_on_the_face_is_found_with_its_contrast(contrast: float) -> None:
    (found,) = thermal_anomalies(with_patch(a_river(), contrast), kelvin_per_count=1 / 64)
    assert found.kind is Kind.PATCH
    assert found.outline.area_px == pytest.approx(np.pi * 12 * 35, rel=0.2)
    assert found.kelvin == pytest.approx(contrast / 64, abs=0.3)


def test_a_small_round_spot_is_a_stone() -> None:
    assert thermal_anomalies(with_patch(a_river(), -150.0, size=(26, 26))) == []


def test_less_than_the_asked_kelvin_is_no_patch_where_the_scale_is_known() -> None:
    faint = with_patch(a_river(), -60.0)
    assert thermal_anomalies(faint, kelvin_per_count=1 / 64) == []
    assert len(thermal_anomalies(faint)) == 1


def test_a_larger_sensor_gives_a_mask_of_its_own_size() -> None:
    doubled = cv2.resize(with_patch(a_river(), -150.0), (1280, 1024), interpolation=cv2.INTER_LINEAR)
    (found,) = thermal_anomalies(np.asarray(doubled, np.float32))
    assert found.mask.shape == (1024, 1280)
    assert found.outline.area_px == pytest.approx(4 * np.pi * 12 * 35, rel=0.25)


def test_a_colour_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="counts are"):
        thermal_anomalies(np.zeros((8, 8, 3), np.float32))


def test_groundwater_is_found_on_both_passes_and_the_frames_without_it_are_silent() -> None:
    """The floor to beat is .40 and .44: a threshold of 30 counts above the ambient mode."""
    folder = shared("data", "seepage", "inflow_thermal")
    labels = json.loads((folder / "labels.json").read_text())
    likeness: dict[str, list[float]] = {"1": [], "2": []}
    for row in labels:
        counts = np.asarray(cv2.imread(str(folder / "frames" / row["frame"]), cv2.IMREAD_UNCHANGED), np.float32)
        drawn = cv2.imread(str(folder / "masks" / row["frame"].replace(".tiff", ".png")), cv2.IMREAD_GRAYSCALE)
        truth = np.asarray(drawn) > 0
        found = union(thermal_anomalies(counts), (counts.shape[0], counts.shape[1]))
        if truth.any():
            likeness[row["flight_pass"]].append((found & truth).sum() / (found | truth).sum())
        else:
            assert found.mean() < 0.001, row["frame"]
    assert np.mean(likeness["1"]) > 0.55
    assert np.mean(likeness["2"]) > 0.55
