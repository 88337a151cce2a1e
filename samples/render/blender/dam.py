"""A concrete gravity dam seen from downstream, its crest, spillway and valley, with a temperature for everything."""

import math
import random

import bpy
import numpy as np
from mathutils import Vector
from mathutils import noise as perlin

from samples.render.blender import stage
from samples.render.blender.mesh import copied, grid, mesh_object
from samples.render.blender.seepage import WARMER, WET, concrete_face
from samples.render.blender.shader import Shader, plain
from samples.render.blender.solids import box, rod
from samples.render.blender.trees import tree
from samples.render.description import Vec3
from samples.render.flights import Eye, Flight

_HIGH, _SLOPE, _HALF = 26.0, 0.75, 45.0
_TOE = -_HIGH * _SLOPE
_OTHERS_WARMER_K = 3.0


def dam(flight: Flight, eye: Eye) -> bpy.types.Scene:
    scene = stage.cleared()
    stage.lit(scene, flight.light)
    _face(flight)
    _crest()
    _spillway()
    _toe()
    valley()
    stage.filmed(scene, flight.camera(eye))
    stage.cycles(scene, samples=8)
    stage.told_apart(scene, (WET, WARMER))
    layer = scene.view_layers[0]
    layer.use_pass_diffuse_direct = layer.use_pass_diffuse_indirect = True
    warm_the_rest()
    return scene


def _face(flight: Flight) -> None:
    rows = np.linspace(0, 1, 60)
    vertices = [(x, _TOE * (1 - t), _HIGH * t * 0.94) for x in (-_HALF, 0, _HALF) for t in rows]
    mesh_object("face", vertices, grid(3, len(rows)), concrete_face(flight.seeps), smooth=False)


def _concrete() -> bpy.types.Material:
    return plain("crest concrete", (0.24, 0.23, 0.21), 0.85, vary=0.2, scale=0.6)


def _crest() -> None:
    steel = plain("railing", (0.55, 0.56, 0.57), 0.4, 0.7)
    box("crest", (2 * _HALF, 6, _HIGH * 0.06 + 0.4), (0, 2.9, _HIGH * 0.97 + 0.2), _concrete())
    box("parapet", (2 * _HALF, 0.35, 1.0), (0, 0.1, _HIGH + 0.9), _concrete())
    for i in range(-22, 23):
        box("pilaster", (0.45, 0.5, 1.35), (i * _HALF / 22, 0.1, _HIGH + 1.0), _concrete())
    for i in range(-5, 6):
        rod("lamp", (i * 8.5, 0.6, _HIGH + 0.5), (i * 8.5, 0.6, _HIGH + 5.5), 0.09, steel)
        rod("arm", (i * 8.5, 0.6, _HIGH + 5.4), (i * 8.5, -1.0, _HIGH + 5.8), 0.05, steel)


def _spillway() -> None:
    gate = plain("gate", (0.05, 0.12, 0.22), 0.5, 0.3, vary=0.2)
    for i in range(4):
        box("pier", (1.4, 9, 9), (22 + i * 6.4, 1.5, _HIGH + 0.5), _concrete(), bevel=0.2)
    for i in range(3):
        box("gate", (5.0, 0.5, 6), (25.2 + i * 6.4, 1.5, _HIGH - 0.5), gate)
    box("bridge", (24, 5, 0.6), (31.6, 2.5, _HIGH + 5), _concrete())
    box("gate house", (4.4, 4, 3.4), (20, 3.5, _HIGH + 2.2), plain("gate house", (0.62, 0.60, 0.55), 0.8, vary=0.1))
    box("roof", (5, 4.6, 0.3), (20, 3.5, _HIGH + 4.0), plain("roof", (0.30, 0.07, 0.05), 0.7))


def _toe() -> None:
    """Drain pipes, the gallery's door, the stairs, and the apron at the foot."""
    pipe = plain("pipe", (0.12, 0.12, 0.12))
    for i in range(-8, 9, 2):
        y, z = _TOE * 0.88, _HIGH * 0.113
        rod("pipe", (i * 4.7, y - 0.2, z), (i * 4.7, y - 0.8, z - 0.05), 0.12, pipe, sides=10)
    box("portal", (2.4, 2.2, 3.0), (-13, _TOE + 0.9, 1.5), _concrete(), bevel=0.05)
    box("door", (1.4, 0.1, 2.2), (-13, _TOE - 0.22, 1.3), plain("steel door", (0.05, 0.10, 0.09), 0.5, 0.4))
    lean = math.atan2(_HIGH * 0.94, -_TOE)
    for i in range(70):
        t = i / 70
        box("step", (1.4, 0.34, 0.14), (13, _TOE * (1 - t) - 0.12, _HIGH * 0.94 * t + 0.12), _concrete())
    for x in (12.2, 13.8):
        length = math.hypot(_TOE, _HIGH * 0.94)
        box("kerb", (0.14, length, 0.3), (x, _TOE / 2 - 0.1, _HIGH * 0.47 + 0.12), _concrete(), turn=(lean, 0, 0))
    box("apron", (2 * _HALF, 7, 0.6), (0, _TOE - 3.2, 0.1), _concrete())


