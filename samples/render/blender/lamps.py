"""The street's lamps: posts over the road, and over a market's stalls a garland of bulbs."""

import math
from itertools import pairwise

import bpy

from samples.render.blender.mesh import Object
from samples.render.blender.shader import plain
from samples.render.blender.solids import ball, box, rod
from samples.render.description import Layout, Light
from samples.render.lamps import Lamp, garland, posts

_WARM = (1.0, 0.74, 0.44)
_SPAN, _SAG, _BULBS = 5.0, 0.35, 9
"""Metres between two poles of the garland, how deep it hangs, and how many bulbs hang there."""


def lamps(layout: Layout, light: Light) -> None:
    for lamp in posts(layout):
        _post(lamp, layout.road_y[1], lit=light.lamps)
    over = garland(layout)
    if over:
        _garland(over, layout.road_y[1], lit=light.lamps)


def _post(lamp: Lamp, kerb: float, *, lit: bool) -> None:
    x, steel = lamp.x or 0.0, plain("post", (0.30, 0.31, 0.31), 0.5, 0.5)
    rod("post", (x, kerb + 0.35, 0.1), (x, kerb + 0.35, 7.2), 0.08, steel, end_radius=0.05)
    rod("arm", (x, kerb + 0.35, 7.1), (x, kerb - 1.6, 7.5), 0.035, steel)
    head = plain("lamp glow", (1.0, 0.82, 0.55), glow=30.0) if lit else plain("lamp head", (0.5, 0.5, 0.5))
    box("head", (0.28, 0.7, 0.06), (x, lamp.y, 7.47), head)
    if lit:
        _spot(x, lamp)


def _spot(x: float, lamp: Lamp) -> None:
    """A lamp's light, so that few samples find it."""
    light = bpy.data.lights.new("lamp", "SPOT")
    light.energy, light.color, light.shadow_soft_size = 1500.0, _WARM, 0.35
    light.spot_size, light.spot_blend = math.radians(130), 0.9
    _hung(light, (x, lamp.y, lamp.z))


def _garland(lamp: Lamp, kerb: float, *, lit: bool) -> None:
    """Bulbs to look at; what they light comes from one long lamp, which few samples find."""
    glass = plain("bulb glow", (1.0, 0.72, 0.36), glow=22.0) if lit else plain("bulb", (0.6, 0.6, 0.55), 0.2)
    wood, wire = plain("pole", (0.20, 0.13, 0.08), 0.8), plain("wire", (0.02, 0.02, 0.02))
    for span in range(-3, 3):
        start = span * _SPAN
        rod("pole", (start, kerb + 0.25, 0.1), (start, kerb + 0.25, lamp.z + 0.3), 0.035, wood)
        knots = [(start + _SPAN * k / _BULBS, lamp.z + 0.25 - _hang(k / _BULBS)) for k in range(_BULBS + 1)]
        for (x0, z0), (x1, z1) in pairwise(knots):
            rod("wire", (x0, kerb + 0.25, z0), (x1, kerb + 0.25, z1), 0.008, wire, sides=4)
            ball("bulb", 0.055, (x1, kerb + 0.25, z1 - 0.07), glass, rings=6, sides=8)
    if lit:
        _long_light(lamp)


def _hang(share: float) -> float:
    return _SAG * (1 - (2 * share - 1) ** 2)


def _long_light(lamp: Lamp) -> None:
    light = bpy.data.lights.new("garland", "AREA")
    light.shape, light.size, light.size_y = "RECTANGLE", 30.0, 0.5
    light.energy, light.color = 900.0, _WARM
    _hung(light, (0.0, lamp.y, lamp.z))


def _hung(light: bpy.types.Light, at: tuple[float, float, float]) -> Object:
    thing = bpy.data.objects.new(light.name, light)
    thing.location = at
    bpy.context.scene.collection.objects.link(thing)
    return thing
