"""Runs our patrol over a clip, as many cameras at once as asked, and prints as JSON what it found and spent."""

import argparse
import json
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from benchmarks.meter import Meter
from clock import SystemClock
from commands.looking import a_detector
from pipelines.analysis import Findings
from pipelines.camera_patrol import CameraPatrol, wanted_rate
from pipelines.plan import Camera
from pipelines.plan_file import load_plan
from pipelines.runner import Post, Runner
from pipelines.sources import open_source
from vision.detector import Detector
from vision.types import Frame, FrameRef, TimeSource

FILMED_FROM = datetime(2026, 5, 1, tzinfo=UTC)


def main() -> None:
    asked = _arguments()
    camera = load_plan(asked.plan).camera(None)
    posts = [_post(replace(camera, id=f"{camera.id}-{at}"), asked.clip) for at in range(asked.cameras)]
    detector, findings = a_detector(asked.model, threads=1), Findings()
    _warm_up(detector)
    meter = Meter()
    for post in posts:
        post.source.open()
    Runner(posts, detector, findings, SystemClock()).run()
    print(json.dumps({"model": detector.name, "events": _events(findings), **_counts(posts), **asdict(meter.read())}))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clip", type=Path, required=True)
    parser.add_argument("--plan", type=Path, required=True)
    parser.add_argument("--model")
    parser.add_argument("--cameras", type=int, default=1)
    return parser.parse_args()


def _post(camera: Camera, clip: Path) -> Post:
    source = open_source(
        str(clip), camera.id, rate_hz=wanted_rate(camera), clock=SystemClock(), captured_from=FILMED_FROM
    )
    return Post(CameraPatrol(camera), source)


def _warm_up(detector: Detector) -> None:
    """Compiling the network is paid once in a camera's life, not per second of it."""
    ref = FrameRef("none", 0, FILMED_FROM, FILMED_FROM, TimeSource.CONTAINER)
    detector.detect([Frame(ref, np.zeros((1080, 1920, 3), np.uint8))])


def _events(findings: Findings) -> list[list[float | None]]:
    """Onset and raise of each, in seconds of media time."""
    return [[entry["onset_s"], entry["raised_s"]] for entry in findings.entries()]


def _counts(posts: list[Post]) -> dict[str, int]:
    delivered = [post.source.delivered() for post in posts]
    return {
        "sampled": sum(each.sampled for each in delivered),
        "dropped": sum(each.dropped for each in delivered),
        "inferred": sum(post.looked - post.slept for post in posts),
    }


if __name__ == "__main__":
    main()
