"""Where everybody is at any second: a pose from waypoints, and since when a thing stands still."""

import math
from dataclasses import dataclass

from samples.render.description import Actor, Gait, Scene, Vec2, Way
from samples.render.kinds import KINDS

_LOOK_AHEAD_S = 0.08
_TURN_S = 0.35
_HANDS = (0.38, 0.95)
"""How far before its carrier, and how high above the ground, a carried thing is held, in metres."""

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Pose:
    """yaw in degrees, 0 along +x. travelled: metres since the first waypoint, which turns wheels and swings legs."""

    x: float
    y: float
    z: float
    yaw: float
    travelled: float
    gait: Gait
    moving: bool


def pose(scene: Scene, actor: Actor, at: float) -> Pose | None:
    """None while the actor is not there."""
    if at < actor.ways[0].at:
        return None
    if actor.carried_by and at < actor.released_at:
        return _in_hands(scene, actor, at)
    return _on_ground(scene, actor, at)


def _in_hands(scene: Scene, actor: Actor, at: float) -> Pose | None:
    carrier = pose(scene, scene.actor(actor.carried_by), at)
    if carrier is None:
        return None
    ahead, height = _HANDS
    turn = math.radians(carrier.yaw)
    x, y = carrier.x + ahead * math.cos(turn), carrier.y + ahead * math.sin(turn)
    return Pose(x, y, carrier.z + height, carrier.yaw, 0.0, Gait.STAND, True)


def _on_ground(scene: Scene, actor: Actor, at: float) -> Pose | None:
    ways = actor.ways
    if at > ways[-1].at and not actor.stays:
        return None
    x, y = position(actor, at)
    return Pose(x, y, ground_z(scene, y), yaw(actor, at), travelled(actor, at), _gait(ways, at), is_moving(actor, at))


def ground_z(scene: Scene, y: float) -> float:
    """The pavement is a kerb's height above the road."""
    return 0.14 if y > scene.layout.road_y[1] else 0.0


def position(actor: Actor, at: float) -> Vec2:
    ways = actor.ways
    if at <= ways[0].at or len(ways) == 1:
        return ways[0].x, ways[0].y
    if at >= ways[-1].at:
        return ways[-1].x, ways[-1].y
    index = _leg(ways, at)
    return _smooth(ways, index, at) if KINDS[actor.kind].drives else _straight(ways[index], ways[index + 1], at)


def _leg(ways: tuple[Way, ...], at: float) -> int:
    return max(i for i, way in enumerate(ways) if way.at <= at)


def _straight(a: Way, b: Way, at: float) -> Vec2:
    share = (at - a.at) / (b.at - a.at)
    return a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share


def _smooth(ways: tuple[Way, ...], index: int, at: float) -> Vec2:
    """A cubic through the waypoints whose speed is zero where the vehicle rests."""
    a, b = ways[index], ways[index + 1]
    span = b.at - a.at
    u = (at - a.at) / span
    va, vb = _velocity(ways, index), _velocity(ways, index + 1)
    weights = (2 * u**3 - 3 * u**2 + 1, (u**3 - 2 * u**2 + u) * span, -2 * u**3 + 3 * u**2, (u**3 - u**2) * span)
    return (
        weights[0] * a.x + weights[1] * va[0] + weights[2] * b.x + weights[3] * vb[0],
        weights[0] * a.y + weights[1] * va[1] + weights[2] * b.y + weights[3] * vb[1],
    )


def _velocity(ways: tuple[Way, ...], index: int) -> Vec2:
    here = ways[index]
    before, after = ways[max(index - 1, 0)], ways[min(index + 1, len(ways) - 1)]
    if _rests(here, before) or _rests(here, after):
        return 0.0, 0.0
    if before is here or after is here:
        return _end_velocity(here, before, after)
    span = after.at - before.at
    return (after.x - before.x) / span, (after.y - before.y) / span


def _end_velocity(here: Way, before: Way, after: Way) -> Vec2:
    """At either end: drives through when it faces nowhere in particular, rests when the waypoint says how it faces."""
    if here.yaw is not None:
        return 0.0, 0.0
    span = after.at - before.at
    return (after.x - before.x) / span, (after.y - before.y) / span


def _rests(a: Way, b: Way) -> bool:
    return a is not b and (a.x, a.y) == (b.x, b.y)


def is_moving(actor: Actor, at: float) -> bool:
    (x0, y0), (x1, y1) = position(actor, at - _LOOK_AHEAD_S), position(actor, at + _LOOK_AHEAD_S)
    return math.hypot(x1 - x0, y1 - y0) > 0.004


def yaw(actor: Actor, at: float) -> float:
    """Faces where it goes; where it rests, as the waypoint says or else as it came."""
    ways = actor.ways
    here = ways[_leg(ways, at)] if at >= ways[0].at else ways[0]
    if not is_moving(actor, at):
        return here.yaw if here.yaw is not None else _last_heading(actor, here.at)
    return heading(actor, at)


def _last_heading(actor: Actor, at: float) -> float:
    """The way it was going when it last moved; for something that never did, the way it will go."""
    return heading(actor, at - _TURN_S) if at > actor.ways[0].at else heading(actor, at + _TURN_S)


def heading(actor: Actor, at: float) -> float:
    """Direction of travel in degrees, averaged over a third of a second, so that nobody turns on the spot."""
    half = _LOOK_AHEAD_S if KINDS[actor.kind].drives else _TURN_S / 2
    (x0, y0), (x1, y1) = position(actor, at - half), position(actor, at + half)
    return math.degrees(math.atan2(y1 - y0, x1 - x0))


def travelled(actor: Actor, at: float) -> float:
    """Metres along the waypoints; curves are a little longer, which no wheel shows."""
    legs = zip(actor.ways[:-1], actor.ways[1:], strict=True)
    return sum(math.dist((a.x, a.y), (b.x, b.y)) * _share(a, b, at) for a, b in legs)


def _share(a: Way, b: Way, at: float) -> float:
    return min(max((at - a.at) / (b.at - a.at), 0.0), 1.0)


def _gait(ways: tuple[Way, ...], at: float) -> Gait:
    return ways[_leg(ways, at)].gait


def standing(scene: Scene, actor: Actor, *, least_s: float = 1.0) -> list[Interval]:
    """When the actor stands still on the ground for at least `least_s`, to a tenth of a second."""
    ticks = [i / 10 for i in range(round(scene.seconds * 10) + 1)]
    found: list[Interval] = []
    since: float | None = None
    for at in ticks:
        still = _is_still(scene, actor, at)
        if still and since is None:
            since = at
        if not still and since is not None:
            found.append((since, at))
            since = None
    if since is not None:
        found.append((since, scene.seconds))
    return [(a, b) for a, b in found if b - a >= least_s]


def _is_still(scene: Scene, actor: Actor, at: float) -> bool:
    here = pose(scene, actor, at)
    return here is not None and not here.moving
