"""Pixels of real flights and of the rendered ones, against what a laser, an aircraft's own reckoning and truth say."""

import json
from functools import cache
from itertools import combinations
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pipelines.klv import read_klv
from pipelines.klv_report import Report
from pipelines.srt import read_srt
from pipelines.telemetry import Fix
from pipelines.xmp import StillNote, note_of
from tests.shared import shared
from vision.agreement import Overlap
from vision.ellipsoid import Local
from vision.flight_calibration import apart_m, calibrated
from vision.geolocation import locate
from vision.ground_area import area_on_ground
from vision.pin import Pin
from vision.pose import GPS_OVER_HILLS, GPS_OVER_TOWN, GPS_WITH_LASER, Doubts, Lens, Pose, lens_of_35mm, lens_of_view
from vision.registration import NotRegistered, register
from vision.surface import Level, Ranged, Slope
from vision.types import Grey

SAMPLES = Path(__file__).resolve().parents[3] / "samples"
THERMAL = lens_of_35mm(640, 512, 58)
"""The H20T's and the H20N's thermal camera."""
MIDDLE = (320.0, 256.0)


def posed(fix: Fix, height_m: float | None, doubts: Doubts) -> Pose:
    figures = (fix.lat_deg, fix.lon_deg, height_m, fix.yaw_deg, fix.pitch_deg, fix.roll_deg)
    lat, lon, height, yaw, pitch, roll = (float("nan") if figure is None else figure for figure in figures)
    return Pose(lat, lon, height, yaw, pitch, roll, doubts)


def apart(pin: Pin, lat: float, lon: float) -> NDArray[np.float64]:
    """Metres north and east from the pin: (2,)."""
    return Local(pin.lat_deg, pin.lon_deg).metres(np.array([[lat, lon, 0.0]]))[0, :2]


def noted(path: Path) -> StillNote:
    note = note_of(path.read_bytes())
    assert note is not None
    return note


def lasered(path: Path) -> tuple[Pin, NDArray[np.float64]]:
    """Where the middle of a still lies by its laser's range, and how far off its laser's own reckoning is."""
    note = noted(path)
    assert note.laser is not None
    pose = posed(note.fix, note.fix.rel_alt_m, GPS_WITH_LASER)
    pin = locate(pose, THERMAL, Ranged(note.laser.distance_m), MIDDLE)
    return pin, apart(pin, note.laser.lat_deg, note.laser.lon_deg)


def test_an_oblique_still_lands_where_its_laser_says() -> None:
    _, off = lasered(shared("data", "drone", "thermal", "H20N", "DJI_0006_R.JPG"))
    assert np.linalg.norm(off) < 0.3


def test_with_the_height_above_take_off_it_lands_within_a_metre() -> None:
    note = noted(shared("data", "drone", "thermal", "H20N", "DJI_0006_R.JPG"))
    assert note.laser is not None
    pin = locate(posed(note.fix, note.fix.rel_alt_m, GPS_OVER_TOWN), THERMAL, Level(), MIDDLE)
    off = apart(pin, note.laser.lat_deg, note.laser.lon_deg)
    assert 0.8 < np.linalg.norm(off) < 1.0
    assert pin.spread.holds(*off)


def test_stills_straight_down_land_where_their_laser_says() -> None:
    stills = sorted(shared("data", "drone", "thermal_overlap_h20t").glob("*.JPG"))
    found = [lasered(path) for path in stills]
    assert len(found) == 9
    assert max(np.linalg.norm(off) for _, off in found) < 0.7
    assert all(pin.spread.holds(*off) for pin, off in found)


def test_an_aircrafts_frame_centres_are_ours() -> None:
    _, reports = read_klv(shared("data", "drone", "klv", "Truck.klv"))
    off = [centre_off(report) for report in reports]
    assert len(off) == 711
    assert np.median(off) < 5
    assert np.percentile(off, 95) < 17


def centre_off(report: Report) -> float:
    pose = posed(report.fix(), report.said["alt_m"], GPS_OVER_TOWN)
    pin = locate(pose, lens_of_view(1280, 720, report.said["hfov_deg"]), Level(report.said["centre_alt_m"]), (640, 360))
    assert report.centre is not None
    return float(np.linalg.norm(apart(pin, *report.centre)))


@cache
def thermal_flight() -> tuple[list[Pose], list[Overlap], list[Overlap]]:
    """Poses as the drone told them, and every other feature of its overlaps to fit with and to hold out."""
    stills = sorted(shared("data", "drone", "thermal_overlap_h20t").glob("*.JPG"))
    fixes = [noted(path).fix for path in stills]
    poses = [posed(fix, fix.rel_alt_m, GPS_OVER_HILLS) for fix in fixes]
    pictures = [np.asarray(cv2.imread(str(path), cv2.IMREAD_GRAYSCALE), np.uint8) for path in stills]
    pairs = [overlap for i, j in combinations(range(9), 2) if j - i <= 2 for overlap in overlapping(pictures, i, j)]
    return poses, [half(o, 0) for o in pairs], [half(o, 1) for o in pairs]


