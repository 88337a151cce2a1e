"""What stands behind the pavement: shop fronts with their signs, or homes with their doors, and storeys above."""

import random
from dataclasses import dataclass

import bpy

from samples.render.blender import paints
from samples.render.blender.mesh import grid, mesh_object
from samples.render.blender.shader import plain, printed
from samples.render.blender.solids import box, card
from samples.render.blender.surfaces import bricks
from samples.render.blender.textures import SIGNS, Textures
from samples.render.description import Front, Layout, Vec3

BAY = 3.8
"""Metres of street that one shop or one flat takes."""
_GROUND, _STOREY = 3.7, 3.0
_DAY_WALLS: tuple[Vec3, ...] = ((0.55, 0.5, 0.4), (0.45, 0.48, 0.5), (0.5, 0.42, 0.35))
_LIT_WALLS: tuple[Vec3, ...] = ((0.95, 0.66, 0.34), (0.85, 0.72, 0.52), (0.95, 0.58, 0.26))


@dataclass(frozen=True, slots=True)
class _Plot:
    """One bay of the house: its middle, the line of the front, and how brightly its windows and sign shine."""

    x: float
    y: float
    number: int
    glow: float
    rng: random.Random
    wall: bpy.types.Material
    textures: Textures


def facade(layout: Layout, seed: int, textures: Textures, *, lamps: bool) -> None:
    wall = _wall(layout.wall)
    rng = random.Random(seed)
    for number in range(18):
        x = -34 + BAY * (number + 0.5)
        plot = _Plot(x, layout.front_y, number * 5 + seed, 1.6 if lamps else 0.0, rng, wall, textures)
        (_home if layout.front is Front.HOMES else _shop)(plot)
        for storey in range(layout.storeys):
            _flat(plot, _GROUND + storey * _STOREY, balcony=layout.front is Front.HOMES)


def _wall(colour: Vec3) -> bpy.types.Material:
    darker, joint = (tuple(c * k for c in colour) for k in (0.92, 0.72))
    return bricks("wall tile", (colour, darker, joint), (0.30, 0.10), joint=0.006, upright=True)


def _frame() -> bpy.types.Material:
    return plain("frame", (0.55, 0.55, 0.54), 0.4, 0.5)


def _pane(plot: _Plot) -> bpy.types.Material:
    if plot.glow and plot.rng.random() < 0.6:
        return plain("lit pane", (0.95, 0.62, 0.28), 0.2, glow=0.45 * plot.glow)
    return plain("pane", (0.03, 0.038, 0.045), 0.05, specular=0.7)


def _shop(plot: _Plot) -> None:
    wide = BAY - 0.45
    box("pillar", (0.45, 0.5, _GROUND), (plot.x - BAY / 2, plot.y + 0.2, _GROUND / 2), plot.wall)
    fate = plot.rng.random()
    (_shutter if fate < 0.25 and not plot.glow else _shop_window)(plot, wide)
    box("lintel", (BAY, 0.5, 0.18), (plot.x, plot.y + 0.2, _GROUND - 0.09), plot.wall)
    box("sign box", (BAY - 0.25, 0.16, 0.82), (plot.x, plot.y - 0.10, 3.15), plain("sign edge", (0.3, 0.3, 0.3)))
    number = plot.number % len(SIGNS)
    face = printed(f"sign {number}", plot.textures.sign(number), 0.35, glow=1.1 * plot.glow)
    card("sign", (BAY - 0.27, 0.80), (plot.x, plot.y - 0.185, 3.15), face)
    if fate > 0.72:
        _awning(plot)


def _shutter(plot: _Plot, wide: float) -> None:
    steel = plain("shutter", (0.42, 0.44, 0.45), 0.5, 0.4, vary=0.12, scale=2)
    box("shutter", (wide, 0.06, 2.75), (plot.x, plot.y + 0.32, 1.38), steel)
    for k in range(26):
        slat = plain("slat", (0.25, 0.26, 0.27))
        box("slat", (wide, 0.03, 0.018), (plot.x, plot.y + 0.285, 0.1 + k * 0.104), slat)


