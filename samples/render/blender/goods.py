"""What blocks a lane without being a vehicle: bins, cartons, pallets, barriers, a heap of sand."""

import math
import random
from collections.abc import Callable

import numpy as np

from samples.render.blender import paints
from samples.render.blender.mesh import Object, grid, joint, mesh_object
from samples.render.blender.shader import plain, printed
from samples.render.blender.solids import box, card, rod, turned
from samples.render.blender.textures import Rgb, Textures
from samples.render.description import Actor, Vec3

Build = Callable[[Actor, Textures], Object]


def carton(actor: Actor, textures: Textures) -> Object:
    """A cardboard box of the size that household goods come in, taped and printed on its sides."""
    rng = random.Random(actor.seed)
    root = joint("carton")
    long, wide, high = rng.uniform(0.75, 0.95), rng.uniform(0.55, 0.70), rng.uniform(0.60, 0.80)
    colour = rng.choice(((0.42, 0.28, 0.15), (0.50, 0.36, 0.21), (0.36, 0.25, 0.14)))
    cardboard = plain(f"cardboard {colour}", colour, 0.85, vary=0.12)
    box("carton", (long, wide, high), (0, 0, high / 2), cardboard, parent=root, bevel=0.01)
    tape = plain("tape", (0.55, 0.45, 0.28), 0.3)
    box("tape", (long + 0.004, 0.06, high + 0.006), (0, 0, high / 2), tape, parent=root)
    _prints(root, (long, wide, high), rng, textures)
    return root


_PRINTS: tuple[tuple[str, Rgb, Rgb], ...] = (
    ("小心轻放 向上", (196, 158, 110), (40, 24, 14)),
    ("示例饮料 24罐", (214, 40, 36), (255, 240, 200)),
    ("样板家电", (236, 236, 230), (20, 60, 150)),
)


def _prints(root: Object, size: Vec3, rng: random.Random, textures: Textures) -> None:
    """On all four sides, so that the box looks like goods from wherever it is seen."""
    long, wide, high = size
    words, ground, ink = rng.choice(_PRINTS)
    face = printed(f"print {words}", textures.board(words, ground, ink, (900, 380)))
    for quarter in range(4):
        across, out = ((long, wide), (wide, long))[quarter % 2]
        turn = quarter * math.pi / 2
        at = (math.sin(turn) * (out / 2 + 0.004), -math.cos(turn) * (out / 2 + 0.004), high * 0.58)
        card("print", (across * 0.78, high * 0.46), at, face, turn=(0, 0, turn), parent=root)


def pallet(actor: Actor, textures: Textures) -> Object:
    """Cement sacks on a pallet."""
    rng = random.Random(actor.seed)
    root = joint("pallet")
    for y in (-0.5, -0.25, 0, 0.25, 0.5):
        box("board", (1.2, 0.12, 0.03), (0, y, 0.14), paints.wood(), parent=root)
    for x in (-0.5, 0, 0.5):
        box("block", (0.1, 1.1, 0.12), (x, 0, 0.06), paints.wood(), parent=root)
    sack = plain("sack", (0.52, 0.50, 0.44), 0.9, vary=0.15, scale=5)
    for layer in range(4):
        for x, y in ((-0.3, -0.36), (-0.3, 0.0), (-0.3, 0.36), (0.3, -0.36), (0.3, 0.0), (0.3, 0.36)):
            at = (x + rng.uniform(-0.03, 0.03), y + rng.uniform(-0.02, 0.02), 0.23 + 0.145 * layer)
            box("sack", (0.58, 0.35, 0.15), at, sack, parent=root, bevel=0.06, turn=(0, 0, rng.uniform(-0.05, 0.05)))
    return root


def sand_heap(actor: Actor, textures: Textures) -> Object:
    rng = np.random.RandomState(actor.seed)
    root = joint("sand heap")
    rings, sides = 14, 40
    lumps = rng.uniform(0.85, 1.15, sides)
    lumps = (lumps + np.roll(lumps, 1) + np.roll(lumps, -1)) / 3
    vertices = []
    for i in range(rings):
        share = i / (rings - 1)
        for k in range(sides):
            reach = 1.35 * share * lumps[k]
            height = 0.85 * (1 - share) ** 1.15 + rng.uniform(-0.012, 0.012) * (0 < i < rings - 1)
            vertices.append(
                (reach * math.cos(2 * math.pi * k / sides), 0.8 * reach * math.sin(2 * math.pi * k / sides), height)
            )
    sand = plain("sand", (0.42, 0.32, 0.19), 0.95, vary=0.22, scale=9)
    mesh_object("sand", vertices, grid(rings, sides, closed=True), sand, parent=root)
    return root


def barrier(actor: Actor, textures: Textures) -> Object:
    """A water-filled barrier, red or white by turns."""
    root = joint("barrier")
    red = plain("barrier red", (0.60, 0.05, 0.03), 0.5, vary=0.1)
    white = plain("barrier white", (0.75, 0.74, 0.70), 0.5, vary=0.1)
    for k in range(4):
        x = -0.75 + 0.5 * k
        box("foot", (0.5, 0.45, 0.25), (x, 0, 0.125), (red, white)[k % 2], parent=root, bevel=0.03)
        box("wall", (0.5, 0.24, 0.6), (x, 0, 0.5), (red, white)[k % 2], parent=root, bevel=0.04)
    return root


def dustbin(actor: Actor, textures: Textures) -> Object:
    """A 240-litre wheeled bin."""
    root = joint("bin")
    green = plain(f"wheeled bin {actor.colour}", paints.PAINTS[actor.colour or "green"][0], 0.5, vary=0.12)
    outline = [(0.20, 0.08), (0.24, 0.3), (0.29, 0.92)]
    vertices = [(sx * r, sy * r * 1.1, z) for r, z in outline for sx, sy in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    mesh_object("tub", vertices, [*grid(3, 4, closed=True), (3, 2, 1, 0)], green, parent=root, smooth=False)
    box("lid", (0.64, 0.70, 0.07), (0.0, 0, 0.97), green, parent=root, turn=(0, 0.05, 0), bevel=0.03)
    rod("handle", (-0.34, -0.25, 0.93), (-0.34, 0.25, 0.93), 0.02, paints.trim(), parent=root)
    for side in (1, -1):
        turned(
            "castor",
            [(0, -0.03), (0.1, -0.03), (0.1, 0.03), (0, 0.03)],
            paints.rubber(),
            across=True,
            sides=16,
            parent=root,
            at=(-0.22, side * 0.2, 0.1),
        )
    return root


BUILDERS: dict[str, Build] = {
    "carton": carton,
    "pallet": pallet,
    "sand_heap": sand_heap,
    "barrier": barrier,
    "bin": dustbin,
}
