"""The samples as the manifest lists them, and whether what was raised is what each of them shows."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines.camera_patrol import watched
from pipelines.plan import Plan
from pipelines.plan_file import load_plan

WITHIN_S = 2.0
"""How far a reported onset may lie from the true one."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Something that a sample shows: from when on, in seconds since its first frame, and in which zone."""

    kind: str
    zone: str
    from_s: float


@dataclass(frozen=True, slots=True)
class Sample:
    """One clip of one camera. `shows` leaves out what has no rule yet; `missed` says why it is known to be missed."""

    name: str
    title: str
    plan: Plan
    shows: tuple[Shown, ...]
    missed: str = ""

    @property
    def camera_id(self) -> str:
        return self.plan.cameras[0].id


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a sample shows beside what was raised of its camera. An onset is None where there is none."""

    sample: Sample
    kind: str
    zone: str
    true_s: float | None
    raised_s: float | None

    @property
    def is_known_miss(self) -> bool:
        return bool(self.sample.missed) and self.true_s is not None and self.raised_s is None

    @property
    def holds(self) -> bool:
        if self.is_known_miss:
            return True
        if self.true_s is None or self.raised_s is None:
            return self.true_s is self.raised_s
        return abs(self.raised_s - self.true_s) <= WITHIN_S


def samples(manifest: Path) -> tuple[Sample, ...]:
    """Without those that are known to be missed. Raises BadPlan when a sample's plan can't be used."""
    listed = tomllib.loads(manifest.read_text(encoding="utf-8"))["sample"]
    return tuple(_sample(entry, manifest.parent) for entry in listed)


def _sample(entry: Mapping[str, Any], folder: Path) -> Sample:
    plan = load_plan(folder / entry["plan"])
    ruled = {zone.id for camera in plan.cameras for zone in watched(camera)}
    shows = tuple(Shown(e["kind"], e["zone"], float(e["from_s"])) for e in entry["expected"] if e["zone"] in ruled)
    return Sample(entry["name"], entry["title"], plan, shows, entry.get("missed", ""))


def verdicts(
    samples: Sequence[Sample], incidents: Sequence[Mapping[str, Any]], started: Mapping[str, datetime]
) -> list[Verdict]:
    """`started`: when each camera took its first frame. One verdict for every thing shown and every other incident."""
    return [verdict for sample in samples for verdict in _verdicts(sample, _raised(sample, incidents, started))]


def _raised(sample: Sample, incidents: Sequence[Mapping[str, Any]], started: Mapping[str, datetime]) -> list[Shown]:
    return [
        Shown(
            i["kind"], i["zone_id"], (datetime.fromisoformat(i["began_at"]) - started[sample.camera_id]).total_seconds()
        )
        for i in incidents
        if i["camera_id"] == sample.camera_id
    ]


def _verdicts(sample: Sample, raised: list[Shown]) -> list[Verdict]:
    found = []
    for one in sample.shows:
        match = next((r for r in raised if (r.kind, r.zone) == (one.kind, one.zone)), None)
        if match is not None:
            raised.remove(match)
        found.append(Verdict(sample, one.kind, one.zone, one.from_s, None if match is None else match.from_s))
    more = [Verdict(sample, r.kind, r.zone, None, r.from_s) for r in raised]
    return [*found, *more] or [Verdict(sample, "", "", None, None)]
