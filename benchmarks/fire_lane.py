"""Scores the fire-lane rule on clips whose truth is known: `python -m benchmarks.fire_lane FOLDER [FOLDER ...]`.

A FOLDER holds a zones.json: per clip the zones, allowed_s, and the intervals in which something stands there. Prints a
table per folder in Markdown: what was expected, found, missed and false, how far the onset was off, and the CPU spent.
"""

import argparse
import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from clock import Clock, SystemClock
from commands.looking import a_detector
from pipelines.analysis import Findings
from pipelines.camera_patrol import CameraPatrol, wanted_rate
from pipelines.footage import BadSource, SourceBroke
from pipelines.plan import Camera
from pipelines.plan_file import load_plan
from pipelines.runner import Post, Runner
from pipelines.sources import open_source
from vision.detector import Detector

EARLY_S = 3.0
"""An incident may begin this much before the truth says so: whoever drives in slowly stops at no exact second."""
Interval = tuple[float, float | None]


@dataclass(frozen=True, slots=True)
class ZoneScore:
    """What became of one zone's truth."""

    zone: str
    expected: int
    errors_s: tuple[float, ...]
    missed: tuple[Interval, ...]
    false_s: tuple[float, ...]

    def faults(self) -> list[str]:
        missed = [f"{self.zone}: missed {a:g}-{'end' if b is None else f'{b:g}'} s" for a, b in self.missed]
        return missed + [f"{self.zone}: false at {onset:.1f} s" for onset in self.false_s]


@dataclass(frozen=True, slots=True)
class ClipScore:
    file: str
    zones: tuple[ZoneScore, ...]
    cpu_s: float
    looks: int
    faults: tuple[str, ...] = field(default=())


def score_zone(zone: str, expect: Sequence[Interval], onsets: Sequence[float]) -> ZoneScore:
    """Every interval takes the nearest incident that began in it; what is left over is false, doubles included."""
    left, errors, missed = list(onsets), [], []
    for start, end in expect:
        fitting = [onset for onset in left if onset >= start - EARLY_S and (end is None or onset <= end)]
        if not fitting:
            missed.append((start, end))
            continue
        nearest = min(fitting, key=lambda onset: abs(onset - start))
        left.remove(nearest)
        errors.append(abs(nearest - start))
    return ZoneScore(zone, len(expect), tuple(errors), tuple(missed), tuple(left))


def score_clip(clip: dict[str, Any], folder: Path, detector: Detector, clock: Clock) -> ClipScore:
    camera = the_camera(clip, folder / clip["file"])
    before = cpu_seconds()
    found, looks, faults = patrolled(camera, detector, clock)
    spent = cpu_seconds() - before
    zones = [
        score_zone(
            zone["id"],
            [(start, end) for start, end in zone["expect"]],
            [one["onset_s"] for one in found if one["zone"] == zone["id"]],
        )
        for zone in clip["zones"]
    ]
    return ClipScore(clip["file"], tuple(zones), spent, looks, tuple(faults))


def the_camera(clip: dict[str, Any], source: Path) -> Camera:
    """The clip's zones as a plan says them, read by the product's own reader."""
    rows = ["[[camera]]", 'id = "c"', f"source = {json.dumps(str(source))}"]
    for zone in clip["zones"]:
        rows += ["[[camera.zone]]", f'id = "{zone["id"]}"', 'kind = "fire_lane"']
        rows += [f"polygon = {zone['polygon']}", f"allowed_s = {clip['allowed_s']}"]
    with tempfile.TemporaryDirectory() as folder:
        plan = Path(folder) / "plan.toml"
        plan.write_text("\n".join(rows) + "\n", "utf-8")
        return load_plan(plan).camera(None)


def patrolled(camera: Camera, detector: Detector, clock: Clock) -> tuple[list[dict[str, Any]], int, list[str]]:
    """The incidents of one clip, how many frames were looked at, and what broke on the way."""
    rate_hz, since = wanted_rate(camera), camera.captured_from
    source = open_source(camera.source, camera.id, rate_hz=rate_hz, clock=clock, captured_from=since)
    findings, post, faults = Findings(), Post(CameraPatrol(camera), source), []
    try:
        source.open()
        Runner([post], detector, findings, clock).run()
    except (BadSource, SourceBroke) as error:
        faults.append(str(error))
    finally:
        source.close()
    return findings.entries(), post.looked, faults


def cpu_seconds() -> float:
    spent = os.times()
    return spent.user + spent.system


def table(scores: Sequence[ClipScore]) -> str:
    head = ["clip | zones | expected | found | false | onset error s | looks | CPU s", "--- | --- |" + " ---: |" * 6]
    return "\n".join(f"| {row.rstrip(' |')} |" for row in [*head, *map(_row, scores)])


def _row(score: ClipScore) -> str:
    errors = [error for zone in score.zones for error in zone.errors_s]
    zones = ", ".join(zone.zone for zone in score.zones)
    found, false = len(errors), sum(len(zone.false_s) for zone in score.zones)
    expected = sum(zone.expected for zone in score.zones)
    worst = f"{max(errors):.1f}" if errors else "-"
    return f"{score.file} | {zones} | {expected} | {found} | {false} | {worst} | {score.looks} | {score.cpu_s:.1f}"


def summary(scores: Sequence[ClipScore]) -> str:
    zones = [zone for score in scores for zone in score.zones]
    errors = [error for zone in zones for error in zone.errors_s]
    false, missed = sum(len(zone.false_s) for zone in zones), sum(len(zone.missed) for zone in zones)
    precision, recall = _share(len(errors), false), _share(len(errors), missed)
    off = f"median {median(errors):.1f} s, worst {max(errors):.1f} s" if errors else "none to measure"
    counts = f"{len(errors)} found, {false} false, {missed} missed"
    return f"precision {precision:.2f}, recall {recall:.2f} ({counts}); onset error {off}"


def _share(good: int, bad: int) -> float:
    return good / (good + bad) if good + bad else 1.0


def failures(scores: Sequence[ClipScore]) -> list[str]:
    told = [(score.file, fault) for score in scores for zone in score.zones for fault in zone.faults()]
    return [f"- {file} {fault}" for file, fault in told] + [f"- {s.file}: {f}" for s in scores for f in s.faults]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--only", default="", help="score the clips whose name holds this")
    parser.add_argument("--model", default=None, metavar="NAME", help="a model of models/manifest.toml")
    arguments = parser.parse_args()
    detector, clock = a_detector(arguments.model), SystemClock()
    for folder in arguments.folders:
        clips = [c for c in json.loads((folder / "zones.json").read_text("utf-8")) if arguments.only in c["file"]]
        scores = [score_clip(clip, folder, detector, clock) for clip in clips]
        print(f"## {folder.name} ({detector.name})\n\n{table(scores)}\n\n{summary(scores)}\n")
        print("\n".join(failures(scores) or ["No failures."]) + "\n")


if __name__ == "__main__":
    main()
