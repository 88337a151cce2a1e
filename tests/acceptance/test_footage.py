"""Real clips of fixed cameras, patrolled as `analyse` does: TP zones raise once, TN zones stay silent."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from clock import SystemClock
from commands.looking import a_detector
from pipelines.analysis import Findings
from pipelines.camera_patrol import CameraPatrol, wanted_rate
from pipelines.plan import Camera
from pipelines.plan_file import read_plan
from pipelines.runner import Post, Runner
from pipelines.sources import open_source
from vision.detector import Detector

CLIPS = Path(__file__).resolve().parents[3] / "shared" / "data" / "fire_lane"
ONSET_WITHIN_S = 2.0

pytestmark = pytest.mark.skipif(
    not (CLIPS / "zones.json").exists(), reason=f"no real footage at hand: {CLIPS} is missing"
)


@dataclass(frozen=True)
class Clip:
    """One clip with its zones, and when something stands in each (None: to the end)."""

    name: str
    allowed_s: float
    expected: dict[str, list[tuple[float, float | None]]]
    polygons: dict[str, Any]

    def camera(self) -> Camera:
        zones = [
            {"id": zone, "kind": "fire_lane", "polygon": polygon, "allowed_s": self.allowed_s}
            for zone, polygon in self.polygons.items()
        ]
        return read_plan({"camera": [{"id": "clip", "zone": zones}]}, CLIPS / "zones.json").cameras[0]


def clips() -> Iterator[Clip]:
    if not (CLIPS / "zones.json").exists():
        return
    for entry in json.loads((CLIPS / "zones.json").read_text(encoding="utf-8")):
        zones = {zone["id"]: zone for zone in entry["zones"]}
        yield Clip(
            name=entry["file"],
            allowed_s=entry["allowed_s"],
            expected={name: [(a, b) for a, b in zone["expect"]] for name, zone in zones.items()},
            polygons={name: zone["polygon"] for name, zone in zones.items()},
        )


@pytest.fixture(scope="module")
def detector() -> Detector:
    return a_detector()


def incidents_in(clip: Clip, detector: Detector) -> list[dict[str, Any]]:
    """What `analyse` would write, without its evidence."""
    camera, clock, findings = clip.camera(), SystemClock(), Findings()
    source = open_source(
        str(CLIPS / clip.name), camera.id, rate_hz=wanted_rate(camera), clock=clock, captured_from=None
    )
    source.open()
    Runner([Post(CameraPatrol(camera), source)], detector, findings, clock).run()
    source.close()
    return findings.entries()


@pytest.mark.parametrize("clip", list(clips()), ids=lambda clip: clip.name)
def test_zones_where_something_stands_raise_once_and_others_never(clip: Clip, detector: Detector) -> None:
    found = incidents_in(clip, detector)
    assert Counter(incident["zone"] for incident in found) == Counter(
        {zone: len(intervals) for zone, intervals in clip.expected.items() if intervals}
    )
    for incident in found:
        onsets = [since for since, _ in clip.expected[incident["zone"]]]
        assert min(abs(incident["onset_s"] - since) for since in onsets) <= ONSET_WITHIN_S