def _shop_window(plot: _Plot, wide: float) -> None:
    tones = _LIT_WALLS if plot.glow else _DAY_WALLS
    tone = plot.rng.choice(tones)
    back = plain(f"shop wall {tone} {plot.glow}", tone, 0.8, vary=0.2, glow=0.28 * plot.glow)
    box("back", (BAY, 0.05, _GROUND), (plot.x, plot.y + 2.5, _GROUND / 2), back)
    goods = plain("shelf", (0.35, 0.28, 0.22), 0.8, vary=0.6, scale=7)
    box("shelf", (BAY - 0.8, 0.4, 1.7), (plot.x, plot.y + 2.1, 0.9), goods)
    if not plot.glow:
        box("window", (wide * 0.58, 0.03, 2.4), (plot.x - wide * 0.20, plot.y + 0.32, 1.35), _pane(plot))
        box("door", (wide * 0.38, 0.02, 2.4), (plot.x + wide * 0.30, plot.y + 0.36, 1.25), _pane(plot))
    for dx in (-wide / 2, 0.0, wide * 0.10, wide / 2):
        box("frame", (0.06, 0.07, 2.6), (plot.x + dx, plot.y + 0.31, 1.3), _frame())
    box("frame", (wide, 0.07, 0.07), (plot.x, plot.y + 0.31, 2.58), _frame())
    box("sill", (wide * 0.6, 0.12, 0.28), (plot.x - wide * 0.20, plot.y + 0.30, 0.14), plot.wall)


