"""What a look costs a camera that watches for both kinds, and what each rule adds: `python -m benchmarks.rule_cost`.

The vending sample, its truth as the detector, and beside its vending zone a fire lane over the same ground. CPU time.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from statistics import mean

from benchmarks.truth_detector import Noise, TruthDetector
from benchmarks.vending import SAMPLES, ZERO, clips
from clock import SystemClock
from pipelines.blockage import Moment
from pipelines.camera_patrol import RULES
from pipelines.footage import SourceEnded
from pipelines.observation import Kind
from pipelines.plan import Camera
from pipelines.rule import Rule, ZoneMemory
from pipelines.sources import open_source
from pipelines.street import Scene, StreetView
from samples.render.truth import read_truth
from vision.stay import Tuning
from vision.types import Frame


@dataclass(slots=True)
class Cost:
    """Milliseconds of each look."""

    view: list[float] = field(default_factory=list)
    rules: dict[Kind, list[float]] = field(default_factory=dict)


def with_lane(camera: Camera) -> Camera:
    (kerb,) = camera.zones
    return replace(camera, zones=(kerb, replace(kerb, id="lane", kind=Kind.FIRE_LANE)))


def frames(camera: Camera, clock: SystemClock) -> Iterator[Frame]:
    source = open_source(camera.source, camera.id, rate_hz=1.0, clock=clock, captured_from=ZERO)
    source.open()
    try:
        while True:
            frame = source.look(1.0)
            if frame is not None:
                yield frame
    except SourceEnded:
        source.close()


def measured(camera: Camera, detector: TruthDetector) -> Cost:
    """One detection per frame, whatever the number of zones."""
    cost, tuning = Cost(), Tuning()
    view = StreetView(tuning, [zone.polygon for zone in camera.zones])
    rules = [RULES[zone.kind](zone, tuning, ZoneMemory()) for zone in camera.zones]
    for frame in frames(camera, SystemClock()):
        (seen,) = detector.detect([frame])
        began = time.process_time()
        scene = view.see(frame, seen)
        cost.view.append((time.process_time() - began) * 1000)
        for rule in rules:
            cost.rules.setdefault(rule.zone.kind, []).append(_spent_ms(rule, scene))
    return cost


def _spent_ms(rule: Rule, scene: Scene) -> float:
    began = time.process_time()
    rule.look(scene, Moment(scene.at, scene.at))
    return (time.process_time() - began) * 1000


def main() -> None:
    sample, camera = next(clips(SAMPLES))
    cost = measured(with_lane(camera), TruthDetector(read_truth(SAMPLES, sample["name"]), ZERO, Noise(), seed=0))
    print(f"{len(cost.view)} looks of {sample['name']}: mean / worst ms of CPU per look\n")
    print("| part | mean | worst |\n| --- | ---: | ---: |")
    for name, spent in [("view: registration, dwell, nameless things", cost.view), *cost.rules.items()]:
        print(f"| {name} | {mean(spent):.2f} | {max(spent):.2f} |")


if __name__ == "__main__":
    main()
