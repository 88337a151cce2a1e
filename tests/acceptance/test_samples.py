"""Every sample: what its truth expects is raised in the right zone within two seconds, and nothing else."""

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from clock import SystemClock
from commands.looking import ROOT, a_detector, model_for
from pipelines.analysis import Findings
from pipelines.camera_patrol import CameraPatrol, wanted_rate
from pipelines.observation import Kind
from pipelines.plan_file import load_plan
from pipelines.runner import Post, Runner
from pipelines.sources import open_source
from vision.detector import Detector

SAMPLES = ROOT / "samples"
WITHIN_S = 2.0
RULES = {Kind.FIRE_LANE, Kind.STREET_VENDING}
"""Kinds that a rule exists for; the others' expectations wait for theirs."""

LISTED = tomllib.loads((SAMPLES / "manifest.toml").read_text(encoding="utf-8"))["sample"]


@cache
def detector(name: str) -> Detector:
    return a_detector(name)


def onsets(sample: Mapping[str, Any]) -> list[tuple[str, float]]:
    """Zone and onset of every incident, in order."""
    camera, clock, findings = load_plan(SAMPLES / sample["plan"]).camera(None), SystemClock(), Findings()
    source = open_source(
        str(SAMPLES / sample["clip"]), camera.id, rate_hz=wanted_rate(camera), clock=clock, captured_from=None
    )
    source.open()
    looks = detector(model_for([camera]))
    Runner([Post(CameraPatrol(camera), source)], looks, findings, clock).run()
    source.close()
    return [(incident["zone"], incident["onset_s"]) for incident in findings.entries()]


def _case(sample: Mapping[str, Any]) -> Any:
    """What is known to be missed must stay missed, or lose its mark in the manifest."""
    marks = [pytest.mark.xfail(reason=sample["missed"])] if "missed" in sample else []
    return pytest.param(sample, id=str(sample["name"]), marks=marks)


@pytest.mark.parametrize("sample", [_case(sample) for sample in LISTED])
def test_a_sample_raises_what_it_shows_and_nothing_else(sample: Mapping[str, Any]) -> None:
    expected = [(e["zone"], e["from_s"]) for e in sample["expected"] if e["kind"] in RULES]
    found = onsets(sample)
    assert [zone for zone, _ in found] == [zone for zone, _ in expected]
    for (_, onset), (_, true) in zip(found, expected, strict=True):
        assert onset == pytest.approx(true, abs=WITHIN_S)
