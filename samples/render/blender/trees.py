"""Street trees: a branching trunk and one mesh of leaves in clumps, without transparent cards (faster in Cycles)."""

import math
import random

import bpy
import numpy as np
from mathutils import Vector

from samples.render.blender.mesh import Face, Object, grid, joint, mesh_object
from samples.render.blender.shader import plain
from samples.render.description import Vec3

_GREENS: tuple[Vec3, ...] = ((0.045, 0.11, 0.02), (0.07, 0.15, 0.03), (0.03, 0.075, 0.015))
_SIDES = 8


class _Wood:
    """Grows branches, and remembers their tips."""

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)
        self.vertices: list[Vec3] = []
        self.faces: list[Face] = []
        self.tips: list[Vector] = []

    def grow(self, foot: Vector, way: Vector, length: float, radius: float, depth: int) -> None:
        wander = 0.05 if depth == 3 else 0.13
        for i in range(3):
            way = (way + Vector((self._rng.gauss(0, wander), self._rng.gauss(0, wander), 0.05))).normalized()
            tip = foot + way * (length / 3)
            self._segment(foot, tip, radius * (1 - i / 12), radius * (1 - (i + 1) / 12))
            foot = tip
        self.tips.append(foot)
        for _ in range(self._rng.choice((3, 3, 4)) if depth else 0):
            self.grow(foot, self._fork(way), length * self._rng.uniform(0.55, 0.75), radius * 0.55, depth - 1)

    def _fork(self, way: Vector) -> Vector:
        turn, spread = self._rng.uniform(0, 2 * math.pi), self._rng.uniform(0.45, 0.95)
        lift = self._rng.uniform(-0.1, 0.35)
        return (way + Vector((math.cos(turn) * spread, math.sin(turn) * spread, lift))).normalized()

    def _segment(self, a: Vector, b: Vector, thick: float, thin: float) -> None:
        along = (b - a).normalized()
        left = along.orthogonal().normalized()
        up = along.cross(left)
        self.faces += grid(2, _SIDES, closed=True, base=len(self.vertices))
        for centre, radius in ((a, thick), (b, thin)):
            for k in range(_SIDES):
                t = 2 * math.pi * k / _SIDES
                self.vertices.append(tuple(centre + left * radius * math.cos(t) + up * radius * math.sin(t)))


def tree(seed: int, *, height: float = 6.5, leaves: int = 20000) -> Object:
    root = joint("tree")
    wood = _Wood(seed)
    wood.grow(Vector((0, 0, -0.1)), Vector((0, 0, 1)), height * 0.40, 0.13, 3)
    bark = plain("bark", (0.11, 0.08, 0.06), 0.95, vary=0.4, scale=9)
    mesh_object("trunk", wood.vertices, wood.faces, bark, parent=root)
    tips = np.array([tuple(tip) for tip in wood.tips if tip[2] > height * 0.38])
    foliage(tips, seed, leaves).parent = root
    return root


def foliage(clumps: np.ndarray, seed: int, leaves: int, *, leaf: float = 0.085, spread: float = 0.36) -> Object:
    """One mesh of diamond leaves scattered round the clumps (n, 3)."""
    rng = np.random.RandomState(seed)
    centre = clumps[rng.randint(len(clumps), size=leaves)] + rng.normal(0, spread, (leaves, 3))
    along = rng.normal(size=(leaves, 3)) * (1, 1, 0.5)
    along /= np.linalg.norm(along, axis=1)[:, None]
    across = np.cross(along, rng.normal(size=(leaves, 3)))
    across /= np.linalg.norm(across, axis=1)[:, None]
    size = leaf * rng.uniform(0.7, 1.4, (leaves, 1))
    corners = (centre - along * size, centre + across * size / 2, centre + along * size, centre - across * size / 2)
    return _quads("leaves", np.stack(corners, 1).reshape(-1, 3), rng.randint(0, len(_GREENS), leaves))


def _quads(name: str, vertices: np.ndarray, of_face: np.ndarray) -> Object:
    """Straight into Blender's arrays: twenty thousand faces would take seconds as Python tuples."""
    count = len(of_face)
    mesh = bpy.data.meshes.new(name)
    mesh.vertices.add(4 * count)
    mesh.vertices.foreach_set("co", vertices.ravel())
    mesh.loops.add(4 * count)
    mesh.loops.foreach_set("vertex_index", np.arange(4 * count))
    mesh.polygons.add(count)
    mesh.polygons.foreach_set("loop_start", np.arange(0, 4 * count, 4))
    mesh.polygons.foreach_set("material_index", of_face)
    mesh.update()
    mesh.validate()
    for i, green in enumerate(_GREENS):
        mesh.materials.append(plain(f"leaf {i}", green, 0.55))
    thing = bpy.data.objects.new(name, mesh)
    bpy.context.scene.collection.objects.link(thing)
    return thing
