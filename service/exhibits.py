"""An exhibit: one file that belongs to an incident and proves something, with its SHA-256."""

from dataclasses import dataclass
from datetime import datetime

from pipelines.observation import Evidence

AFTER = "after"  # the department's photo, taken when it was done
VERIFY = "verify"  # what the camera saw when it checked


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """`role` is an EvidenceRole, AFTER or VERIFY."""

    incident_id: str
    role: str
    name: str
    sha256: str
    media_type: str
    captured_at: datetime
    added_at: datetime
    by: str
    original: str | None = None
    original_sha256: str | None = None
    dispatch_id: str | None = None
    id: int = 0


def exhibit(
    evidence: Evidence,
    incident_id: str,
    *,
    added_at: datetime,
    by: str,
    role: str | None = None,
    dispatch_id: str | None = None,
) -> Exhibit:
    return Exhibit(
        incident_id=incident_id,
        role=role or evidence.role,
        name=evidence.name,
        sha256=evidence.sha256,
        media_type=evidence.media_type,
        captured_at=evidence.captured_at,
        added_at=added_at,
        by=by,
        original=evidence.original,
        original_sha256=evidence.original_sha256,
        dispatch_id=dispatch_id,
    )
