"""Two rendered flights over one dam, a week apart: the seep, its area, its place and its growth against exact truth."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from clock import SystemClock
from commands.dam_hiding import hiding
from commands.looking import ROOT
from pipelines.dam_file import load_dam
from samples.render.flights import FLIGHTS
from tests.acceptance.department import Centre
from vision.ellipsoid import Local
from vision.face import Face, Sight
from vision.layer import patches
from vision.sight import local_m, places_of

SAMPLES = ROOT / "samples"
PLAN = SAMPLES / "dam.toml"
HOME = Local(26.0573, 119.1842)
SLOPE = np.array([[-45.0, -19.5, 0.0], [45.0, -19.5, 0.0], [45.0, 0.0, 24.44], [-45.0, 0.0, 24.44]])
"""The face as the scene builds it, in metres east, north, up of its own origin."""


@dataclass(frozen=True)
class Seep:
    """One true seep: its place, latitude and longitude, and its area on the face."""

    place: tuple[float, float]
    area_m2: float


@dataclass(frozen=True)
class Run:
    status: int
    said: str
    out: Path

    def read(self, name: str) -> Any:
        return json.loads((self.out / name).read_text(encoding="utf-8"))


def fly(name: str, folder: Path, *words: str, plan: Path = PLAN) -> Run:
    """As a drone team would: the flight's files as they lie on its card."""
    card, out = folder / f"card-{name}", folder / f"out-{name}"
    card.mkdir()
    for path in SAMPLES.glob(f"dam_{name}*"):
        if "truth" not in path.name:
            shutil.copy(path, card / path.name)
    command = [sys.executable, "patrol.py", "analyse-flight", str(card), "--plan", str(plan), "--out", str(out)]
    command += ["--zone", "Asia/Shanghai", "--rate", "0.15", *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)
    return Run(done.returncode, done.stdout + done.stderr, out)


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    running = Centre(tmp_path_factory.mktemp("centre"), "http://127.0.0.1:9/")
    yield running
    running.service.stop()


