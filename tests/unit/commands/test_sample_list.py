"""What was raised is held against what a sample shows: early, late, missing, in another zone, or nothing there."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from commands.looking import ROOT
from commands.sample_list import Sample, Shown, samples, verdicts
from commands.truth_table import line
from pipelines.plan_file import load_plan

START = datetime(2026, 5, 1, 2, 0, tzinfo=UTC)
CAMERA = "demo-street"


def a_sample(*shows: Shown) -> Sample:
    return Sample("fire_lane", "A van", load_plan(ROOT / "samples" / "fire_lane.toml"), shows)


def an_incident(at_s: float, *, zone: str = "lane-1", camera: str = CAMERA) -> dict[str, Any]:
    began = (START + timedelta(seconds=at_s)).isoformat()
    return {"kind": "fire_lane", "zone_id": zone, "camera_id": camera, "began_at": began}


def judged(shown: tuple[Shown, ...], *incidents: dict[str, Any]) -> list[bool]:
    return [verdict.holds for verdict in verdicts([a_sample(*shown)], incidents, {CAMERA: START})]


VAN = Shown("fire_lane", "lane-1", 16.1)


@pytest.mark.parametrize(("at_s", "holds"), [(14.2, True), (16.1, True), (18.0, True), (14.0, False), (18.2, False)])
def test_an_onset_within_two_seconds_holds(at_s: float, holds: bool) -> None:
    assert judged((VAN,), an_incident(at_s)) == [holds]


def test_what_was_not_raised_does_not_hold() -> None:
    assert judged((VAN,)) == [False]


def test_an_incident_in_another_zone_is_one_miss_and_one_false_alarm() -> None:
    assert judged((VAN,), an_incident(16.1, zone="lane-2")) == [False, False]


def test_a_second_incident_of_the_same_van_is_a_false_alarm() -> None:
    assert judged((VAN,), an_incident(16.1), an_incident(40.0)) == [True, False]


def test_a_sample_in_which_nothing_happens_holds_when_nothing_was_raised() -> None:
    assert judged(()) == [True]
    assert judged((), an_incident(3.0)) == [False]


def test_another_cameras_incident_says_nothing_of_this_sample() -> None:
    assert judged((), an_incident(3.0, camera="elsewhere")) == [True]


def test_a_known_miss_is_said_and_ends_once_it_is_found() -> None:
    [missed] = verdicts([replace(a_sample(VAN), missed="too dark")], [], {CAMERA: START})
    [found] = verdicts([replace(a_sample(VAN), missed="too dark")], [an_incident(16.1)], {CAMERA: START})
    assert missed.holds
    assert line(missed).startswith("△")
    assert "too dark" in line(missed)
    assert line(found).startswith("✓")


def test_the_table_says_what_is_wrong() -> None:
    [missed] = verdicts([a_sample(VAN)], [], {CAMERA: START})
    assert line(missed).startswith("✗ fire_lane")
    assert "漏报" in line(missed)


def test_every_sample_of_the_manifest_is_listed_with_a_camera_of_its_own() -> None:
    listed = samples(ROOT / "samples" / "manifest.toml")
    cameras = [sample.camera_id for sample in listed]
    assert len(listed) >= 4
    assert len(set(cameras)) == len(cameras)
