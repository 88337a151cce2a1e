"""Plain bodies to build with: boxes, lofts, rods, balls, turned profiles, cards."""

import math
from collections.abc import Sequence

from mathutils import Vector

from samples.render.blender.mesh import Material, Object, grid, mesh_object
from samples.render.description import Vec3

Ring = tuple[Vec3, float, float]
"""Centre, and the half axes along x and y, of one ellipse of a loft."""


def box(
    name: str,
    size: Vec3,
    at: Vec3,
    material: Material,
    *,
    parent: Object | None = None,
    turn: Vec3 = (0, 0, 0),
    bevel: float = 0.0,
) -> Object:
    x, y, z = (s / 2 for s in size)
    corners = [(i * x, j * y, k * z) for i in (-1, 1) for j in (-1, 1) for k in (-1, 1)]
    sides = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
    thing = mesh_object(name, corners, sides, material, smooth=False, parent=parent, at=at)
    thing.rotation_euler = turn
    if bevel:
        _bevel(thing, min(bevel, min(size) * 0.45))
    return thing


def _bevel(thing: Object, width: float) -> None:
    """With bmesh: applying a modifier updates the whole scene, which hundreds of boxes can't afford."""
    import bmesh

    work = bmesh.new()
    work.from_mesh(thing.data)
    bmesh.ops.bevel(work, geom=work.edges[:], offset=width, segments=2, profile=0.5, affect="EDGES")
    work.to_mesh(thing.data)
    work.free()


def loft(
    name: str,
    rings: Sequence[Ring],
    material: Material,
    *,
    sides: int = 14,
    parent: Object | None = None,
    at: Vec3 = (0, 0, 0),
) -> Object:
    """A skin over ellipses stacked mostly upwards: limbs, torsos, poles."""
    turns = [2 * math.pi * k / sides for k in range(sides)]
    vertices = [(c[0] + rx * math.cos(a), c[1] + ry * math.sin(a), c[2]) for c, rx, ry in rings for a in turns]
    top = (len(rings) - 1) * sides
    caps = [tuple(range(sides))[::-1], tuple(top + k for k in range(sides))]
    faces = grid(len(rings), sides, closed=True) + caps
    return mesh_object(name, vertices, faces, material, parent=parent, at=at)


def rod(
    name: str,
    start: Vec3,
    end: Vec3,
    radius: float,
    material: Material,
    *,
    parent: Object | None = None,
    end_radius: float | None = None,
    sides: int = 8,
) -> Object:
    along = Vector(end) - Vector(start)
    last = radius if end_radius is None else end_radius
    rings: list[Ring] = [((0, 0, 0), radius, radius), ((0, 0, along.length), last, last)]
    thing = loft(name, rings, material, sides=sides, parent=parent, at=start)
    thing.rotation_mode = "QUATERNION"
    thing.rotation_quaternion = along.to_track_quat("Z", "Y")
    return thing


def ball(
    name: str,
    radius: float,
    at: Vec3,
    material: Material,
    *,
    parent: Object | None = None,
    scale: Vec3 = (1, 1, 1),
    rings: int = 12,
    sides: int = 16,
) -> Object:
    vertices = [tuple(radius * s * u for s, u in zip(scale, unit, strict=True)) for unit in unit_ball(rings, sides)]
    return mesh_object(name, vertices, grid(rings + 1, sides, closed=True), material, parent=parent, at=at)


def unit_ball(rings: int, sides: int) -> list[Vec3]:
    lat = [math.pi * i / rings for i in range(rings + 1)]
    lon = [2 * math.pi * k / sides for k in range(sides)]
    return [(math.sin(t) * math.cos(a), math.sin(t) * math.sin(a), math.cos(t)) for t in lat for a in lon]


def turned(
    name: str,
    profile: Sequence[tuple[float, float]],
    material: Material,
    *,
    sides: int = 32,
    across: bool = False,
    parent: Object | None = None,
    at: Vec3 = (0, 0, 0),
) -> Object:
    """A profile of (radius, height) turned round z, or round y when `across` (wheels)."""
    turns = [2 * math.pi * k / sides for k in range(sides)]
    upright = [(r * math.cos(a), r * math.sin(a), h) for r, h in profile for a in turns]
    vertices = [(x, z, y) for x, y, z in upright] if across else upright
    return mesh_object(name, vertices, grid(len(profile), sides, closed=True), material, parent=parent, at=at)


def card(
    name: str,
    size: tuple[float, float],
    at: Vec3,
    material: Material,
    *,
    turn: Vec3 = (0, 0, 0),
    parent: Object | None = None,
) -> Object:
    """An upright picture that faces -y."""
    w, h = size[0] / 2, size[1] / 2
    corners = [(-w, 0, -h), (w, 0, -h), (w, 0, h), (-w, 0, h)]
    square = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]
    thing = mesh_object(name, corners, [(0, 1, 2, 3)], material, smooth=False, at=at, parent=parent, uv=square)
    thing.rotation_euler = turn
    return thing


def flat(name: str, low: tuple[float, float], high: tuple[float, float], z: float, material: Material) -> Object:
    """A level rectangle with a full UV square."""
    corners = [(low[0], low[1], z), (high[0], low[1], z), (high[0], high[1], z), (low[0], high[1], z)]
    square = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]
    return mesh_object(name, corners, [(0, 1, 2, 3)], material, smooth=False, uv=square)