def overlapping(pictures: list[Grey], i: int, j: int) -> list[Overlap]:
    try:
        found = register(pictures[i], pictures[j])
    except NotRegistered:
        return []
    return [Overlap(i, j, found.first_px, found.second_px)]


def half(overlap: Overlap, begin: int) -> Overlap:
    return Overlap(overlap.first, overlap.second, overlap.first_px[begin::2], overlap.second_px[begin::2])


def test_after_calibration_the_same_feature_of_two_stills_lands_within_30_centimetres() -> None:
    poses, fitted, held_out = thermal_flight()
    found = calibrated(THERMAL, poses, fitted)
    assert np.median(apart_m(THERMAL, poses, held_out)) > 1.2
    assert np.median(apart_m(THERMAL, found.poses, held_out)) <= 0.3


def test_the_doubt_of_the_flights_height_covers_what_its_laser_measured() -> None:
    poses, fitted, _ = thermal_flight()
    found = calibrated(THERMAL, poses, fitted)
    stills = sorted(shared("data", "drone", "thermal_overlap_h20t").glob("*.JPG"))
    ranges = [note.laser.distance_m for note in map(noted, stills) if note.laser is not None]
    assert abs(poses[0].height_m - found.ground_m - np.median(ranges)) < 2.146 * found.ground_sigma_m


HOME = Local(26.05730, 119.18420)
"""Where the rendered dam's own metres begin: x east, y north, z up."""
SEEP = (-3.5, -6.3350, 16.5)
PATCH = [(-5.5, -5.936, 17.0), (-1.5, -5.936, 17.0), (-1.5, -8.33, 14.0), (-5.5, -8.33, 14.0)]
PATCH_M2 = 4 * float(np.hypot(5.936 - 8.33, 3.0))
CORNERS = [(-45.0, -19.5, 0.0), (45.0, -19.5, 0.0), (45.0, 0.0, 24.44), (-45.0, 0.0, 24.44)]


def surveyed(corners: list[tuple[float, float, float]]) -> NDArray[np.float64]:
    flat = HOME.places(np.array([(y, x, 0.0) for x, y, _ in corners]))
    return np.column_stack([flat[:, :2], [z for _, _, z in corners]])


def filmed(name: str, frame: int, points: list[tuple[float, float, float]]) -> NDArray[np.float64]:
    """Where the true camera of a frame shows points of the dam's own metres: (n, 2) px."""
    camera = json.loads((SAMPLES / f"{name}.truth.json").read_text(encoding="utf-8"))["camera"]["colour"]
    seen = (np.array(points) - camera["position"]) @ np.array(camera["rotation"]).T @ np.array(camera["intrinsics"]).T
    to_frame = np.load(SAMPLES / f"{name}.truth.npz")["colour_to_frame"][frame]
    found = seen @ to_frame.T
    return np.asarray(found[:, :2] / found[:, 2:])


def told(name: str, frame: int) -> tuple[Pose, Lens]:
    fix = read_srt(SAMPLES / f"{name}.srt").fixes[frame]
    assert fix.focal_mm is not None
    return posed(fix, fix.rel_alt_m, GPS_OVER_TOWN), lens_of_35mm(1280, 720, fix.focal_mm)


FACE = Slope(tuple((float(lat), float(lon), float(z)) for lat, lon, z in surveyed(CORNERS)))


@pytest.mark.parametrize("name", ["dam_flight_6", "dam_flight_7"])
@pytest.mark.parametrize("frame", [0, 40, 75, 110])
def test_the_rendered_seep_lies_inside_its_ellipse_and_within_half_a_metre(name: str, frame: int) -> None:
    ((lat, lon, _),) = surveyed([SEEP])
    ((x, y),) = filmed(name, frame, [SEEP])
    pin = locate(*told(name, frame), FACE, (float(x), float(y)))
    off = apart(pin, float(lat), float(lon))
    assert pin.spread.holds(*off)
    assert np.linalg.norm(off) < 0.5
    assert pin.height_m == pytest.approx(16.5, abs=0.3)


@pytest.mark.parametrize("frame", [0, 40, 75, 110])
def test_a_patch_of_the_rendered_face_has_its_area_along_the_face(frame: int) -> None:
    pose, lens = told("dam_flight_7", frame)
    found = area_on_ground(pose, lens, FACE, filmed("dam_flight_7", frame, PATCH))
    assert found.m2 == pytest.approx(PATCH_M2, rel=0.02)
    assert abs(found.m2 - PATCH_M2) < 2 * found.sigma_m2
