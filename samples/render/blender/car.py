"""Passenger cars and vans: four shapes, put together from body, cabin, wheels and the details that detectors need."""

import math

import bpy
import numpy as np

from samples.render.blender import paints
from samples.render.blender.cabin import cabin
from samples.render.blender.carbody import Body, CarShape
from samples.render.blender.carshapes import SHAPES
from samples.render.blender.mesh import Object, joint, mesh_object, sharpened
from samples.render.blender.shader import plain, printed
from samples.render.blender.solids import ball, card, rod, turned
from samples.render.blender.textures import Textures


def car(kind: str, colour: str, plate: int, textures: Textures) -> Object:
    """Front towards +x, standing on z = 0. Its wheels are children called "wheel…"."""
    shape = SHAPES[kind]
    root = joint(kind)
    body = Body(shape)
    coat = paints.paint(colour)
    skin = body.skin(coat, paints.trim(), root)
    _cut_arches(skin, shape)
    cabin(body, coat, root)
    for axle in shape.axles:
        for side in (1, -1):
            wheel(shape.wheel, root, (axle, side * (shape.width / 2 - 0.095), shape.wheel), side)
    _doors(body, root, coat)
    _nose(body, root)
    _tail(body, root)
    _plates(body, root, plate, textures)
    _mirrors(body, root, coat)
    return root


def _cut_arches(skin: Object, shape: CarShape) -> None:
    cutters = [_cutter(skin, shape, axle, side) for axle in shape.axles for side in (1, -1)]
    bpy.context.view_layer.update()
    depsgraph = bpy.context.evaluated_depsgraph_get()
    mesh = bpy.data.meshes.new_from_object(skin.evaluated_get(depsgraph))
    skin.modifiers.clear()
    skin.data = mesh
    for cutter in cutters:
        bpy.data.objects.remove(cutter)
    sharpened(skin, 40)


def _cutter(skin: Object, shape: CarShape, axle: float, side: int) -> Object:
    radius = shape.wheel + 0.055
    drum = [(0.0001, -0.30), (radius, -0.30), (radius, 0.30), (0.0001, 0.30)]
    at = (axle, side * (shape.width / 2 + 0.06), shape.wheel + 0.01)
    cutter = turned("cutter", drum, paints.trim(), sides=36, across=True, at=at, parent=skin.parent)
    cut = skin.modifiers.new("arch", "BOOLEAN")
    cut.object, cut.operation, cut.solver, cut.material_mode = cutter, "DIFFERENCE", "EXACT", "TRANSFER"
    return cutter


def wheel(radius: float, parent: Object, at: tuple[float, float, float], side: int, width: float = 0.20) -> Object:
    hub = joint("wheel", at, parent=parent)
    r, w = radius, width / 2
    tyre = [(r * 0.60, -w), (r * 0.66, -w), (r * 0.93, -w * 0.98), (r, -w * 0.75)]
    turned("tyre", tyre + [(a, -b) for a, b in tyre[::-1]], paints.rubber(), across=True, parent=hub)
    y = side * w
    dish = [(r * 0.66, y * 0.96), (r * 0.61, y * 0.98), (r * 0.58, y * 0.72), (r * 0.20, y * 0.86), (0, y * 0.90)]
    turned("rim", dish, plain("rim", (0.55, 0.56, 0.58), 0.28, 0.9), across=True, parent=hub)
    for k in range(5):
        _between_spokes(hub, r, y * 0.90 + side * 0.004, 2 * math.pi * k / 5)
    return hub


def _between_spokes(hub: Object, r: float, y: float, turn: float) -> None:
    corners = [(rr, turn + sign * da) for rr, da in ((0.27, 0.22), (0.56, 0.42)) for sign in (-1, 1)]
    vertices = [(r * rr * math.cos(a), y, r * rr * math.sin(a)) for rr, a in corners]
    mesh_object("gap", vertices, [(0, 1, 3, 2)], paints.trim(), parent=hub, smooth=False)


