"""What the service is told of a dam flight: one observation per raised finding, with its place and its pictures."""

import hashlib
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from pipelines.dam import Dam
from pipelines.evidence_files import evidence_name
from pipelines.face_watch import FaceWatch
from pipelines.finding_entry import seen_between
from pipelines.observation import Evidence, EvidenceRole, Kind, Measure, Observation, Phase, Where
from pipelines.seepage import Finding
from vision.pin import Pin

_ROLES = {"now": EvidenceRole.LATEST, "face": EvidenceRole.DWELL}
_SERVICES_SHARE = 0.95


class ClockUnknown(Exception):
    """Nobody knows when it was flown, and the service measures time. Name the zone of the drone's clock."""

    again = False


def observation_of(
    finding: Finding, watch: FaceWatch, dam: Dam, evidence: Sequence[Evidence], *, now: datetime, decided_by: str
) -> Observation:
    """Its place in the service is the dam and the finding's id, which the next flight keeps. Raises ClockUnknown."""
    first, last = seen_between(watch, finding.found)
    if first is None or last is None:
        raise ClockUnknown(f"{finding.id} of {dam.id}: say --zone, the zone of the drone's clock")
    return Observation(
        kind=Kind.DAM_SEEPAGE,
        source_id=dam.id,
        zone_id=finding.id,
        subject="+".join(sorted(cue.value for cue in finding.found.cues)),
        phase=Phase.CONTINUES if finding.found.was_there else Phase.BEGAN,
        began_at=first,
        dwell_met_at=first,
        captured_at=last,
        received_at=now,
        detected_at=now,
        decided_at=now,
        time_source="camera",
        seen_s=(last - first).total_seconds(),
        unseen_s=0.0,
        confidence=round(min(1.0, 0.5 * len(finding.found.cues)), 3),
        measures=_measures(finding),
        evidence=evidence,
        decided_by=decided_by,
        already_there=True,
        where=None if finding.pin is None else _where(finding.pin),
    )


def _measures(finding: Finding) -> dict[str, Measure]:
    found = finding.found
    measures = {
        "grade": Measure(float(finding.verdict.level), "1"),
        "area": Measure(round(found.patch.area_m2, 2), "m2"),
    }
    if found.contrast_k is not None:
        measures["contrast"] = Measure(round(found.contrast_k, 2), "K")
    if found.earlier is not None and found.was_there:
        measures["area_before"] = Measure(round(found.earlier.area_m2, 2), "m2")
    return measures


def _where(pin: Pin) -> Where:
    return Where(pin.lat_deg, pin.lon_deg, round(pin.spread.ellipse(_SERVICES_SHARE).long_m, 2))


def kept_evidence(names: Sequence[str], out: Path, root: Path, dam: Dam, at: datetime) -> tuple[Evidence, ...]:
    """Copies a finding's pictures into the evidence folder that the service reads. `at`: aware UTC of the look."""
    kept = []
    for name in names:
        stem = Path(name).stem
        place = evidence_name(dam.id, at, stem, ".jpg", UTC)
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(out / name, root / place)
        digest = hashlib.sha256((root / place).read_bytes()).hexdigest()
        kept.append(Evidence(_ROLES[stem.rsplit("_", 1)[1]], place, digest, "image/jpeg", at))
    return tuple(kept)
