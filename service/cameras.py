"""What a camera last said of itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipelines.observation import CameraReport, CameraState


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """`since` and `reported_at` are the node's words, `heard_at` is our clock when they came.

    A camera that is no longer heard of says nothing at all: neither that it is well nor that its lanes are clear.
    """

    id: str
    state: CameraState
    since: datetime
    reported_at: datetime
    heard_at: datetime
    why: str
    asked_hz: float
    delivered_hz: float
    sampled: int
    dropped: int
    zones: Sequence[dict[str, Any]]


def camera_from(report: CameraReport, *, heard_at: datetime) -> Camera:
    return Camera(
        id=report.source_id,
        state=report.state,
        since=report.since,
        reported_at=report.reported_at,
        heard_at=heard_at,
        why=report.why,
        asked_hz=report.asked_hz,
        delivered_hz=report.delivered_hz,
        sampled=report.sampled,
        dropped=report.dropped,
        zones=[
            {
                "zone_id": zone.zone_id,
                "kind": zone.kind.value,
                "state": zone.state.value,
                "since": zone.since.isoformat(),
                "captured_at": zone.captured_at.isoformat(),
            }
            for zone in report.zones
        ],
    )
