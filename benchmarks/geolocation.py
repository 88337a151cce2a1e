"""How far pins of real flights are off: `python -m benchmarks.geolocation ../shared/data/drone`.

The folder holds klv/, thermal/, thermal_overlap_h20t/ and dem/ of the public samples. Prints a table in Markdown.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines.dem import read_terrain
from pipelines.klv import read_klv
from pipelines.telemetry import Fix
from pipelines.xmp import StillNote, note_of
from vision.agreement import Overlap
from vision.ellipsoid import Local
from vision.flight_calibration import apart_m, calibrated
from vision.geolocation import locate
from vision.pin import Pin
from vision.pose import GPS_OVER_HILLS, GPS_OVER_TERRAIN, Pose, lens_of_35mm, lens_of_view
from vision.registration import NotRegistered, register
from vision.surface import Level, Ranged, Surface
from vision.terrain import Terrain

Metres = NDArray[np.float64]

_THERMAL = lens_of_35mm(640, 512, 58)
_FILM = lens_of_view(1280, 720, 60)
_DEPRESSIONS = (75, 60, 45, 30, 20)
_ROW = "| {} | {} | {:.2f} | {:.2f} |"


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print(__doc__)
        return 2
    folder = Path(arguments[0])
    print("| what | n | median m | 95 % m |\n|---|---|---|---|")
    for name, measure in MEASURES.items():
        off = measure(folder)
        print(_ROW.format(name, len(off), np.median(off), np.percentile(off, 95)))
    return 0


def frame_centres(folder: Path) -> Metres:
    """Against tags 23 and 24 of an aircraft 1.6 to 2.3 km away."""
    _, reports = read_klv(folder / "klv" / "Truck.klv")
    found = []
    for report in reports:
        lens = lens_of_view(1280, 720, report.said["hfov_deg"])
        pin = locate(_pose(report.fix(), report.said["alt_m"]), lens, Level(report.said["centre_alt_m"]), (640, 360))
        found.append(_apart(pin, *(report.centre or (np.nan, np.nan))))
    return np.array(found)


def lasers(ground: Callable[[StillNote], Surface]) -> Callable[[Path], Metres]:
    """The middle of every still with a laser, against the laser's own reckoning."""

    def measure(folder: Path) -> Metres:
        notes = [_note(path) for path in [folder / "thermal/H20N/DJI_0006_R.JPG", *_overlapping(folder)]]
        return np.array([_off_laser(note, ground(note)) for note in notes])

    return measure


def pairs(calibrate: bool) -> Callable[[Path], Metres]:
    """The same feature from two stills; half of the features fit, the other half are measured."""

    def measure(folder: Path) -> Metres:
        paths = _overlapping(folder)
        poses = [_pose(fix, fix.rel_alt_m) for fix in (_note(path).fix for path in paths)]
        overlaps = _overlaps(paths)
        told = calibrated(_THERMAL, poses, [_half(o, 0) for o in overlaps]).poses if calibrate else poses
        return apart_m(_THERMAL, told, [_half(o, 1) for o in overlaps])

    return measure


def over_terrain(depression: float) -> Callable[[Path], Metres]:
    """How far level ground beneath the camera misleads, 100 m above 150 places of a hilly county."""

    def measure(folder: Path) -> Metres:
        terrain = read_terrain(folder / "dem" / "openathena_cobb.tif")
        spots = np.random.default_rng(2).uniform(0.1, 0.9, (150, 3))
        return np.array([_misled(terrain, depression, *spot) for spot in spots])

    return measure


def _misled(terrain: Terrain, depression: float, south: float, east: float, turn: float) -> float:
    rows, columns = terrain.heights.shape
    lat = terrain.north_deg - south * rows * terrain.lat_step_deg
    lon = terrain.west_deg + east * columns * terrain.lon_step_deg
    ground = terrain.height(lat, lon)
    pose = Pose(lat, lon, ground + 100, 360 * turn, -depression, 0, GPS_OVER_TERRAIN)
    hit, flat = (locate(pose, _FILM, surface, (640, 360)) for surface in (terrain, Level(ground)))
    return _apart(hit, flat.lat_deg, flat.lon_deg)


MEASURES: dict[str, Callable[[Path], Metres]] = {
    "frame centre, an aircraft's own reckoning": frame_centres,
    "laser spot, height above take-off": lasers(lambda note: Level()),
    "laser spot, height of the laser": lasers(lambda note: Level(note.laser.rel_alt_m or 0.0 if note.laser else 0.0)),
    "laser spot, range of the laser": lasers(lambda note: Ranged(note.laser.distance_m if note.laser else 0.0)),
    "a feature of two stills, as told": pairs(calibrate=False),
    "a feature of two stills, calibrated": pairs(calibrate=True),
    **{f"level ground in place of terrain, looking {down} degrees down": over_terrain(down) for down in _DEPRESSIONS},
}


def _pose(fix: Fix, height_m: float | None) -> Pose:
    figures = (fix.lat_deg, fix.lon_deg, height_m, fix.yaw_deg, fix.pitch_deg, fix.roll_deg)
    lat, lon, height, yaw, pitch, roll = (np.nan if figure is None else figure for figure in figures)
    return Pose(lat, lon, height, yaw, pitch, roll, GPS_OVER_HILLS)


def _note(path: Path) -> StillNote:
    note = note_of(path.read_bytes())
    if note is None:
        raise SystemExit(f"{path} says nothing of its flight")
    return note


def _off_laser(note: StillNote, ground: Surface) -> float:
    pin = locate(_pose(note.fix, note.fix.rel_alt_m), _THERMAL, ground, (320, 256))
    return _apart(pin, note.laser.lat_deg, note.laser.lon_deg) if note.laser else np.nan


def _apart(pin: Pin, lat: float, lon: float) -> float:
    return float(np.linalg.norm(Local(pin.lat_deg, pin.lon_deg).metres(np.array([[lat, lon, 0.0]]))[0, :2]))


def _overlapping(folder: Path) -> list[Path]:
    return sorted((folder / "thermal_overlap_h20t").glob("*.JPG"))


def _overlaps(paths: Sequence[Path]) -> list[Overlap]:
    pictures = [np.asarray(cv2.imread(str(path), cv2.IMREAD_GRAYSCALE), np.uint8) for path in paths]
    found = []
    for i, j in combinations(range(len(pictures)), 2):
        try:
            registered = register(pictures[i], pictures[j])
        except NotRegistered:
            continue
        found.append(Overlap(i, j, registered.first_px, registered.second_px))
    return found


def _half(overlap: Overlap, begin: int) -> Overlap:
    return replace(overlap, first_px=overlap.first_px[begin::2], second_px=overlap.second_px[begin::2])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
