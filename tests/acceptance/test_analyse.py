"""`patrol.py analyse` as a person runs it: its exit status, its words and its incidents.json."""

import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE, PLAN = ROOT / "samples" / "firelane_60s.mp4", ROOT / "samples" / "firelane.toml"
PARKED_FROM_S = 10.0
"""From then on a car stands in the sample's lane, as its renderer knows."""


@dataclass(frozen=True)
class Run:
    status: int
    said: str
    out: Path

    @property
    def incidents(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads((self.out / "incidents.json").read_text(encoding="utf-8"))
        return found


def analyse(out: Path, *words: str | Path, source: str | Path = SAMPLE, plan: Path = PLAN) -> Run:
    command = [sys.executable, "patrol.py", "analyse", source, "--plan", plan, "--out", out, *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    return Run(done.returncode, done.stderr, out)


def a_plan(folder: Path, *camera_ids: str) -> Path:
    """The sample's plan, for cameras of these names."""
    path, body = folder / "plan.toml", PLAN.read_text(encoding="utf-8")
    camera = body[body.index("[[camera]]") :]
    path.write_text("\n".join(camera.replace("demo-street", name) for name in camera_ids), encoding="utf-8")
    return path


def cut_short(path: Path, *, keep: float) -> Path:
    """The sample as a recorder leaves it whose power was cut: a Matroska file without its last part."""
    with av.open(str(SAMPLE)) as source, av.open(str(path), "w") as target:
        stream = source.streams.video[0]
        copied = target.add_stream_from_template(stream)
        for packet in source.demux(stream):
            if packet.dts is not None:
                packet.stream = copied
                target.mux(packet)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])
    return path


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The sample run once to its end; `--camera` is not needed in a plan of one."""
    return analyse(tmp_path_factory.mktemp("whole"))


def test_a_recording_that_ran_to_its_end_is_status_0(whole: Run) -> None:
    assert whole.status == 0, whole.said
    assert "1 incident(s)" in whole.said


def test_the_car_of_the_sample_is_one_incident_with_its_times(whole: Run) -> None:
    (incident,) = whole.incidents
    assert (incident["kind"], incident["camera"], incident["zone"]) == ("fire_lane", "demo-street", "lane-1")
    assert incident["onset_s"] == pytest.approx(PARKED_FROM_S, abs=2)
    assert incident["raised_s"] == pytest.approx(incident["onset_s"] + 10, abs=1.5)
    assert incident["ended_s"] is None
    assert incident["seen_s"] == pytest.approx(60 - PARKED_FROM_S, abs=3)


def test_an_incident_has_every_field_that_others_build_on(whole: Run) -> None:
    promised = "kind camera zone onset_s raised_s ended_s seen_s unseen_s confidence measures evidence"
    assert set(promised.split()) <= set(whole.incidents[0])


def test_the_evidence_is_there_and_unchanged(whole: Run) -> None:
    evidence = whole.incidents[0]["evidence"]
    assert {"onset", "dwell", "clip"} <= {piece["role"] for piece in evidence}
    for piece in evidence:
        content = (whole.out / "evidence" / piece["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == piece["sha256"]


def test_a_run_without_evidence_finds_the_same_and_writes_no_pictures(whole: Run, tmp_path: Path) -> None:
    bare = analyse(tmp_path, "--no-evidence", "--camera", "demo-street")
    assert bare.status == 0
    (found,), (kept,) = bare.incidents, whole.incidents
    assert {**found, "evidence": []} == {**kept, "evidence": []}
    assert [path.name for path in tmp_path.iterdir()] == ["incidents.json"]


def test_a_source_that_breaks_midway_is_status_3_and_what_was_found_is_written(tmp_path: Path) -> None:
    run = analyse(tmp_path / "out", "--no-evidence", source=cut_short(tmp_path / "cut.mkv", keep=0.6))
    assert run.status == 3, run.said
    assert "breaks off at" in run.said
    assert run.incidents[0]["raised_s"] == pytest.approx(PARKED_FROM_S + 10, abs=3)


def test_a_plan_with_mistakes_is_status_2_and_names_them(tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN.read_text(encoding="utf-8").replace("allowed_s = 10", "allowed_s = 0"), encoding="utf-8")
    run = analyse(tmp_path / "out", plan=plan)
    assert run.status == 2
    assert 'camera "demo-street" zone "lane-1": allowed_s is a number of at least 1, not 0' in run.said
    assert not run.out.exists()


def test_a_plan_that_is_not_there_is_status_2(tmp_path: Path) -> None:
    run = analyse(tmp_path / "out", plan=tmp_path / "none.toml")
    assert (run.status, "No such file" in run.said) == (2, True)


def test_a_camera_that_the_plan_does_not_have_is_status_2(tmp_path: Path) -> None:
    run = analyse(tmp_path / "out", "--camera", "east-gate")
    assert (run.status, 'no camera "east-gate"' in run.said) == (2, True)


def test_a_plan_of_two_cameras_needs_a_choice(tmp_path: Path) -> None:
    run = analyse(tmp_path / "out", plan=a_plan(tmp_path, "north-gate", "south-gate"))
    assert (run.status, "say which with --camera (north-gate, south-gate)" in run.said) == (2, True)


@pytest.mark.parametrize("name", ["none.mp4", "text.mp4", "ftp://camera/stream", "."])
def test_a_source_that_is_no_footage_is_status_2_with_a_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "text.mp4").write_text("this is no video")
    run = analyse(tmp_path / "out", source=name if "://" in name else tmp_path / name)
    assert run.status == 2
    assert run.said.startswith("patrol: ")
    assert "Traceback" not in run.said


def test_a_result_that_cannot_be_written_is_status_2_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file where the folder should be")
    run = analyse(tmp_path / "out", "--no-evidence")
    assert run.status == 2
    assert "can't be a folder" in run.said
