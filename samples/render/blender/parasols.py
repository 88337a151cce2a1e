"""A market parasol: scalloped between its ribs, with a hanging flap."""

import math
import random

from samples.render.blender import paints
from samples.render.blender.mesh import Face, Object, joint, mesh_object
from samples.render.blender.shader import plain
from samples.render.blender.solids import rod, turned
from samples.render.description import Vec3

_RIBS, _BETWEEN, _RINGS = 8, 6, 7
_AROUND = _RIBS * _BETWEEN


def parasol(at: Vec3, colours: tuple[Vec3, Vec3], seed: int, *, radius: float = 1.25, height: float = 2.25) -> Object:
    root = joint("parasol", at)
    vertices = _dome(radius, height)
    base = len(vertices) - _AROUND
    vertices += [(x * 1.01, y * 1.01, z - 0.16) for x, y, z in vertices[base:]]
    faces, of_face = _panels()
    canopy = mesh_object("canopy", vertices, faces, [paints.cloth(c) for c in colours], of_face=of_face, parent=root)
    canopy.rotation_euler = (math.radians(5), math.radians(3), random.Random(seed).uniform(0, 1))
    rod("pole", (0, 0, 0), (0, 0, height + 0.42), 0.022, paints.steel(), parent=root)
    for k in range(_RIBS):
        turn = 2 * math.pi * k / _RIBS
        end = (radius * 0.55 * math.cos(turn), radius * 0.55 * math.sin(turn), height + 0.26)
        rod("rib", (0, 0, height + 0.05), end, 0.006, paints.steel(), parent=root, sides=5)
    turned(
        "base",
        [(0, 0.10), (0.20, 0.09), (0.24, 0)],
        plain("base concrete", (0.35, 0.35, 0.34), 0.9),
        sides=20,
        parent=root,
    )
    return root


def _dome(radius: float, height: float) -> list[Vec3]:
    vertices: list[Vec3] = [(0.0, 0.0, height + 0.46)]
    for ring in range(1, _RINGS + 1):
        t = ring / _RINGS
        for k in range(_AROUND):
            turn, between = 2 * math.pi * k / _AROUND, (k % _BETWEEN) / _BETWEEN
            sag = t * (1 - (2 * between - 1) ** 2)
            reach = radius * t * (1 - 0.10 * sag)
            vertices.append((reach * math.cos(turn), reach * math.sin(turn), height + 0.46 * (1 - t**1.7) - 0.04 * sag))
    return vertices


def _panels() -> tuple[list[Face], list[int]]:
    faces: list[Face] = [(0, 1 + k, 1 + (k + 1) % _AROUND) for k in range(_AROUND)]
    of_face = [(k // _BETWEEN) % 2 for k in range(_AROUND)]
    for ring in range(_RINGS):
        for k in range(_AROUND):
            a, b = 1 + ring * _AROUND + k, 1 + ring * _AROUND + (k + 1) % _AROUND
            faces.append((a, a + _AROUND, b + _AROUND, b))
            of_face.append((k // _BETWEEN) % 2)
    return faces, of_face
