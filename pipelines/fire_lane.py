"""Blocked fire lane: something stands still in the lane for longer than allowed, and how much width it leaves.

GB 50016 asks for 4.0 m clear width. People don't block a lane; fire engines and the plan's exempt classes may stand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from pipelines.blockage import Moment, Standing, Told, ZoneLife, step
from pipelines.observation import Kind, Measure, Observation, ZoneReport, ZoneState
from pipelines.plan import Camera, Zone
from pipelines.street import OBSTACLE, PERSON, Scene
from vision.footprint import footprint
from vision.geometry import Points, area, area_inside, clear_width, lane_width, long_axis, share_inside
from vision.stay import Stay, Tuning
from vision.types import Boxes

SHARE_IN_LANE = 0.4
"""How much of a thing's footprint (the lower half of its box) must lie in the lane for it to stand there …"""
SHARE_OF_LANE = 0.35
"""… or how much of the lane it must take: a lorry may be larger than the lane it stops in."""
SHARE_IN_VIEW = 0.7
"""How much of the lane must be in the picture for its state to be known."""
RETELL_S = 30.0
NAMELESS_S = 10.0
NAMELESS_HITS = 0.6
"""What the detector has no name for must stand this long at least, and be found in this share of the looks: shadows
of trees on a bare car park held for 5 s."""
_NEVER_BLOCKS = frozenset({PERSON})


@dataclass(frozen=True, slots=True, eq=False)
class LaneView:
    """What the rule found in one look: the stays that stand in the zone, and the told change if any."""

    zone: Zone
    stays: tuple[Stay, ...]
    told: Told | None
    measures: dict[str, Measure]


class FireLane:
    """One zone of one camera. Holds the zone's life; give it every look that is not lost, in order."""

    def __init__(self, camera: Camera, zone: Zone, tuning: Tuning, life: ZoneLife | None = None) -> None:
        self.zone = zone
        self.life = life or ZoneLife()
        self._camera = camera
        self._tuning = tuning
        self._while_legal: dict[tuple[float, ...], Stay] = {}
        self._in_view = True

    def look(self, scene: Scene, moment: Moment) -> LaneView:
        self._in_view = _share_in_view(self.zone, scene) >= SHARE_IN_VIEW
        if not self._in_view:
            return LaneView(self.zone, (), None, {})
        stays = tuple(stay for stay in scene.stays if self._blocks(stay, scene))
        legal = self.zone.legal.legal_at(scene.at)
        if legal:
            self._while_legal = {_spot(stay): stay for stay in stays}
        standing = [] if legal else [self._standing(stay) for stay in stays]
        self.life, told = step(self.life, standing, moment, retell_s=RETELL_S)
        return LaneView(self.zone, stays, told, self._measures(stays, scene) if told else {})

    def report(self, at: datetime) -> ZoneReport:
        state = self.life.state if self._in_view else ZoneState.UNKNOWN
        return ZoneReport(self.zone.id, Kind.FIRE_LANE, state, self.life.since or at, at)

    def _blocks(self, stay: Stay, scene: Scene) -> bool:
        if stay.label in _NEVER_BLOCKS or stay.label in self.zone.exempt or not stay.is_real(self._tuning):
            return False
        if stay.seen < self._tuning.established:
            return False
        if stay.label == OBSTACLE and stay.hits < NAMELESS_HITS * stay.awake:
            return False
        return stands_in(stay.box, self.zone.polygon * scene.view_wh)

    def _standing(self, stay: Stay) -> Standing:
        since = max(stay.began_at, self.zone.legal.last_end(stay.seen_at) or stay.began_at)
        stayed_s = (stay.seen_at - since).total_seconds()
        blind_s, seen_s = self._since_legal(stay)
        dwell_s, seen_s = stayed_s - blind_s, min(seen_s, stayed_s)
        return Standing(
            label=stay.label,
            since=since,
            seen_at=stay.seen_at,
            dwell_s=dwell_s,
            seen_s=seen_s,
            unseen_s=stayed_s - seen_s,
            confidence=confidence(stay),
            already_there=stay.already_there,
            met=dwell_s >= self._allowed_s(stay) and stay.absent_since is None,
        )

    def _since_legal(self, stay: Stay) -> tuple[float, float]:
        """Blind and seen seconds of the stay, without those of the legal hours before."""
        before = self._while_legal.get(_spot(stay))
        if before is None:
            return stay.blind_s, stay.seen_s
        return stay.blind_s - before.blind_s, stay.seen_s - before.seen_s

    def _allowed_s(self, stay: Stay) -> float:
        return max(self.zone.allowed_s, NAMELESS_S) if stay.label == OBSTACLE else self.zone.allowed_s

    def _measures(self, stays: Sequence[Stay], scene: Scene) -> dict[str, Measure]:
        found = {"things": Measure(float(len(stays)), "1")}
        if self.zone.calibration is not None:
            ground = self.zone.calibration.ground(scene.view_wh)
            lane = ground.metres(self.zone.polygon * scene.view_wh)
            axis = long_axis(lane)
            feet = [footprint(stay.box, stay.label, ground, axis) for stay in stays]
            found["lane_width"] = Measure(round(lane_width(lane), 2), "m")
            found["clear_width"] = Measure(round(clear_width(lane, feet), 2), "m")
            found["required_width"] = Measure(self.zone.clear_width_m, "m")
        return found


def observation(view: LaneView, camera: Camera, scene: Scene, moment: Moment, decided_by: str) -> Observation:
    """What the service is told of a view that has something to tell."""
    assert view.told is not None
    blockage = view.told.blockage
    return Observation(
        kind=Kind.FIRE_LANE,
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


def _share_in_view(zone: Zone, scene: Scene) -> float:
    """How much of the lane the picture still shows; a camera that pans may lose it without losing its way."""
    height, width = scene.look.picture.shape
    polygon = scene.polygon_in_frame(zone.polygon * scene.view_wh) * scene.scale
    return area_inside(np.array([0, 0, width, height]), polygon) / area(polygon)


def _spot(stay: Stay) -> tuple[float, ...]:
    """What never changes in a stay, and tells it from others."""
    return (stay.began_at.timestamp(), *map(float, stay.box))


def stands_in(box: Boxes, polygon: Points) -> bool:
    """Whether a thing with this box stands in the polygon; both in the same pixels."""
    x1, y1, x2, y2 = (float(v) for v in box)
    foot = np.array([x1, (y1 + y2) / 2, x2, y2])
    inside = share_inside(foot, polygon)
    if inside >= SHARE_IN_LANE:
        return True
    low, high = polygon.min(axis=0), polygon.max(axis=0)
    taken = inside * (x2 - x1) * (y2 - y1) / 2 / max(float(np.prod(high - low)), 1e-9)
    return inside > 0 and taken >= SHARE_OF_LANE


def confidence(stay: Stay) -> float:
    """0..1: the detector's mean score, raised by how steadily it saw the thing."""
    steady = stay.hits / max(stay.awake, 1)
    return float(1 - (1 - stay.score) * (1 - 0.5 * min(steady, 1.0)))