Colours = tuple[Vec3, Vec3, Vec3]
MEADOW: Colours = ((0.09, 0.11, 0.035), (0.15, 0.14, 0.07), (0.20, 0.17, 0.11))


def _grass(name: str, colours: Colours) -> bpy.types.Material:
    shader = Shader(name)
    here = shader.here()
    big, middle, fine = shader.noise(here, 0.05), shader.noise(here, 0.5, 8, 0.7), shader.noise(here, 6.0, 6, 0.75)
    colour = shader.mix(shader.ramp(big, 0.4, 0.6), colours[0], colours[1])
    colour = shader.mix(shader.ramp(middle, 0.45, 0.65), colour, colours[2])
    dark: Vec3 = tuple(c * 0.5 for c in colours[0])
    shader.set(Base_Color=shader.mix(shader.ramp(fine, 0.3, 0.7, 0, 0.6), colour, dark), Roughness=0.95)
    shader.bump(fine, 0.2)
    shader.measure(WARMER, shader.math("ADD", 2.5, shader.times(middle, 2.0)))
    return shader.material


def _fractal(x: float, y: float, scale: float) -> float:
    return perlin.fractal(Vector((x * scale, y * scale, 3.1)), 1.0, 2.0, 5)


def _ground(x: float, y: float) -> float:
    """The valley: flat below the dam, rising to wooded sides."""
    return 0.3 * _fractal(x, y, 0.15) + max(0.0, abs(x) - _HALF + 2) * 0.85 + max(0.0, y) * 0.25


def valley() -> None:
    meadow = _grass("meadow", MEADOW)
    xs, ys = np.linspace(-140, 140, 141), np.linspace(-150, _TOE + 1.0, 71)
    mesh_object("valley", [(x, y, _ground(x, y)) for x in xs for y in ys], grid(len(xs), len(ys)), meadow)
    sides = _grass("hillside", ((0.05, 0.08, 0.02), (0.09, 0.10, 0.035), (0.12, 0.11, 0.05)))
    for side in (1, -1):
        _abutment(side, sides)
    _hills(sides)
    _woods()


def _abutment(side: int, material: bpy.types.Material) -> None:
    xs, ys = np.linspace(_HALF - 6, 140, 60), np.linspace(_TOE - 2, 60, 50)
    vertices = [(side * x, y, (x - _HALF + 5) * 0.85 + 1.6 * _fractal(x * side, y, 0.06)) for x in xs for y in ys]
    mesh_object("abutment", vertices, grid(len(xs), len(ys)), material)


def _hills(material: bpy.types.Material) -> None:
    xs, ys = np.linspace(-420, 420, 121), np.linspace(90, 420, 40)
    vertices = [
        (x, y, 6 + (y - 90) * 0.16 * (1 + _fractal(x, y, 0.012)) + 14 * _fractal(x, y, 0.02)) for x in xs for y in ys
    ]
    mesh_object("hills", vertices, grid(len(xs), len(ys)), material)


def _woods() -> None:
    rng = random.Random(3)
    kinds = [tree(3, leaves=9000), tree(8, height=6.2, leaves=9000)]
    for _ in range(70):
        side, x, y = rng.choice((1, -1)), rng.uniform(_HALF + 2, 95), rng.uniform(-60, 40)
        z = (x - _HALF + 5) * 0.85 if y > _TOE else _ground(x, y)
        copied(rng.choice(kinds), (side * x, y, z - 0.3), yaw=rng.uniform(0, 6.28), scale=rng.uniform(0.7, 1.3))
    for kind in kinds:
        kind.location = (0, 0, -80)


def warm_the_rest() -> None:
    """Whatever has no temperature yet is a little warmer than the air."""
    for material in bpy.data.materials:
        nodes = material.node_tree.nodes if material.node_tree else []
        if nodes and not any(n.bl_idname == "ShaderNodeOutputAOV" and n.aov_name == WARMER for n in nodes):
            output = nodes.new("ShaderNodeOutputAOV")
            output.aov_name = WARMER
            output.inputs["Value"].default_value = _OTHERS_WARMER_K