@pytest.fixture(scope="module")
def told(centre: Centre, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The words that have a flight's findings told to the command centre."""
    key = tmp_path_factory.mktemp("key") / "node.key"
    key.write_text(centre.keys["node"], encoding="utf-8")
    return ["--service", centre.url, "--key-file", str(key), "--data", str(centre.folder)]


@pytest.fixture(scope="module")
def first(told: list[str], tmp_path_factory: pytest.TempPathFactory) -> Run:
    return fly("flight_6", tmp_path_factory.mktemp("dam"), *told)


@pytest.fixture(scope="module")
def second(first: Run, told: list[str]) -> Run:
    return fly("flight_7", first.out.parent, "--baseline", str(first.out), *told)


def truth(number: str) -> list[Seep]:
    """From the renderer's own wet mask, laid on the face with the renderer's own camera; the largest first."""
    said = json.loads((SAMPLES / f"dam_flight_{number}.truth.json").read_text(encoding="utf-8"))["camera"]["colour"]
    size = tuple(said["size"])
    still = Sight(np.array(said["position"]), np.array(said["rotation"]), np.array(said["intrinsics"]), size)
    grid = Face.through(SLOPE).grid(0.05)
    wet = np.nan_to_num(grid.laid(_mask(number, size), still)) > 0.5
    return [
        Seep(_place(grid.face.places(one.middle[None])), one.area_m2)
        for one in patches(wet, grid, least_m2=0.5, gap_m=0.4)
    ]


def _mask(number: str, size: tuple[int, int]) -> np.ndarray[Any, np.dtype[np.float32]]:
    with np.load(SAMPLES / f"dam_flight_{number}.truth.npz") as kept:
        runs = kept["colour_wet"].reshape(-1, 2)
    mask = np.zeros(size[0] * size[1], np.float32)
    for start, length in runs:
        mask[start : start + length] = 1
    return mask.reshape(size[1], size[0])


def _place(metres: np.ndarray[Any, np.dtype[np.float64]]) -> tuple[float, float]:
    lat, lon, _ = places_of(metres, HOME)[0]
    return float(lat), float(lon)


def far_off(entry: dict[str, Any], seep: Seep) -> tuple[float, float]:
    """How far the pin lies from the truth, and how far it may by its own ellipse; metres."""
    lon, lat = entry["where"]["geometry"]["geometries"][0]["coordinates"]
    here, there = (local_m(np.array([[*place, 0.0]]), HOME)[0] for place in ((lat, lon), seep.place))
    return float(np.linalg.norm(here - there)), float(entry["where"]["properties"]["error_across_m"])


def test_the_plan_says_where_the_face_of_the_scene_is() -> None:
    [region] = load_dam(PLAN).regions
    assert local_m(region.corners, HOME) == pytest.approx(SLOPE, abs=0.02)
    assert set(FLIGHTS) >= {"dam_flight_6", "dam_flight_7"}


def test_the_first_flight_finds_the_young_seep_and_raises_nothing_else(first: Run) -> None:
    assert first.status == 0, first.said
    [found], [seep] = first.read("incidents.json"), truth("6")
    assert found["area_m2"] == pytest.approx(seep.area_m2, rel=0.15)
    away, allowed = far_off(found, seep)
    assert away <= allowed
    assert set(found["cues"]) >= {"thermal", "wet"}
    assert found["growth"] is None


def test_stairs_and_shade_stay_candidates(first: Run) -> None:
    candidates = [one for one in first.read("findings.json") if not one["raised"]]
    assert candidates
    assert all(set(one["cues"]) == {"thermal"} for one in candidates)


def test_the_second_flight_sees_it_again_grown_and_graver_and_a_new_one_beside_it(first: Run, second: Run) -> None:
    assert second.status == 0, second.said
    [before] = first.read("incidents.json")
    grown, new = sorted(second.read("incidents.json"), key=lambda one: -one["area_m2"])
    true_grown, true_new = truth("7")
    [true_before] = truth("6")
    assert grown["id"] == before["id"]
    assert grown["area_m2"] == pytest.approx(true_grown.area_m2, rel=0.15)
    assert 1 + grown["growth"]["share"] == pytest.approx(true_grown.area_m2 / true_before.area_m2, rel=0.2)
    assert grown["colour"] < before["colour"]
    assert new["area_m2"] == pytest.approx(true_new.area_m2, rel=0.15)
    assert new["growth"]["new"]
    for found, seep in ((grown, true_grown), (new, true_new)):
        away, allowed = far_off(found, seep)
        assert away <= allowed


def test_the_command_centre_has_one_incident_for_the_seep_that_two_flights_saw(second: Run, centre: Centre) -> None:
    assert second.status == 0, second.said
    grown, new = sorted(centre.ask("operator", "GET", "/api/incidents")["incidents"], key=lambda one: one["level"])
    [_, before] = sorted((one["area_m2"] for one in second.read("incidents.json")), reverse=True)
    assert (grown["kind"], grown["camera_id"], grown["level"]) == ("dam_seepage", "sample-dam", 1)
    assert grown["measures"]["area"]["value"] > 3 * grown["measures"]["area_before"]["value"]
    assert "扩大" in grown["why"]["zh"]
    assert grown["where"]["latitude"] == pytest.approx(truth("7")[0].place[0], abs=1e-5)
    assert len(grown["evidence"]) == 4
    assert new["measures"]["area"]["value"] == before
    assert new["level"] == 3


def test_a_dry_dam_with_old_stains_and_shade_raises_nothing(tmp_path: Path) -> None:
    dry = fly("dry", tmp_path)
    assert dry.status == 0, dry.said
    assert dry.read("incidents.json") == []
    assert dry.read("flight.json")["faces"][0]["colour_looks"] > 2


def test_what_was_looked_at_is_written_down_with_its_pictures(second: Run) -> None:
    flight = second.read("flight.json")
    assert flight["not_looked_at"] == []
    assert flight["faces"][0]["seen_share"] > 0.5
    assert flight["thermal_trust"]["why"]
    for incident in second.read("incidents.json"):
        assert len(incident["evidence"]) == 2
        assert all((second.out / name).stat().st_size > 5000 for name in incident["evidence"])
    assert not (second.out / "frames").exists()
    page = (second.out / "report.html").read_text(encoding="utf-8")
    assert all((second.out / name).exists() for name in re.findall(r'src="([^"]+)"', page))
    assert page.count("<article") == 2


def test_a_face_that_no_look_shows_is_said_and_is_no_dry_face(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.toml"
    elsewhere.write_text(PLAN.read_text(encoding="utf-8").replace("[26.057", "[26.087"), encoding="utf-8")
    run = fly("dry", tmp_path, plan=elsewhere)
    assert run.status == 3
    assert "no look shows face" in run.said
    assert run.read("flight.json")["faces_not_seen"] == ["face"]


def test_people_in_a_flights_pictures_are_made_unrecognisable() -> None:
    with av.open(str(SAMPLES / "vending_rain.mp4")) as clip:
        street = next(f for f in clip.decode(video=0) if f.pts is not None and f.time > 20).to_ndarray(format="bgr24")
    hidden = hiding(SystemClock())(street)
    changed = (np.abs(hidden.astype(int) - street) > 20).any(axis=2).mean()
    assert 0.0005 < changed < 0.2


def test_a_flight_that_is_no_baseline_is_named_and_the_rest_is_done(first: Run, tmp_path: Path) -> None:
    shutil.copytree(first.out.parent / "card-flight_6", tmp_path / "card")
    (tmp_path / "card" / "dam_flight_6.mp4").unlink()
    command = [sys.executable, "patrol.py", "analyse-flight", str(tmp_path / "card"), "--plan", str(PLAN)]
    command += ["--out", str(tmp_path / "out"), "--zone", "Asia/Shanghai", "--baseline", str(tmp_path / "nowhere")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 3
    assert "nowhere holds no analysed flight" in done.stderr
    assert (tmp_path / "out" / "incidents.json").exists()
