"""What one recording's `incidents.json` says."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipelines.analysis import Findings, write_entries
from pipelines.camera_patrol import CameraPatrol
from pipelines.observation import Evidence, EvidenceRole, Measure, Observation, Phase
from pipelines.runner import Post, Runner
from tests.builders import Shot, a_camera, a_zone, at, shots
from tests.clocks import FakeClock
from tests.facts import an_observation
from tests.fakes import ListedSource, PaintedDetector
from tests.painted import CAR, Thing

PARKED = Thing(CAR)


def found_in(taken: list[Shot], *, allowed_s: float = 10.0) -> list[dict[str, Any]]:
    """The entries of a recording."""
    source, findings = ListedSource(taken), Findings()
    post = Post(CameraPatrol(a_camera(a_zone(allowed_s=allowed_s))), source)
    Runner([post], PaintedDetector(source), findings, FakeClock()).run()
    return findings.entries()


def entries_of(*facts: Observation) -> list[dict[str, Any]]:
    findings = Findings()
    findings.zero = at(0)
    for fact in facts:
        findings.add(fact)
    return findings.entries()


def a_fact(captured: float, phase: Phase = Phase.BEGAN, **changes: Any) -> Observation:
    return replace(an_observation(at(captured), began=at(60), phase=phase), began_at=at(4), **changes)


def a_picture(role: EvidenceRole, captured: float) -> Evidence:
    return Evidence(role, f"{role}.jpg", "ab" * 32, "image/jpeg", at(captured))


def test_a_recording_without_frames_has_no_incidents() -> None:
    assert Findings().entries() == []


def test_a_recording_without_blockages_has_no_incidents() -> None:
    assert found_in(shots(range(12))) == []


def test_times_are_seconds_of_media_time_from_the_first_frame() -> None:
    taken = shots(range(100, 104)) + shots(range(104, 130), PARKED) + shots(range(130, 140))
    (entry,) = found_in(taken)
    assert (entry["onset_s"], entry["raised_s"], entry["ended_s"]) == (4, 14, 29)
    assert (entry["seen_s"], entry["unseen_s"]) == (25, 0)


def test_an_incident_names_what_where_and_who_decided() -> None:
    (entry,) = found_in(shots(range(20), PARKED))
    assert (entry["kind"], entry["camera"], entry["zone"], entry["subject"]) == (
        "fire_lane",
        "north-gate",
        "lane-1",
        "car",
    )
    assert entry["decided_by"] == "painted@00000000"
    assert entry["already_there"]
    assert 0 < entry["confidence"] <= 1


def test_a_blockage_that_outlasts_the_recording_has_no_end_and_was_seen_to_its_last_frame() -> None:
    (entry,) = found_in(shots(range(31), PARKED))
    assert (entry["ended_s"], entry["seen_s"]) == (None, 30)


def test_two_blockages_of_one_lane_are_two_incidents() -> None:
    taken = shots(range(20), PARKED) + shots(range(20, 30)) + shots(range(30, 50), Thing(CAR, coat=2))
    assert [entry["onset_s"] for entry in found_in(taken)] == [0, 30]


def test_evidence_of_all_tellings_is_listed_with_the_latest_of_each_role() -> None:
    onset, first, last = (
        a_picture(EvidenceRole.ONSET, 4),
        a_picture(EvidenceRole.LATEST, 90),
        a_picture(EvidenceRole.LATEST, 120),
    )
    began = a_fact(64, evidence=(onset,))
    (entry,) = entries_of(
        began, a_fact(90, Phase.CONTINUES, evidence=(first,)), a_fact(120, Phase.CONTINUES, evidence=(last,))
    )
    assert [(e["role"], e["at_s"]) for e in entry["evidence"]] == [("onset", 4), ("latest", 120)]
    assert entry["evidence"][0] == {"role": "onset", "file": "onset.jpg", "sha256": "ab" * 32, "at_s": 4}


def test_a_clip_that_is_ready_after_the_end_does_not_undo_the_end() -> None:
    clip = a_picture(EvidenceRole.CLIP, 4)
    (entry,) = entries_of(
        a_fact(64), a_fact(68, Phase.ENDED, seen_s=60.0, unseen_s=2.0), a_fact(69, Phase.CONTINUES, evidence=(clip,))
    )
    assert entry["ended_s"] == 66
    assert [e["role"] for e in entry["evidence"]] == ["dwell", "clip"]


def test_an_ended_blockage_keeps_the_width_that_was_left_while_it_stood() -> None:
    first, later, empty = ({"clear_width": Measure(width, "m")} for width in (3.1, 2.6, 6.0))
    (entry,) = entries_of(
        a_fact(64, measures=first),
        a_fact(80, Phase.CONTINUES, measures=later),
        a_fact(90, Phase.ENDED, measures=empty),
    )
    assert entry["measures"] == {"clear_width": {"value": 2.6, "unit": "m"}}


def test_the_result_replaces_the_one_of_an_earlier_run(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "yet" / "there"
    write_entries([{"zone": "old"}], folder)
    path = write_entries(entries_of(a_fact(64)), folder)
    assert path == folder / "incidents.json"
    assert [entry["zone"] for entry in json.loads(path.read_text(encoding="utf-8"))] == ["lane-1"]
    assert list(folder.iterdir()) == [path]


def test_chinese_is_written_as_chinese(tmp_path: Path) -> None:
    path = write_entries(entries_of(a_fact(64, zone_id="消防通道一")), tmp_path)
    assert "消防通道一" in path.read_text(encoding="utf-8")