def _doors(body: Body, root: Object, coat: bpy.types.Material) -> None:
    rear, front = body.shape.axles
    low = body.shape.clearance + 0.10
    middle = front - 0.62 * (front - rear) + 0.12
    for a, b in ((rear + 0.50, middle), (middle, front - 0.50)):
        top = [(x, body.top(x) - 0.06) for x in (a, b)]
        body.ribbon([top[0], (a, low + 0.05), (b, low + 0.02), top[1]], 0.014, paints.gap(), root)
    moulding = paints.trim() if body.shape.height > 1.6 else coat
    body.ribbon([(rear + 0.52, low + 0.17), (front - 0.52, low + 0.17)], 0.05, moulding, root, lift=0.008)
    for x in (middle + 0.12, rear + 0.62):
        z = body.top(x) - 0.15
        body.ribbon([(x, z), (x + 0.17, z)], 0.028, coat, root, lift=0.02)
    for axle in body.shape.axles:
        body.ribbon(_arch(body.shape, axle), 0.02, paints.gap(), root, lift=0.006)


def _arch(shape: CarShape, axle: float) -> list[tuple[float, float]]:
    radius = shape.wheel + 0.065
    turns = np.linspace(0.12 * math.pi, 0.88 * math.pi, 22)
    return [(axle + radius * math.cos(t), shape.wheel + 0.01 + radius * math.sin(t)) for t in turns]


def _nose(body: Body, root: Object) -> None:
    z = 0.80 if body.shape.boxy else body.top(body.half * 0.97) - 0.06
    low = body.shape.clearance
    housing = plain("lamp housing", (0.10, 0.10, 0.11), 0.08, 0.3, coat=1.0)
    lens, trim = paints.headlamp(), paints.trim()
    body.patch(1, (0.58, 0.985), (z - 0.17, z - 0.02), housing, root)
    body.patch(1, (0.66, 0.80), (z - 0.15, z - 0.04), lens, root, 0.018)
    body.patch(1, (0.83, 0.95), (z - 0.145, z - 0.045), lens, root, 0.018)
    body.patch(1, (0, 0.97), (low + 0.30, low + 0.312), paints.gap(), root, 0.003)
    body.patch(1, (0, 0.92), (low + 0.10, low + 0.17), trim, root, 0.02)
    body.patch(1, (0, 0.52), (z - 0.15, z - 0.04), trim, root)
    body.patch(1, (0, 0.55), (z - 0.42, z - 0.25), trim, root)
    body.patch(1, (0.66, 0.90), (z - 0.40, z - 0.33), lens, root)


def _tail(body: Body, root: Object) -> None:
    boxy = body.shape.boxy
    z = body.top(-body.half * 0.97) - 0.05
    low = body.shape.clearance
    lamps = ((0.88, 0.975), (0.62, 0.98)) if boxy else ((0.66, 0.975), (z - 0.20, z))
    body.patch(-1, *lamps, paints.tail_lamp(), root)
    body.patch(-1, (0, 0.88), (low + 0.10, low + 0.24), paints.trim(), root, 0.008)
    body.patch(-1, (0, 0.93), (z - 0.30, z - 0.288), paints.gap(), root, 0.003)


def _plates(body: Body, root: Object, plate: int, textures: Textures) -> None:
    face = printed(f"plate {plate}", textures.plate(plate), 0.4)
    z = body.top(body.half * 0.97) - 0.32
    card("plate", (0.44, 0.14), (body.half + 0.012, 0, z), face, turn=(0, 0, math.pi / 2), parent=root)
    card("plate", (0.44, 0.14), (-body.half - 0.012, 0, z + 0.1), face, turn=(0, 0, -math.pi / 2), parent=root)


def _mirrors(body: Body, root: Object, coat: bpy.types.Material) -> None:
    x, half = body.shape.cabin[1] - 0.40, body.shape.width / 2
    z = body.top(x)
    for side in (1, -1):
        ball("mirror", 0.10, (x, side * (half + 0.10), z + 0.10), coat, parent=root, scale=(0.6, 1.05, 0.75))
        ends = (x, side * (half - 0.08), z + 0.02), (x, side * (half + 0.06), z + 0.06)
        rod("arm", *ends, 0.022, paints.trim(), parent=root)
