"""Builders for tests of the patrol: times, frames, detections, looks, zones, cameras, and fakes at the seams."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from pipelines.camera_patrol import CameraPatrol, Seen
from pipelines.observation import Kind, Observation, Phase
from pipelines.plan import Calibration, Camera, Selling, Zone
from pipelines.street import Scene
from pipelines.timetable import Timetable, window
from tests.painted import HEIGHT, WIDTH, Box, Painting, Scenery, Thing, painted, plain
from vision.appearance import SIDE
from vision.geometry import points
from vision.motion import Registration, View, grey, identity
from vision.stay import Look, Stay
from vision.types import Detections, Frame, FrameRef, TimeSource

MORNING = datetime(2026, 5, 1, 0, 0, tzinfo=UTC)
"""Eight o'clock in Shanghai, a Friday."""
SHANGHAI = ZoneInfo("Asia/Shanghai")
LANE: Box = (200.0, 150.0, 440.0, 330.0)
"""A rectangular lane round the middle of a painted picture, in its pixels."""
MODEL = "painted@00000000"


def at(seconds: float) -> datetime:
    return MORNING + timedelta(seconds=seconds)


def seconds(moment: datetime) -> float:
    return (moment - MORNING).total_seconds()


def a_frame(painting: Painting, when: float, source_id: str = "north-gate") -> Frame:
    ref = FrameRef(source_id, round(when * 1000), at(when), at(when), TimeSource.CONTAINER)
    return Frame(ref, painting.image)


def detections_in(painting: Painting, ref: FrameRef) -> Detections:
    named = [thing for thing in painting.things if thing.named]
    boxes = np.array([thing.box for thing in named], np.float32).reshape(-1, 4)
    scores = np.array([thing.score for thing in named], np.float32)
    return Detections(ref, boxes, scores, tuple(thing.label for thing in named), MODEL)


@dataclass(frozen=True, eq=False)
class Shot:
    """A painting and the second at which the camera took it."""

    when: float
    painting: Painting

    def frame(self, source_id: str = "north-gate") -> Frame:
        return a_frame(self.painting, self.when, source_id)

    def detections(self) -> Detections:
        return detections_in(self.painting, self.frame().ref)


def shot(when: float, *things: Thing, scenery: Scenery | None = None) -> Shot:
    base = scenery or Scenery()
    grained = Scenery(base.ground, base.pose, base.light, base.grain, round(when * 1000))
    return Shot(when, painted(things, grained))


def shots(times: Iterable[float], *things: Thing, scenery: Scenery | None = None) -> list[Shot]:
    """The same things at every time, each with its own noise."""
    return [shot(when, *things, scenery=scenery) for when in times]


def a_look(taken: Shot, *, asleep: bool = False, registration: Registration | None = None) -> Look:
    """The shot as the dwell sees it, by default from a camera that keeps still."""
    detections = taken.detections()
    return Look(
        at=at(taken.when),
        picture=grey(taken.painting.image),
        registration=registration or Registration(View.STILL, identity()),
        boxes=None if asleep else detections.boxes,
        scores=detections.scores,
        labels=() if asleep else detections.labels,
    )


def a_stay(
    box: Box,
    until: float,
    *,
    since: float = 0.0,
    label: str = "car",
    score: float = 0.8,
    hits: int = 10,
    awake: int = 10,
    seen: int = 10,
    hidden_s: float = 0.0,
    blind_s: float = 0.0,
    absent_since: float | None = None,
    votes: Mapping[str, float] | None = None,
) -> Stay:
    """Something that stood at `box` from `since` and was last seen at `until`; hidden since then, or before.

    `votes`: what it was called, if more than one label.
    """
    hidden_before_s = hidden_s if absent_since is None else 0.0
    return Stay(
        box=np.array(box, np.float32),
        patch=np.zeros((SIDE, SIDE), np.float32),
        began_at=at(since),
        seen_at=at(until),
        votes=votes or {label: score * hits},
        score=score,
        hits=hits,
        awake=awake,
        seen=seen,
        seen_s=until - since - hidden_before_s - blind_s,
        hidden_s=hidden_s,
        blind_s=blind_s,
        absent_since=None if absent_since is None else at(absent_since),
    )


def a_scene(when: float, *stays: Stay, things: Sequence[Thing] = (), asleep: bool = False) -> Scene:
    """One look of a camera that keeps still, in which those stays are known and the detector sees those things."""
    taken = Shot(when, Painting(plain(120).image, tuple(things)))
    return Scene(taken.frame().ref, a_look(taken, asleep=asleep), stays, scale=1.0, lost=False)


def a_timetable(*texts: str) -> Timetable:
    return Timetable(tuple(window(text) for text in texts), SHANGHAI)


def a_zone(
    zone_id: str = "lane-1",
    box: Box = LANE,
    *,
    allowed_s: float = 10.0,
    exempt: Sequence[str] = (),
    legal: Sequence[str] = (),
    calibration: Calibration | None = None,
    kind: Kind = Kind.FIRE_LANE,
    selling: Selling | None = None,
) -> Zone:
    x1, y1, x2, y2 = box
    polygon = points([(x1, y1), (x2, y1), (x2, y2), (x1, y2)]) / (WIDTH, HEIGHT)
    return Zone(
        id=zone_id,
        kind=kind,
        polygon=polygon,
        allowed_s=allowed_s,
        name=zone_id,
        exempt=frozenset(exempt),
        legal=a_timetable(*legal),
        calibration=calibration,
        selling=selling or Selling(),
    )


def a_camera(*zones: Zone, camera_id: str = "north-gate", rate_hz: float = 1.0) -> Camera:
    return Camera(camera_id, "clip.mp4", camera_id, zones or (a_zone(),), None, rate_hz, SHANGHAI)


def a_patrol(*zones: Zone, rate_hz: float = 1.0) -> CameraPatrol:
    return CameraPatrol(a_camera(*zones, rate_hz=rate_hz))


def walk(patrol: CameraPatrol, taken: Iterable[Shot]) -> list[Seen]:
    """Every shot looked at by the patrol, with what was painted as what was detected."""
    return [patrol.look(s.frame(), s.detections(), now=at(s.when), model=MODEL) for s in taken]


def told(seen: Iterable[Seen]) -> list[Observation]:
    return [observation for one in seen for observation in one.observations]


def phases(seen: Iterable[Seen]) -> list[Phase]:
    """What was told, without the retellings."""
    return [o.phase for o in told(seen) if o.phase is not Phase.CONTINUES]
