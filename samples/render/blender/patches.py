"""A bare piece of ground with wet patches: the training picture of what seepage looks like anywhere."""

import random

import bpy
import numpy as np

from samples.render.blender import stage
from samples.render.blender.shader import Shader, Socket
from samples.render.blender.solids import flat
from samples.render.blender.trees import foliage
from samples.render.description import Scene
from samples.render.wet_ground import SURFACES, Patch, patches_of

WET_PATCH = "wetpatch"
_HALF = 30.0


def wet_ground(scene: Scene) -> bpy.types.Scene:
    stage_ = stage.cleared()
    stage.lit(stage_, scene.light)
    surface, patches = patches_of(scene)
    flat("ground", (-_HALF, -_HALF), (_HALF, _HALF), 0.0, _ground(surface, patches, scene.seed))
    _clutter(scene.seed)
    stage.filmed(stage_, scene.camera)
    stage.cycles(stage_, samples=8)
    stage.told_apart(stage_, (WET_PATCH,))
    return stage_


def _ground(surface: str, patches: tuple[Patch, ...], seed: int) -> bpy.types.Material:
    shader = Shader(surface)
    here = shader.vector(*_shifted(shader, seed))
    big, middle, fine = shader.noise(here, 0.25), shader.noise(here, 1.6, 8, 0.7), shader.noise(here, 22.0, 5, 0.7)
    light, dark = SURFACES[surface]
    colour = shader.mix(shader.ramp(big, 0.35, 0.65), light, dark)
    colour = shader.mix(shader.ramp(middle, 0.42, 0.62, 0, 0.6), colour, dark)
    colour = shader.mix(shader.ramp(fine, 0.4, 0.65, 0, 0.5), colour, tuple(c * 1.35 for c in light))
    wet = _wet(shader, patches)
    soaked = shader.mix(1.0, colour, (0.34, 0.33, 0.30), "MULTIPLY")
    shader.set(Base_Color=shader.mix(wet, colour, soaked), Roughness=shader.ramp(wet, 0, 1, 0.92, 0.18))
    shader.bump(fine, 0.03, shader.ramp(wet, 0, 1, 0.8, 0.3))
    shader.measure(WET_PATCH, wet)
    return shader.material


def _shifted(shader: Shader, seed: int) -> tuple[Socket, Socket, Socket]:
    x, y, _ = shader.axes(shader.here())
    rng = random.Random(seed)
    return shader.math("ADD", x, rng.uniform(0, 500)), shader.math("ADD", y, rng.uniform(0, 500)), 0.0


def _wet(shader: Shader, patches: tuple[Patch, ...]) -> Socket:
    wet: Socket = 0.0
    for patch in patches:
        one = _patch(shader, patch)
        wet = one if wet == 0.0 else shader.math("MAXIMUM", wet, one)
    return wet


def _patch(shader: Shader, patch: Patch) -> Socket:
    """An ellipse whose rim two octaves of noise have eaten into."""
    x, y, _ = shader.axes(shader.here())
    u = shader.math("DIVIDE", shader.math("SUBTRACT", x, patch.x), patch.width)
    v = shader.math("DIVIDE", shader.math("SUBTRACT", y, patch.y), patch.length)
    away = shader.math("SQRT", shader.math("ADD", shader.times(u, u), shader.times(v, v)))
    at = shader.vector(x, y, patch.seed * 3.7)
    eaten = shader.math("ADD", shader.times(shader.noise(at, 1.2), 1.1), shader.times(shader.noise(at, 6.0), 0.35))
    reach = shader.math("ADD", away, shader.math("SUBTRACT", eaten, 0.72))
    return shader.math("SUBTRACT", 1.0, shader.ramp(reach, 0.85, 1.05, soft=True))


def _clutter(seed: int) -> None:
    """Tufts that stand in the way, as they do on every embankment."""
    rng = random.Random(seed)
    count = rng.randrange(0, 40)
    if count:
        spots = np.array([(rng.uniform(-8, 8), rng.uniform(-8, 8), 0.06) for _ in range(count)])
        foliage(spots, seed % 1000, 60 * count, leaf=0.05, spread=0.10)