def _awning(plot: _Plot) -> None:
    xs = [plot.x - BAY / 2 + 0.2 + (BAY - 0.4) * k / 8 for k in range(9)]
    profile = ((-0.1, 2.70), (-1.1, 2.30), (-1.12, 2.12))
    vertices = [(x, plot.y + y, z) for x in xs for y, z in profile]
    faces = grid(9, 3)
    stripes = [paints.cloth((0.05, 0.22, 0.12)), paints.cloth((0.62, 0.60, 0.55))]
    mesh_object("awning", vertices, faces, stripes, of_face=[(i // 2) % 2 for i in range(len(faces))], smooth=False)


def _home(plot: _Plot) -> None:
    """A plastered ground floor: every third bay an entrance with its canopy, the others a barred window."""
    plinth = plain("plinth", (0.30, 0.29, 0.27), 0.9, vary=0.25, scale=2)
    if plot.number % 3 == 1:
        return _entrance(plot, plinth)
    _opening(plot, 0.0, _GROUND, width=1.9)
    box("plinth", (BAY, 0.08, 0.8), (plot.x, plot.y - 0.03, 0.4), plinth)
    _bars(plot, 0.95, 1.9)
    return None


def _entrance(plot: _Plot, plinth: bpy.types.Material) -> None:
    door = plain("house door", (0.10, 0.16, 0.14), 0.5, 0.3, vary=0.1)
    for side in (1, -1):
        box("wall", (1.0, 0.24, _GROUND), (plot.x + side * 1.4, plot.y + 0.12, _GROUND / 2), plot.wall)
    box("wall", (1.8, 0.24, 1.2), (plot.x, plot.y + 0.12, _GROUND - 0.6), plot.wall)
    box("door", (1.8, 0.1, 2.5), (plot.x, plot.y + 0.20, 1.25), door)
    box("gap", (0.04, 0.12, 2.4), (plot.x, plot.y + 0.17, 1.25), paints.gap())
    box("canopy", (2.6, 1.2, 0.14), (plot.x, plot.y - 0.5, 2.75), plinth)
    box("step", (2.2, 0.7, 0.14), (plot.x, plot.y - 0.3, 0.2), plinth)
    plate = printed(
        f"unit {plot.number % 9}", plot.textures.board(f"{plot.number % 9 + 1}单元", (30, 60, 120), (255, 255, 255))
    )
    card("unit", (0.7, 0.24), (plot.x, plot.y - 0.02, 3.05), plate)


def _flat(plot: _Plot, floor: float, *, balcony: bool) -> None:
    _opening(plot, floor, _STOREY, width=1.7)
    concrete = plain("sill concrete", (0.5, 0.5, 0.48), 0.8)
    box("sill", (1.9, 0.16, 0.06), (plot.x, plot.y - 0.04, floor + 0.92), concrete)
    if plot.rng.random() < 0.55:
        unit = plain("air conditioner", (0.62, 0.62, 0.58), 0.6, vary=0.12)
        side = plot.rng.choice((-1, 1))
        box("unit", (0.80, 0.32, 0.58), (plot.x + 1.3 * side, plot.y - 0.20, floor + 0.55), unit, bevel=0.02)
    if balcony and plot.number % 3 == 0:
        _balcony(plot, floor, concrete)
    elif plot.rng.random() < 0.35:
        _bars(plot, floor + 0.95, 1.7)


def _opening(plot: _Plot, floor: float, height: float, *, width: float) -> None:
    """A wall round a window of 1.55 m, with frames and perhaps a curtain."""
    tall, low = 1.55, floor + 0.95
    box("wall", (BAY, 0.24, 0.95), (plot.x, plot.y + 0.12, floor + 0.475), plot.wall)
    rest = height - 0.95 - tall
    box("wall", (BAY, 0.24, rest), (plot.x, plot.y + 0.12, low + tall + rest / 2), plot.wall)
    for side in (1, -1):
        at = (plot.x + side * (BAY + width) / 4, plot.y + 0.12, low + tall / 2)
        box("wall", ((BAY - width) / 2, 0.24, tall), at, plot.wall)
    box("pane", (width, 0.02, tall), (plot.x, plot.y + 0.16, low + tall / 2), _pane(plot))
    if plot.rng.random() < 0.5:
        curtain = plain("curtain", (0.55, 0.52, 0.46), 0.9, vary=0.15, scale=5)
        wide = width * plot.rng.uniform(0.3, 0.9)
        box(
            "curtain",
            (wide, 0.02, tall),
            (plot.x + plot.rng.uniform(-0.3, 0.3), plot.y + 0.14, low + tall / 2),
            curtain,
        )
    for dx in (-width / 2, 0, width / 2):
        box("frame", (0.05, 0.06, tall), (plot.x + dx, plot.y + 0.13, low + tall / 2), _frame())
    for dz in (0, tall * 0.68, tall):
        box("frame", (width, 0.06, 0.05), (plot.x, plot.y + 0.13, low + dz), _frame())


def _bars(plot: _Plot, low: float, width: float) -> None:
    for k in range(9):
        at = (plot.x - width / 2 + width * k / 8, plot.y - 0.18, low + 0.78)
        box("bar", (0.012, 0.02, 1.55), at, _frame())
    for k in range(3):
        box("bar", (width, 0.02, 0.02), (plot.x, plot.y - 0.18, low + 0.78 * k), _frame())


def _balcony(plot: _Plot, floor: float, concrete: bpy.types.Material) -> None:
    box("slab", (2.8, 1.1, 0.12), (plot.x, plot.y - 0.5, floor + 0.06), concrete)
    for k in range(15):
        box("rail", (0.02, 0.02, 1.0), (plot.x - 1.35 + k * 0.193, plot.y - 1.0, floor + 0.6), paints.steel())
    box("rail", (2.8, 0.05, 0.05), (plot.x, plot.y - 1.0, floor + 1.1), paints.steel())
    colour = plot.rng.choice(((0.6, 0.1, 0.1), (0.2, 0.3, 0.6), (0.7, 0.66, 0.5)))
    box("washing", (0.9, 0.03, 0.7), (plot.x + 0.4, plot.y - 0.75, floor + 1.7), paints.cloth(colour))
