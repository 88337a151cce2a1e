"""One camera's patrol: looks go in, facts about its zones come out. No I/O."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pipelines.blockage import Moment
from pipelines.fire_lane import FireLane
from pipelines.memory import CameraMemory
from pipelines.observation import Kind, Observation, ZoneReport, ZoneState
from pipelines.plan import Camera, Zone
from pipelines.rule import Rule, ZoneMemory, ZoneView, observation
from pipelines.street import Scene, StreetView
from pipelines.street_vending import StreetVending
from vision.stay import Tuning
from vision.types import Detections, Frame

LOOKS_PER_ALLOWANCE = 10
MOST_HZ = 4.0
LEAST_HZ = 1.0
CANDIDATE_SCORE = 0.2
"""Below a model's operating point: a place is judged over many looks, so weak sightings may count."""

RULES: Mapping[Kind, Callable[[Zone, Tuning, ZoneMemory], Rule]] = {
    Kind.FIRE_LANE: FireLane,
    Kind.STREET_VENDING: StreetVending,
}
"""What a street camera watches for. All its zones share one look at each frame."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """One look's outcome: the scene, every zone's view, and what the service is to be told."""

    scene: Scene
    views: tuple[ZoneView, ...]
    observations: tuple[Observation, ...]


def wanted_rate(camera: Camera) -> float:
    """Looks per second: the plan's, else ten in the shortest allowance, within 1..4."""
    if camera.rate_hz:
        return camera.rate_hz
    shortest = min((zone.allowed_s for zone in watched(camera)), default=60.0)
    return min(MOST_HZ, max(LEAST_HZ, LOOKS_PER_ALLOWANCE / shortest))


def watched(camera: Camera) -> tuple[Zone, ...]:
    """The zones that a rule exists for."""
    return tuple(zone for zone in camera.zones if zone.kind in RULES)


class CameraPatrol:
    """Frames must come in order of capture; `memory` continues where an earlier patrol was cut off."""

    def __init__(self, camera: Camera, *, memory: CameraMemory | None = None) -> None:
        rate = wanted_rate(camera)
        tuning = Tuning(blind_after_s=max(5.0, 3 / rate), patience_s=max(6.0, 4 / rate))
        memory = memory or CameraMemory()
        self.camera = camera
        self._view = StreetView(tuning, [zone.polygon for zone in watched(camera)], memory.places)
        self._rules = tuple(RULES[z.kind](z, tuning, memory.of(z.id)) for z in watched(camera))
        self._last: Scene | None = None

    def knows(self, frame: Frame) -> bool:
        """A frame from before the last look: footage that is read again after a restart."""
        looked_at = self._view.places.looked_at
        return looked_at is not None and frame.ref.captured_at <= looked_at

    def may_sleep(self, frame: Frame) -> bool:
        return self._view.may_sleep(frame)

    def look(self, frame: Frame, detections: Detections | None, *, now: datetime, model: str) -> Seen:
        scene = self._view.see(
            frame, None if detections is None else detections.only(detections.scores >= CANDIDATE_SCORE)
        )
        self._last = scene
        if scene.lost:
            return Seen(scene, (), ())
        moment = Moment(scene.at, now)
        views = tuple(rule.look(scene, moment) for rule in self._rules)
        told = tuple(observation(v, self.camera, scene, moment, model) for v in views if v.told is not None)
        return Seen(scene, views, told)

    def zones(self, now: datetime, *, can_see: bool) -> tuple[ZoneReport, ...]:
        """How every zone looked in the last look; UNKNOWN throughout, as of `now`, when the camera can't see."""
        lost = self._last is None or self._last.lost or not can_see
        at = now if self._last is None else self._last.at
        reports = tuple(rule.report(at) for rule in self._rules)
        return tuple(_unknown(report) for report in reports) if lost else reports

    def memory(self) -> CameraMemory:
        return CameraMemory(self._view.places, {rule.zone.id: rule.memory() for rule in self._rules})


def _unknown(report: ZoneReport) -> ZoneReport:
    return ZoneReport(report.zone_id, report.kind, ZoneState.UNKNOWN, report.since, report.captured_at)
