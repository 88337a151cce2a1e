"""The ground and the walls: worn asphalt with paint, paving, tiles, and what rain does to them."""

from pathlib import Path

import bpy

from samples.render.blender.shader import Shader, Socket, cached
from samples.render.description import Vec3


def asphalt(paint: Path, wet: float) -> bpy.types.Material:
    """paint: a picture over the road's UV square; red is yellow paint, green is white paint, blue is stains."""
    shader = Shader("asphalt")
    here = shader.here()
    middle, fine = shader.noise(here, 3.0), shader.noise(here, 90.0, 2)
    colour = _aggregate(shader, here, middle, fine)
    colour = shader.mix(_cracks(shader, here), colour, (0.018, 0.018, 0.018))
    colour = _painted(shader, here, middle, colour, paint)
    rough: Socket = shader.ramp(middle, 0.3, 0.7, 0.68, 0.9)
    if wet:
        colour, rough = _wetted(shader, here, colour, rough, wet)
    shader.set(Base_Color=colour, Roughness=rough)
    shader.bump(fine, 0.006 * (1 - 0.7 * wet))
    return shader.material


def _aggregate(shader: Shader, here: Socket, middle: Socket, fine: Socket) -> Socket:
    big = shader.ramp(shader.noise(here, 0.35), 0.35, 0.65)
    colour = shader.mix(big, (0.055, 0.055, 0.057), (0.085, 0.083, 0.080))
    colour = shader.mix(shader.ramp(middle, 0.35, 0.7, 0, 0.55), colour, (0.105, 0.102, 0.097))
    return shader.mix(shader.ramp(fine, 0.35, 0.65, 0, 0.55), colour, (0.145, 0.14, 0.135))


def _cracks(shader: Shader, here: Socket) -> Socket:
    """Where warped cells meet, and only in some parts of the road."""
    warped = shader.mix(0.10, here, shader.noise(here, 2.5, 5, colour=True))
    cells = shader.new("ShaderNodeTexVoronoi")
    cells.feature = "DISTANCE_TO_EDGE"
    cells.inputs["Scale"].default_value = 0.45
    shader.feed(cells.inputs["Vector"], warped)
    lines = shader.ramp(cells.outputs["Distance"], 0.003, 0.008, 0.8, 0)
    return shader.times(lines, shader.ramp(shader.noise(here, 0.22, 3), 0.54, 0.62))


def _painted(shader: Shader, here: Socket, middle: Socket, colour: Socket, paint: Path) -> Socket:
    yellow, white, stain = shader.channels(shader.picture(paint, data=True).outputs["Color"])
    colour = shader.mix(shader.times(stain, 1.3), colour, (0.035, 0.034, 0.034))
    flakes = shader.ramp(shader.noise(here, 14.0, 8, 0.7), 0.36, 0.50)
    wear = shader.times(flakes, shader.ramp(shader.noise(here, 1.1), 0.30, 0.50, 0.45, 0.95))
    tone = shader.ramp(middle, 0.3, 0.7)
    colour = shader.mix(shader.times(yellow, wear), colour, shader.mix(tone, (0.52, 0.31, 0.02), (0.62, 0.40, 0.05)))
    return shader.mix(shader.times(white, wear), colour, shader.mix(tone, (0.42, 0.42, 0.40), (0.58, 0.58, 0.55)))


def _wetted(shader: Shader, here: Socket, colour: Socket, rough: Socket, wet: float) -> tuple[Socket, Socket]:
    """A film that darkens everything, and puddles where the road lies low."""
    puddle = shader.ramp(shader.noise(here, 0.45, 4), 0.50, 0.60, 0.35 * wet, wet, soft=True)
    colour = shader.mix(puddle, colour, shader.mix(1.0, colour, (0.42, 0.43, 0.45), "MULTIPLY"))
    shader.set(Specular_IOR_Level=shader.ramp(puddle, 0, 1, 0.5, 0.75))
    return colour, shader.mix(puddle, rough, (0.06, 0.06, 0.06))


def bricks(
    name: str,
    colours: tuple[Vec3, Vec3, Vec3],
    size: tuple[float, float],
    *,
    joint: float = 0.008,
    dirt: float = 0.35,
    upright: bool = False,
    wet: float = 0.0,
) -> bpy.types.Material:
    """colours: two of the stones and one of the joints. upright: laid on a wall along x."""
    return cached(name, lambda: _bricks(name, colours, size, joint, dirt, upright, wet))


def _bricks(
    name: str,
    colours: tuple[Vec3, Vec3, Vec3],
    size: tuple[float, float],
    joint: float,
    dirt: float,
    upright: bool,
    wet: float,
) -> bpy.types.Material:
    shader = Shader(name)
    here = shader.here()
    node = shader.new("ShaderNodeTexBrick")
    numbers = {"Scale": 1.0, "Brick Width": size[0], "Row Height": size[1], "Mortar Size": joint}
    for slot, value in (numbers | dict(zip(("Color1", "Color2", "Mortar"), colours, strict=True))).items():
        shader.feed(node.inputs[slot], value)
    x, _, z = shader.axes(here)
    shader.feed(node.inputs["Vector"], shader.vector(x, z) if upright else here)
    grime = shader.ramp(shader.noise(here, 1.2, 8, 0.7), 0.35, 0.7, 1 - dirt, 1.05)
    colour = shader.mix(1.0, node.outputs["Color"], grime, "MULTIPLY")
    if wet:
        colour = shader.mix(0.45 * wet, colour, (0.02, 0.02, 0.022))
    shader.set(Base_Color=colour, Roughness=0.85 - 0.5 * wet)
    shader.bump(node.outputs["Fac"], 0.008, invert=True)
    return shader.material
