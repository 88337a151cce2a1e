"""Wet concrete: one number per point that decides colour, gloss, the truth mask and the temperature alike."""

from collections.abc import Sequence

import bpy

from samples.render.blender.shader import Shader, Socket
from samples.render.flights import Seep

WET, WARMER = "wet", "warmer"
"""The measures: how wet (0 to 1), and how many kelvin warmer than the air."""

_WET_COOLS_K = 3.0


def wetness(shader: Shader, seeps: Sequence[Seep]) -> Socket:
    """0 dry to 1 wet. A wandering run-down with edges eaten by noise, and a tail that dries up."""
    x, _, z = shader.axes(shader.here())
    wet: Socket = 0.0
    for seep in seeps:
        one = _one(shader, seep, x, z)
        wet = one if wet == 0.0 else shader.math("MAXIMUM", wet, one)
    return wet


def _one(shader: Shader, seep: Seep, x: Socket, z: Socket) -> Socket:
    def wander(along: float, down: float, detail: float, offset: float = 0.0) -> Socket:
        at = shader.vector(shader.times(x, along), shader.times(z, down), seep.seed * 7.3 + offset)
        return shader.math("SUBTRACT", shader.noise(at, 1.0, detail, 0.62), 0.5)

    run = shader.math("DIVIDE", shader.math("SUBTRACT", seep.z, z), seep.length)
    below = shader.math("MAXIMUM", run, 0.0)
    aside = shader.math(
        "ADD", shader.math("SUBTRACT", x, seep.x), shader.times(wander(0.02, 0.35, 3), 2.2 * seep.width)
    )
    half = shader.math("ADD", 0.28, shader.times(shader.math("POWER", below, 0.55), 0.75))
    eaten = shader.math("ADD", shader.times(wander(0.8, 0.22, 6, 3), 2.3), wander(5.5, 0.55, 5, 5))
    reach = shader.math("ADD", shader.math("ABSOLUTE", aside), shader.times(eaten, seep.width))
    share = shader.math("DIVIDE", reach, shader.times(half, seep.width))
    core = shader.math("SUBTRACT", 1.0, shader.ramp(share, 0.72, 1.12, soft=True))
    top = shader.ramp(shader.math("ADD", run, shader.times(wander(1.3, 1.3, 4, 9), 0.06)), -0.01, 0.03, soft=True)
    dried = shader.math("ADD", run, shader.times(wander(1.9, 0.12, 5, 11), 1.3))
    tail = shader.math("SUBTRACT", 1.0, shader.ramp(dried, 0.60, 1.0, soft=True))
    return shader.times(shader.times(core, top), tail)


def concrete_face(seeps: Sequence[Seep]) -> bpy.types.Material:
    """A dam's downstream face: lifts and joints, old dry streaks that mislead, and the seeps."""
    shader = Shader("dam face")
    here = shader.here()
    x, _, z = shader.axes(here)
    big, middle, fine = shader.noise(here, 0.09), shader.noise(here, 0.9, 8, 0.7), shader.noise(here, 9.0, 6, 0.7)
    old = _old_streaks(shader, x, z)
    lifts, joints = _lines(shader, z, 1.5, 0.035), _lines(shader, x, 7.5, 0.07)
    dry = _dry(shader, big, middle, fine, x, z)
    dry = shader.mix(old, dry, (0.085, 0.08, 0.07))
    dry = shader.mix(shader.times(lifts, 0.75), dry, (0.07, 0.07, 0.065))
    dry = shader.mix(shader.times(joints, 0.9), dry, (0.04, 0.04, 0.04))
    wet = wetness(shader, seeps)
    _dress(shader, dry, wet, middle, fine)
    height = shader.math("SUBTRACT", shader.times(fine, 0.35), shader.math("ADD", lifts, joints))
    shader.bump(height, 0.05, shader.ramp(wet, 0, 1, 0.6, 0.25))
    shader.measure(WET, wet)
    shader.measure(WARMER, _warmth(shader, big, old, joints, wet))
    return shader.material


def _dry(shader: Shader, big: Socket, middle: Socket, fine: Socket, x: Socket, z: Socket) -> Socket:
    colour = shader.mix(shader.ramp(big, 0.35, 0.65), (0.17, 0.165, 0.15), (0.26, 0.25, 0.225))
    colour = shader.mix(shader.ramp(middle, 0.40, 0.64, 0, 0.75), colour, (0.125, 0.12, 0.108))
    colour = shader.mix(shader.ramp(fine, 0.36, 0.66, 0, 0.45), colour, (0.32, 0.305, 0.28))
    block = shader.vector(*(shader.math("FLOOR", shader.math("DIVIDE", v, step)) for v, step in ((x, 7.5), (z, 1.5))))
    tint = shader.new("ShaderNodeTexWhiteNoise")
    shader.feed(tint.inputs[0], block)
    return shader.mix(1.0, colour, shader.ramp(tint.outputs["Value"], 0, 1, 0.86, 1.10), "MULTIPLY")


def _lines(shader: Shader, along: Socket, step: float, width: float) -> Socket:
    part = shader.math("FRACT", shader.math("DIVIDE", along, step))
    away = shader.math("ABSOLUTE", shader.math("SUBTRACT", part, 0.5))
    return shader.ramp(away, 0.5 - width / step, 0.5 - width / step * 0.4)


def _old_streaks(shader: Shader, x: Socket, z: Socket) -> Socket:
    """Weather stains of dry days: dark and upright like a seep, and not one."""
    at = shader.vector(shader.times(x, 1.1), shader.times(z, 0.06))
    stains = shader.ramp(shader.noise(at, 1.0, 6, 0.7), 0.47, 0.66, 0, 0.75)
    return shader.times(stains, shader.ramp(z, 2, 24, 0.30, 1.0))


def _dress(shader: Shader, dry: Socket, wet: Socket, middle: Socket, fine: Socket) -> None:
    """Wet: darker and glossy, algae in its core, a pale rim of lime where it dries."""
    soaked = shader.mix(1.0, dry, (0.30, 0.285, 0.25), "MULTIPLY")
    algae = shader.times(shader.ramp(middle, 0.45, 0.7, 0, 0.55), shader.ramp(wet, 0.6, 1.0, soft=True))
    soaked = shader.mix(algae, soaked, (0.035, 0.045, 0.015))
    inside = shader.math("SUBTRACT", 1.0, shader.ramp(wet, 0.35, 0.8, soft=True))
    rim = shader.times(shader.times(shader.ramp(wet, 0.02, 0.30, soft=True), inside), shader.ramp(middle, 0.40, 0.62))
    colour = shader.mix(shader.times(rim, 0.55), shader.mix(wet, dry, soaked), (0.62, 0.60, 0.55))
    gloss = shader.times(wet, shader.ramp(fine, 0.3, 0.6, 0.75, 1.0))
    shader.set(Base_Color=colour, Roughness=shader.ramp(gloss, 0, 1, 0.88, 0.16))
    shader.set(Specular_IOR_Level=shader.ramp(wet, 0, 1, 0.3, 0.7))


def _warmth(shader: Shader, big: Socket, old: Socket, joints: Socket, wet: Socket) -> Socket:
    warm = shader.math("ADD", 3.0, shader.times(big, 2.2))
    warm = shader.math("ADD", warm, shader.times(old, 0.5))
    warm = shader.math("SUBTRACT", warm, shader.times(wet, _WET_COOLS_K))
    return shader.math("SUBTRACT", warm, shader.times(joints, 0.5))
