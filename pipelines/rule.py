"""The seam of the street's rules: one zone of one camera is handed every look and says what it found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import numpy as np

from pipelines.blockage import Moment, Told, ZoneLife
from pipelines.market import Market
from pipelines.observation import Measure, Observation, ZoneReport, ZoneState
from pipelines.plan import Camera, Zone
from pipelines.street import Scene
from vision.geometry import area, area_inside
from vision.motion import View
from vision.stay import Stay

SHARE_IN_VIEW = 0.7
"""How much of a zone must be in the picture for its state to be known."""
RETELL_S = 30.0


@dataclass(frozen=True, slots=True, eq=False)
class ZoneView:
    """What a rule found in one look: the stays that it is about, the told change if any, and what it measured.

    notes: what a person should read beside the measures.
    """

    zone: Zone
    stays: tuple[Stay, ...]
    told: Told | None
    measures: Mapping[str, Measure] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class ZoneMemory:
    """What a rule must not forget when it is killed. market: of zones where selling is watched for."""

    life: ZoneLife = field(default_factory=ZoneLife)
    market: Market | None = None


class Rule(Protocol):
    """Holds one zone's life; give it every look that is not lost, in order."""

    @property
    def zone(self) -> Zone: ...

    def look(self, scene: Scene, moment: Moment) -> ZoneView: ...

    def report(self, at: datetime) -> ZoneReport: ...

    def memory(self) -> ZoneMemory: ...


def observation(view: ZoneView, camera: Camera, scene: Scene, moment: Moment, decided_by: str) -> Observation:
    """What the service is told of a view that has something to tell."""
    assert view.told is not None
    blockage = view.told.blockage
    return Observation(
        kind=view.zone.kind,
        source_id=camera.id,
        zone_id=view.zone.id,
        subject=blockage.subject,
        phase=view.told.phase,
        began_at=blockage.began_at,
        dwell_met_at=blockage.dwell_met_at,
        captured_at=scene.at,
        received_at=scene.ref.received_at,
        detected_at=blockage.noticed_at,
        decided_at=moment.now,
        time_source=scene.ref.time_source,
        seen_s=round(blockage.seen_s, 2),
        unseen_s=round(blockage.unseen_s, 2),
        confidence=round(blockage.confidence, 3),
        measures=view.measures,
        decided_by=decided_by,
        already_there=blockage.already_there,
    )


def is_in_view(zone: Zone, scene: Scene) -> bool:
    """Whether the picture still shows enough of it; a camera that pans may lose it without losing its way."""
    if scene.look.registration.view is View.STILL:
        return True
    height, width = scene.look.picture.shape
    polygon = scene.polygon_in_frame(zone.polygon * scene.view_wh) * scene.scale
    return area_inside(np.array([0, 0, width, height]), polygon) / area(polygon) >= SHARE_IN_VIEW


def report(zone: Zone, life: ZoneLife, at: datetime, *, in_view: bool) -> ZoneReport:
    return ZoneReport(zone.id, zone.kind, life.state if in_view else ZoneState.UNKNOWN, life.since or at, at)
