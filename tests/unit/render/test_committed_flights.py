"""The committed flights agree with their truth: what is called wet is darker to the eye and colder to the sensor."""

import json

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from samples.render.flights import COLOUR, FLIGHTS, KELVIN_COUNTS, THERMAL, radiometric_frames, telemetry
from samples.render.truth import mask_of
from tests.unit.render.builders import SAMPLES, pictures

NAMES = [name for name in FLIGHTS if (SAMPLES / f"{name}.mp4").exists()]
WET = [name for name in NAMES if FLIGHTS[name].seeps]
DRY = [name for name in NAMES if not FLIGHTS[name].seeps]
TWICE = ("dam_flight_6", "dam_flight_7")
_RING_PX = 15


def wet_in(name: str, band: str, frame: int) -> NDArray[np.bool_]:
    """The truth's wet mask in pixels of one frame."""
    eye = {"colour": COLOUR, "thermal": THERMAL}[band]
    with np.load(SAMPLES / f"{name}.truth.npz") as truth:
        still, turn = mask_of(truth[f"{band}_wet"], eye.still), truth[f"{band}_to_frame"][frame]
    return np.asarray(cv2.warpPerspective(still.astype(np.float32), turn, eye.size) > 0.5)


def beside(wet: NDArray[np.bool_]) -> NDArray[np.bool_]:
    near, far = (cv2.dilate(wet.astype(np.uint8), np.ones((n, n))) > 0 for n in (7, 7 + 2 * _RING_PX))
    return np.asarray(far & ~near)


def kelvin(name: str, frame: int) -> NDArray[np.float64]:
    counts = cv2.imread(str(SAMPLES / f"{name}_thermal_{frame:04d}.tiff"), cv2.IMREAD_UNCHANGED)
    assert counts is not None
    assert counts.dtype == np.uint16
    return np.asarray(counts / KELVIN_COUNTS, np.float64)


def test_flights_are_committed() -> None:
    assert len(WET) == 3


@pytest.mark.parametrize("name", WET)
def test_what_is_called_wet_is_darker_than_the_dry_face_beside_it(name: str) -> None:
    for number, picture in pictures(SAMPLES / f"{name}.mp4", (10, 75, 140)).items():
        wet, grey = wet_in(name, "colour", number), picture.mean(2)
        assert grey[wet].mean() < 0.8 * grey[beside(wet)].mean()
        aside = np.roll(wet, 120, 1)
        assert abs(grey[aside].mean() / grey[beside(aside)].mean() - 1) < 0.1


@pytest.mark.parametrize("name", WET)
def test_what_is_called_wet_is_two_kelvin_colder(name: str) -> None:
    for frame in radiometric_frames():
        wet, celsius = wet_in(name, "thermal", frame), kelvin(name, frame) - 273.15
        assert 10 < celsius[wet].mean() < 40
        assert -3.2 < celsius[wet].mean() - celsius[beside(wet)].mean() < -1.8


def test_the_seep_is_several_times_larger_in_the_later_flight() -> None:
    before, after = (json.loads((SAMPLES / f"{name}.truth.json").read_text())["wet_px_of_still"] for name in TWICE)
    assert after > 4 * before


@pytest.mark.parametrize("name", DRY)
def test_a_dry_dam_has_shadows_as_dark_and_cold_as_a_seep_and_nothing_wet(name: str) -> None:
    """Otherwise it would be no trial of whoever looks for seeps."""
    body = json.loads((SAMPLES / f"{name}.truth.json").read_text())
    assert (body["wet_px_of_still"], body["contrast_k"]) == (0, None)
    (picture,) = pictures(SAMPLES / f"{name}.mp4", (75,)).values()
    dark, pale = np.percentile(picture.mean(2), (10, 90))
    cold, warm = np.percentile(kelvin(name, 50), (10, 90))
    assert dark < 0.7 * pale
    assert warm - cold > 1.8


@pytest.mark.parametrize("name", NAMES)
def test_the_telemetry_is_that_of_the_flight(name: str) -> None:
    assert (SAMPLES / f"{name}.srt").read_text(encoding="utf-8") == telemetry(FLIGHTS[name])
