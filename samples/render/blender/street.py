"""The street itself: road, kerb, pavement, trees, lamps and the small things that lie about."""

import math
import random

import bpy

from samples.render.blender.facade import facade
from samples.render.blender.lamps import lamps
from samples.render.blender.mesh import Object, copied, joined, mesh_object
from samples.render.blender.shader import plain, printed
from samples.render.blender.solids import box, card, flat, turned
from samples.render.blender.surfaces import asphalt, bricks
from samples.render.blender.textures import ROAD, Textures
from samples.render.blender.trees import tree
from samples.render.description import Layout, Light, Paint, Scene

_WALKED_ON = ("paving", "tactile", "wall tile")
"""Materials laid out in metres of their own object: these must not be joined with what has another origin."""


def street(scene: Scene, textures: Textures) -> None:
    layout, light = scene.layout, scene.light
    before = set(bpy.data.objects)
    _road(layout, light, textures)
    _pavement(layout, light)
    _kerb(layout)
    facade(layout, scene.seed, textures, lamps=light.lamps)
    _furniture(layout, light, textures)
    _leaves(layout, scene.seed)
    _gather(set(bpy.data.objects) - before)
    _trees(layout)


def _road(layout: Layout, light: Light, textures: Textures) -> None:
    low, high = layout.road_y
    flat("road", (-ROAD / 2, low), (ROAD / 2, high), 0.0, asphalt(textures.road(layout), light.wet))
    far = plain("far asphalt", (0.08, 0.08, 0.08), 0.9 - 0.6 * light.wet, vary=0.2, scale=1)
    for side in (1, -1):
        box("road further on", (60, high - low, 0.02), (side * 60, (low + high) / 2, -0.012), far)
    box("near side", (180, 12, 0.02), (0, low - 6, -0.012), far)
    iron = plain("iron", (0.10, 0.095, 0.09), 0.55, 0.7)
    for x, y in ((-2.6, -0.6), (8.4, 2.2), (-12.0, 1.4)):
        turned("manhole", [(0, 0.008), (0.33, 0.008), (0.35, 0)], iron, at=(x, y, 0))
    for x in (-9.5, 1.2, 13.6):
        box("grate", (0.55, 0.35, 0.012), (x, high - 0.30, 0.004), plain("grate", (0.03, 0.03, 0.03), 0.6, 0.5))


def _pavement(layout: Layout, light: Light) -> None:
    low, high = layout.road_y[1], layout.front_y
    stones = ((0.30, 0.27, 0.25), (0.26, 0.24, 0.225), (0.14, 0.135, 0.13))
    paving = bricks("paving", stones, (0.40, 0.20), joint=0.007, dirt=0.4, wet=light.wet)
    box("pavement", (180, high - low + 4, 0.14), (0, (low + high) / 2 + 2, 0.07), paving)
    bumps = ((0.52, 0.36, 0.07), (0.46, 0.32, 0.06), (0.25, 0.18, 0.05))
    tactile = bricks("tactile", bumps, (0.30, 0.30), joint=0.01, wet=light.wet)
    box("tactile", (180, 0.30, 0.012), (0, low + 1.9, 0.145), tactile)


def _kerb(layout: Layout) -> None:
    stone = plain("kerb", (0.36, 0.35, 0.33), 0.85, vary=0.25, scale=2)
    for i in range(-40, 41):
        box("kerb", (0.985, 0.16, 0.17), (i, layout.road_y[1] - 0.02, 0.085), stone, bevel=0.015)


def _furniture(layout: Layout, light: Light, textures: Textures) -> None:
    lamps(layout, light)
    for number, x in enumerate((-16, -10.4, 6.0, 16.5)):
        _bin(x, layout.front_y - 0.5, number)
    if layout.paint is Paint.FIRE_LANE:
        board = textures.board("消防通道 禁止占用", (200, 20, 20), (255, 255, 255))
        for x in (-7.2, 6.2):
            card("notice", (1.3, 0.43), (x, layout.front_y - 0.06, 2.15), printed("notice", board))


def _bin(x: float, y: float, number: int) -> None:
    colour = ((0.04, 0.16, 0.07), (0.10, 0.12, 0.14))[number % 2]
    box("bin", (0.50, 0.48, 0.85), (x, y, 0.56), plain(f"bin {colour}", colour, 0.5, vary=0.1), bevel=0.04)
    box("lid", (0.54, 0.52, 0.06), (x, y, 1.01), plain("lid", (0.03, 0.08, 0.05)), bevel=0.02)


def _leaves(layout: Layout, seed: int) -> None:
    """Fallen ones, most of them along the kerb."""
    rng = random.Random(seed + 9)
    kerb = layout.road_y[1]
    vertices, faces = [], []
    for i in range(420):
        x = rng.uniform(-20, 20)
        y = kerb - abs(rng.gauss(0, 0.5)) - 0.1 if rng.random() < 0.6 else rng.uniform(-5, layout.front_y - 0.6)
        z, turn, size = 0.012 if y < kerb - 0.1 else 0.155, rng.uniform(0, 6.28), rng.uniform(0.025, 0.05)
        for k, reach in enumerate((1, 0.5, 1, 0.5)):
            angle = turn + k * math.pi / 2
            vertices.append((x + size * reach * math.cos(angle), y + size * reach * math.sin(angle), z))
        faces.append(tuple(range(4 * i, 4 * i + 4)))
    mesh_object("fallen leaves", vertices, faces, plain("fallen leaf", (0.22, 0.15, 0.05), 0.9), smooth=False)


def _trees(layout: Layout) -> None:
    if not layout.trees_x:
        return
    kinds = [tree(3, leaves=22000), tree(8, height=6.2)]
    soil = plain("soil", (0.09, 0.065, 0.045), 0.95, vary=0.4, scale=12)
    for i, x in enumerate(layout.trees_x):
        y = layout.road_y[1] + 0.85
        copied(kinds[i % 2], (x, y, 0.14), yaw=i * 1.9, scale=1 + 0.12 * ((i * 7) % 3 - 1))
        box("tree pit", (1.0, 1.0, 0.01), (x, y, 0.145), soil)
    for kind in kinds:
        kind.location = (0, 0, -50)


def _gather(new: set[Object]) -> None:
    things = sorted(
        (o for o in new if o.type == "MESH" and o.parent is None and o.name != "road"), key=lambda o: o.name
    )
    loose, walls = [o for o in things if not _has(o, _WALKED_ON)], [o for o in things if _has(o, ("wall tile",))]
    joined(loose, "street furniture")
    joined(walls, "walls")


def _has(thing: Object, names: tuple[str, ...]) -> bool:
    return any(slot and slot.name in names for slot in thing.data.materials)
