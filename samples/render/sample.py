"""A sample: a scene, the zones that its camera watches, and what must therefore be observed."""

import math
from dataclasses import dataclass

import numpy as np

from samples.render.description import Actor, Scene, Vec2
from samples.render.kinds import KINDS
from samples.render.pinhole import fractions, project
from samples.render.timetable import Interval, pose, standing

Rectangle = tuple[float, float, float, float]
_INSIDE = 0.02
"""Zones stop this far from the picture's edge, as a share of it."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A rectangle of ground (x0, y0, x1, y1), metres, that has a rule."""

    id: str
    kind: str
    name: str
    ground: Rectangle
    allowed_s: float = 10.0

    def holds(self, x: float, y: float) -> bool:
        x0, y0, x1, y1 = self.ground
        return x0 <= x <= x1 and y0 <= y <= y1


@dataclass(frozen=True, slots=True)
class Sample:
    """clip_limit: bytes that its film may have; its quality gives way.

    missed: why the product does not yet observe what it shows. Such a sample is not played in the demo.
    """

    scene: Scene
    camera_id: str
    title: str
    zones: tuple[Zone, ...]
    captured_from: str = "2026-05-01T10:00:00+08:00"
    clip_limit: int = 3_900_000
    missed: str = ""

    @property
    def name(self) -> str:
        return self.scene.name


@dataclass(frozen=True, slots=True)
class Expected:
    """to_s is None when it lasts to the end. subject: the actors' ids."""

    kind: str
    zone: str
    from_s: float
    to_s: float | None
    subject: tuple[str, ...]


def offends(zone: Zone, actor: Actor) -> bool:
    kind = KINDS[actor.kind]
    if zone.kind == "street_vending":
        return kind.stall
    return actor.kind != "person" and not kind.legal


def stays_in(sample: Sample, zone: Zone) -> list[tuple[Interval, str]]:
    """Every offending actor's standing times inside the zone."""
    scene = sample.scene
    found = []
    for actor in (a for a in scene.actors if offends(zone, a)):
        for since, until in standing(scene, actor):
            where = pose(scene, actor, (since + until) / 2)
            if where is not None and zone.holds(where.x, where.y):
                found.append(((since, until), actor.id))
    return sorted(found)


def expected(sample: Sample) -> list[Expected]:
    """One per uninterrupted blockage: a place is blocked while anything stays there longer than allowed."""
    return [e for zone in sample.zones for e in _in_zone(sample, zone)]


def _in_zone(sample: Sample, zone: Zone) -> list[Expected]:
    merged: list[tuple[Interval, tuple[str, ...]]] = []
    for (since, until), actor_id in stays_in(sample, zone):
        if until - since < zone.allowed_s:
            continue
        if merged and since <= merged[-1][0][1]:
            (start, end), ids = merged[-1]
            merged[-1] = ((start, max(end, until)), (*ids, actor_id))
        else:
            merged.append(((since, until), (actor_id,)))
    return [_expected(sample, zone, span, ids) for span, ids in merged]


def _expected(sample: Sample, zone: Zone, span: Interval, ids: tuple[str, ...]) -> Expected:
    to_s = None if span[1] >= sample.scene.seconds else round(span[1], 1)
    return Expected(zone.kind, zone.id, round(span[0], 1), to_s, ids)


def polygon(sample: Sample, zone: Zone) -> list[Vec2]:
    """The zone in fractions of the frame: its outline on the ground, as far as the camera sees it."""
    x0, y0, x1, y1 = zone.ground
    xs = [x0 + (x1 - x0) * k / 40 for k in range(41)]
    height = 0.14 if y0 > sample.scene.layout.road_y[1] else 0.0
    outline = [(x, y1, height) for x in xs] + [(x, y0, height) for x in xs[::-1]]
    return _clipped([(float(x), float(y)) for x, y in fractions(sample.scene.camera, np.array(outline))])


def _clipped(points: list[Vec2]) -> list[Vec2]:
    """Sutherland-Hodgman against the picture less its margin, then without points on a straight line."""
    for axis, limit, above in (
        (0, _INSIDE, True),
        (0, 1 - _INSIDE, False),
        (1, _INSIDE, True),
        (1, 1 - _INSIDE, False),
    ):
        points = _cut(points, axis, limit, above)
    return _straightened([(round(x, 4), round(y, 4)) for x, y in points])


def _cut(points: list[Vec2], axis: int, limit: float, above: bool) -> list[Vec2]:
    kept: list[Vec2] = []
    for a, b in zip(points, points[1:] + points[:1], strict=True):
        da, db = ((p[axis] - limit) * (1 if above else -1) for p in (a, b))
        if da >= 0:
            kept.append(a)
        if (da >= 0) != (db >= 0):
            share = da / (da - db)
            kept.append((a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share))
    return kept


def _straightened(points: list[Vec2]) -> list[Vec2]:
    return [
        b for a, b, c in zip(points[-1:] + points[:-1], points, points[1:] + points[:1], strict=True) if _bends(a, b, c)
    ]


def _bends(a: Vec2, b: Vec2, c: Vec2) -> bool:
    """b lies more than half a thousandth of the frame beside the line from a to c."""
    area = abs((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))
    return area > 5e-4 * math.dist(a, c)


def calibration(sample: Sample, zone: Zone) -> tuple[list[Vec2], list[Vec2]]:
    """Four points of the picture (fractions) and where they lie on the ground (metres), well inside the zone's view."""
    x0, y0, x1, y1 = zone.ground
    shown = [
        x for x in np.arange(x0, x1, 0.5) if _in_picture(sample, float(x), y0) and _in_picture(sample, float(x), y1)
    ]
    low, high = float(min(shown)), float(max(shown))
    ground = [(low, y0), (high, y0), (high, y1), (low, y1)]
    image = fractions(sample.scene.camera, np.array([(x, y, 0.0) for x, y in ground]))
    return [(round(float(x), 5), round(float(y), 5)) for x, y in image], ground


def _in_picture(sample: Sample, x: float, y: float) -> bool:
    camera = sample.scene.camera
    at = project(camera, np.array([(x, y, 0.0)]))[0]
    return bool((at > 0).all() and (at < camera.size).all())
