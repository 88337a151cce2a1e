"""An embankment dam from downstream: turf on two slopes with a berm between, rock at its toe, a ditch, and wet turf."""

from collections.abc import Sequence
from itertools import pairwise

import bpy
import numpy as np

from samples.render.blender import stage
from samples.render.blender.dam import MEADOW, valley, warm_the_rest
from samples.render.blender.mesh import grid, mesh_object
from samples.render.blender.seepage import WARMER, WET, wetness
from samples.render.blender.shader import Shader, plain
from samples.render.blender.solids import box, rod
from samples.render.flights import Eye, Flight, Seep

PROFILE = ((-36.0, 0.0), (-20.0, 6.4), (-16.5, 6.6), (0.0, 13.2))
"""(y, z) in metres from the toe to the crest: one in two and a half, with a berm half way up."""
_HALF = 46.0
_STEPS = 14
_COOLS_K = 3.0


def embankment(flight: Flight, eye: Eye) -> bpy.types.Scene:
    """Seeps come out at their height z and run down the slope; passes as those of the concrete dam."""
    scene = stage.cleared()
    stage.lit(scene, flight.light)
    _slopes(flight.seeps)
    _crest()
    _toe()
    valley()
    stage.filmed(scene, flight.camera(eye))
    stage.cycles(scene, samples=8)
    stage.told_apart(scene, (WET, WARMER))
    layer = scene.view_layers[0]
    layer.use_pass_diffuse_direct = layer.use_pass_diffuse_indirect = True
    warm_the_rest()
    return scene


def _slopes(seeps: Sequence[Seep]) -> None:
    xs = np.linspace(-_HALF, _HALF, 47)
    line = np.concatenate([np.linspace(a, b, _STEPS, endpoint=False) for a, b in pairwise(PROFILE)])
    line = np.vstack([line, PROFILE[-1]])
    rng = np.random.RandomState(4)
    sag = rng.normal(0, 0.05, (len(xs), len(line)))
    vertices = [(x, y, z + sag[i, j]) for i, x in enumerate(xs) for j, (y, z) in enumerate(line)]
    mesh_object("slopes", vertices, grid(len(xs), len(line)), _turf(seeps), smooth=True)


def _turf(seeps: Sequence[Seep]) -> bpy.types.Material:
    """Mown in stripes, worn in places; where water comes out the grass is darker, greener and shines."""
    shader = Shader("turf")
    here = shader.here()
    x, _, _ = shader.axes(here)
    big, middle, fine = shader.noise(here, 0.06), shader.noise(here, 0.7, 8, 0.7), shader.noise(here, 9.0, 6, 0.75)
    stripes = shader.math("SINE", shader.times(x, 1.9))
    colour = shader.mix(shader.ramp(big, 0.4, 0.6), MEADOW[0], MEADOW[1])
    colour = shader.mix(shader.ramp(stripes, -0.6, 0.6, 0, 0.25), colour, (0.11, 0.15, 0.05))
    colour = shader.mix(shader.ramp(middle, 0.55, 0.72, 0, 0.8), colour, MEADOW[2])
    colour = shader.mix(shader.ramp(fine, 0.3, 0.7, 0, 0.6), colour, (0.04, 0.055, 0.018))
    wet = wetness(shader, seeps) if seeps else 0.0
    if seeps:
        colour = shader.mix(wet, colour, (0.022, 0.036, 0.010))
    shader.set(Base_Color=colour, Roughness=shader.ramp(wet, 0, 1, 0.95, 0.35) if seeps else 0.95)
    shader.bump(fine, 0.12)
    shader.measure(WET, wet)
    dry = shader.math("ADD", 2.5, shader.times(middle, 2.0))
    shader.measure(WARMER, shader.math("SUBTRACT", dry, shader.times(wet, _COOLS_K)))
    return shader.material


def _crest() -> None:
    """A gravel road with marker posts, a rail on the water's side, and the water."""
    top, steel = PROFILE[-1][1], plain("rail", (0.55, 0.56, 0.57), 0.4, 0.7)
    gravel = plain("gravel", (0.30, 0.28, 0.25), 0.95, vary=0.25, scale=2.0)
    box("road", (2 * _HALF, 5.0, 0.35), (0, 2.3, top - 0.05), gravel)
    box("reservoir", (260, 110, 0.2), (0, 60, top - 1.7), plain("water", (0.035, 0.075, 0.085), 0.12))
    white = plain("marker", (0.8, 0.8, 0.78), 0.6)
    for i in range(-9, 10):
        rod("marker", (i * 5.0, 0.4, top), (i * 5.0, 0.4, top + 0.9), 0.07, white)
        rod("post", (i * 5.0, 4.5, top), (i * 5.0, 4.5, top + 1.1), 0.05, steel)
    rod("rail", (-_HALF, 4.5, top + 1.05), (_HALF, 4.5, top + 1.05), 0.05, steel)


def _toe() -> None:
    """Dumped rock along the foot, and the ditch that takes what the drains bring."""
    rng = np.random.RandomState(9)
    stones = [plain(f"rock {n}", (0.26 + n * 0.03, 0.25 + n * 0.03, 0.23 + n * 0.02), 0.9, vary=0.2) for n in range(3)]
    for n in range(420):
        size = float(rng.uniform(0.25, 0.7))
        at = (float(rng.uniform(-_HALF, _HALF)), PROFILE[0][0] + float(rng.uniform(-1.2, 1.6)), size * 0.25)
        turn = tuple(float(v) for v in rng.uniform(0, 3.1, 3))
        box("rock", (size, size * 0.8, size * 0.6), at, stones[n % 3], turn=turn)
    box("ditch", (2 * _HALF, 1.2, 0.2), (0, PROFILE[0][0] - 3.0, 0.12), plain("ditch", (0.42, 0.41, 0.39), 0.85))
