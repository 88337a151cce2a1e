"""One recording to its end, without a server: what was found, as `incidents.json`."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines.blockage import Blockage
from pipelines.camera_patrol import Seen
from pipelines.observation import Evidence, Observation, Phase
from pipelines.runner import Post
from vision.types import Detections, Frame


@dataclass(slots=True, eq=False)
class Finding:
    """One incident of a recording: the first and the latest that was told of it, and the latest while it lasted."""

    began: Observation
    latest: Observation
    lasting: Observation
    evidence: dict[str, Evidence] = field(default_factory=dict)

    def go_on(self, blockage: Blockage) -> None:
        self.latest = replace(self.latest, seen_s=round(blockage.seen_s, 2), unseen_s=round(blockage.unseen_s, 2))

    def entry(self, zero: datetime) -> dict[str, Any]:
        """Times in seconds of media time since `zero`, the first frame."""
        began, latest = self.began, self.latest
        onset = _seconds(began.began_at, zero)
        ended = onset + latest.seen_s + latest.unseen_s if latest.phase is Phase.ENDED else None
        return {
            "kind": began.kind,
            "camera": began.source_id,
            "zone": began.zone_id,
            "subject": latest.subject,
            "onset_s": round(onset, 3),
            "raised_s": round(_seconds(began.captured_at, zero), 3),
            "ended_s": None if ended is None else round(ended, 3),
            "seen_s": latest.seen_s,
            "unseen_s": latest.unseen_s,
            "already_there": began.already_there,
            "confidence": latest.confidence,
            "measures": {name: {"value": m.value, "unit": m.unit} for name, m in self.lasting.measures.items()},
            "evidence": [_evidence(e, zero) for e in self.evidence.values()],
            "decided_by": began.decided_by,
        }


class Findings:
    """Collects what a patrol tells, per uninterrupted blockage.

    An ended blockage measures an empty lane; what counts is what was measured while it stood.
    """

    def __init__(self) -> None:
        self.zero: datetime | None = None
        self._found: dict[tuple[str, str, datetime], Finding] = {}

    def seen(self, post: Post, frame: Frame, detections: Detections | None, seen: Seen) -> None:
        self.zero = self.zero or frame.ref.captured_at
        for observation in seen.observations:
            self.add(observation)
        self._look_on(post)

    def add(self, observation: Observation) -> None:
        """Whatever is told after the end, a clip that took its time, adds evidence only."""
        key = observation.source_id, observation.zone_id, observation.began_at
        finding = self._found.setdefault(key, Finding(observation, observation, observation))
        if finding.latest.phase is not Phase.ENDED:
            finding.latest = observation
            finding.lasting = finding.lasting if observation.phase is Phase.ENDED else observation
        finding.evidence.update({f"{e.role}": e for e in observation.evidence})

    def _look_on(self, post: Post) -> None:
        """What goes on standing is retold now and then only, and the recording may end in between."""
        lives, here = post.patrol.memory().lives, post.patrol.camera.id
        for (camera_id, zone_id, began_at), finding in self._found.items():
            blockage = lives[zone_id].blockage if camera_id == here else None
            if blockage is not None and blockage.began_at == began_at:
                finding.go_on(blockage)

    def entries(self) -> list[dict[str, Any]]:
        zero = self.zero
        return [] if zero is None else [finding.entry(zero) for finding in self._found.values()]


def write_entries(entries: Sequence[dict[str, Any]], folder: Path) -> Path:
    """Replaces DIR/incidents.json in one step, so that a reader never sees half of it."""
    folder.mkdir(parents=True, exist_ok=True)
    path, draft = folder / "incidents.json", folder / "incidents.json.part"
    draft.write_text(json.dumps(entries, ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(draft, path)
    return path


def _evidence(evidence: Evidence, zero: datetime) -> dict[str, Any]:
    return {
        "role": evidence.role,
        "file": evidence.name,
        "sha256": evidence.sha256,
        "at_s": round(_seconds(evidence.captured_at, zero), 3),
    }


def _seconds(moment: datetime, zero: datetime) -> float:
    return (moment - zero).total_seconds()
