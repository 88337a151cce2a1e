"""Blocked fire lane: something stands still in the lane for longer than allowed, and how much width it leaves.

GB 50016 asks for 4.0 m clear width. People don't block a lane; fire engines and the plan's exempt classes may stand.
"""

from collections.abc import Sequence
from datetime import datetime

from pipelines.blockage import Moment, ZoneLife, step
from pipelines.observation import Measure, ZoneReport
from pipelines.plan import Zone
from pipelines.rule import RETELL_S, ZoneMemory, ZoneView, is_in_view, report
from pipelines.standing import LegalHours, stands_in
from pipelines.street import OBSTACLE, PERSON, Scene
from vision.footprint import footprint
from vision.geometry import clear_width, lane_width, long_axis
from vision.stay import Stay, Tuning

NAMELESS_S = 10.0
NAMELESS_HITS = 0.6
"""What the detector has no name for must stand this long at least, and be found in this share of the looks: shadows
of trees on a bare car park held for 5 s."""
_NEVER_BLOCKS = frozenset({PERSON})


class FireLane:
    """One zone of one camera. Holds the zone's life; give it every look that is not lost, in order."""

    def __init__(self, zone: Zone, tuning: Tuning, memory: ZoneMemory | None = None) -> None:
        self.zone = zone
        self.life: ZoneLife = (memory or ZoneMemory()).life
        self._tuning = tuning
        self._hours = LegalHours(zone)
        self._in_view = True

    def look(self, scene: Scene, moment: Moment) -> ZoneView:
        self._in_view = is_in_view(self.zone, scene)
        if not self._in_view:
            return ZoneView(self.zone, (), None)
        stays = tuple(stay for stay in scene.stays if self._blocks(stay, scene))
        legal = self.zone.legal.legal_at(scene.at)
        if legal:
            self._hours.saw(stays)
        standing = [] if legal else [self._hours.standing(stay, allowed_s=self._allowed_s(stay)) for stay in stays]
        self.life, told = step(self.life, standing, moment, retell_s=RETELL_S)
        return ZoneView(self.zone, stays, told, self._measures(stays, scene) if told else {})

    def report(self, at: datetime) -> ZoneReport:
        return report(self.zone, self.life, at, in_view=self._in_view)

    def memory(self) -> ZoneMemory:
        return ZoneMemory(self.life)

    def _blocks(self, stay: Stay, scene: Scene) -> bool:
        if stay.label in _NEVER_BLOCKS or stay.label in self.zone.exempt or not stay.is_real(self._tuning):
            return False
        if stay.seen < self._tuning.established:
            return False
        if stay.label == OBSTACLE and stay.hits < NAMELESS_HITS * stay.awake:
            return False
        return stands_in(stay.box, self.zone.polygon * scene.view_wh)

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
