"""Scores the vending rule on the rendered clips: `python -m benchmarks.vending [--truth]`.

With the model that ships, or with `--truth` on what the renderer knows made as bad as a poor detector sees it
(benchmarks.truth_detector), so that the rule is judged apart from the model. Prints a table in Markdown.
"""

import argparse
import json
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.fire_lane import ClipScore, cpu_seconds, failures, patrolled, score_zone, summary, table
from benchmarks.truth_detector import Noise, TruthDetector
from clock import Clock, SystemClock
from commands.looking import ROOT, a_detector
from pipelines.observation import Kind
from pipelines.plan import Camera
from pipelines.plan_file import load_plan
from samples.render.truth import read_truth
from vision.detector import Detector

SAMPLES = ROOT / "samples"
ZERO = datetime(2026, 5, 1, 2, tzinfo=UTC)
"""Ten in the morning in the county, when no sample's plan allows selling."""


def clips(folder: Path) -> Iterator[tuple[dict[str, Any], Camera]]:
    """Every listed sample whose plan watches for vending, and its camera, filmed at ten in the morning."""
    for sample in tomllib.loads((folder / "manifest.toml").read_text("utf-8"))["sample"]:
        camera = load_plan(folder / sample["plan"]).camera(None)
        if any(zone.kind is Kind.STREET_VENDING for zone in camera.zones):
            yield sample, replace(camera, source=str(folder / sample["clip"]), captured_from=ZERO)


def score(sample: dict[str, Any], camera: Camera, detector: Detector, clock: Clock) -> ClipScore:
    before = cpu_seconds()
    found, looks, faults = patrolled(camera, detector, clock)
    zones = [
        score_zone(
            zone.id,
            [(e["from_s"], e.get("to_s")) for e in sample["expected"] if e["zone"] == zone.id],
            [one["onset_s"] for one in found if one["zone"] == zone.id],
        )
        for zone in camera.zones
    ]
    return ClipScore(sample["name"], tuple(zones), cpu_seconds() - before, looks, tuple(faults))


def by_truth(folder: Path, noise: Noise, seeds: Sequence[int], clock: Clock) -> list[ClipScore]:
    """Every clip as often as there are seeds."""
    return [
        score(sample, camera, TruthDetector(read_truth(folder, sample["name"]), ZERO, noise, seed=seed), clock)
        for sample, camera in clips(folder)
        for seed in seeds
    ]


def by_model(folder: Path, detector: Detector, clock: Clock) -> list[ClipScore]:
    return [score(sample, camera, detector, clock) for sample, camera in clips(folder)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--truth", action="store_true", help="the renderer's truth in place of a model")
    parser.add_argument("--noise", type=json.loads, default={}, help="fields of Noise that differ, as JSON")
    parser.add_argument("--seeds", type=int, default=5, help="how often each clip is seen by truth")
    parser.add_argument("--samples", type=Path, default=SAMPLES, help="another folder like samples/")
    parser.add_argument("--model", default=None, metavar="NAME", help="a model of models/manifest.toml")
    asked, clock = parser.parse_args(), SystemClock()
    if asked.truth:
        name, scores = "truth", by_truth(asked.samples, Noise(**asked.noise), range(asked.seeds), clock)
    else:
        detector = a_detector(asked.model)
        name, scores = detector.name, by_model(asked.samples, detector, clock)
    print(f"## Rendered vending clips ({name})\n\n{table(scores)}\n\n{summary(scores)}\n")
    print("\n".join(failures(scores) or ["No failures."]) + "\n")


if __name__ == "__main__":
    main()
