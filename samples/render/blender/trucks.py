"""Trucks, buses and the fire engine: boxes with glass bands, well rounded, on real wheels."""

import math
from collections.abc import Callable

from samples.render.blender import paints
from samples.render.blender.coachwork import axle, lamps, mirrors, pane, rounded
from samples.render.blender.mesh import Material, Object, joint, mesh_object
from samples.render.blender.shader import plain, printed
from samples.render.blender.solids import box, card, rod
from samples.render.blender.textures import Textures
from samples.render.description import Actor

Build = Callable[[Actor, Textures], Object]


def _cab(root: Object, x: float, width: float, height: float, coat: Material) -> None:
    """A cab whose front stands at x + 0.85."""
    side = [
        (x - 0.85, 0.55),
        (x + 0.85, 0.45),
        (x + 0.88, 1.25),
        (x + 0.68, height - 0.1),
        (x + 0.5, height),
        (x - 0.85, height),
    ]
    rounded("cab", side, width, coat, root, round_by=0.09)
    glass = [(x + 0.885, 1.35), (x + 0.70, height - 0.22)]
    (xa, za), (xb, zb) = glass
    wide = width / 2 - 0.12
    corners = [(xa, -wide, za), (xa, wide, za), (xb, wide * 0.95, zb), (xb, -wide * 0.95, zb)]
    mesh_object(
        "windscreen",
        [(a + 0.01, b, c) for a, b, c in corners],
        [(0, 1, 2, 3)],
        paints.glass(),
        parent=root,
        smooth=False,
    )
    for s in (1, -1):
        pane(root, x + 0.12, s * (width / 2 + 0.002), (1.3 + height - 0.2) / 2, (0.85, 0.03, height - 1.65))
        box("door gap", (0.02, 0.04, 1.3), (x - 0.4, s * width / 2, 1.2), paints.gap(), parent=root)
    box("grille", (0.04, width - 0.9, 0.42), (x + 0.88, 0, 0.95), paints.trim(), parent=root)
    box("bumper", (0.12, width - 0.04, 0.3), (x + 0.86, 0, 0.52), paints.trim(), parent=root, bevel=0.04)


def truck(actor: Actor, textures: Textures) -> Object:
    """A light box truck of 6 m."""
    root, width = joint("truck"), 2.05
    _cab(root, 2.15, width, 2.25, paints.paint(actor.colour or "blue"))
    cargo = plain("cargo box", (0.66, 0.66, 0.63), 0.5, 0.2, vary=0.10, scale=1.5)
    box("cargo", (4.2, 2.15, 2.0), (-0.95, 0, 1.95), cargo, parent=root, bevel=0.03)
    for k in range(9):
        for side in (1, -1):
            box(
                "rib",
                (0.04, 0.03, 1.9),
                (-2.9 + 0.49 * k, side * 1.085, 1.95),
                plain("rib", (0.5, 0.5, 0.48)),
                parent=root,
            )
    box("chassis", (5.4, 0.9, 0.24), (-0.3, 0, 0.72), paints.trim(), parent=root)
    box("door gap", (0.03, 0.02, 1.9), (-3.06, 0, 1.95), paints.gap(), parent=root)
    for x in (2.0, -1.9):
        axle(root, x, width, 0.40)
    lamps(root, 3.04, -3.02, width, 0.82)
    mirrors(root, 2.85, width, 1.75)
    plate = printed(f"plate {actor.seed}", textures.plate(actor.seed), 0.4)
    card("plate", (0.44, 0.14), (3.1, 0, 0.55), plate, turn=(0, 0, math.pi / 2), parent=root)
    return root


def fire_engine(actor: Actor, textures: Textures) -> Object:
    root, width = joint("fire engine"), 2.5
    red = paints.paint("fire")
    _cab(root, 3.1, width, 2.75, red)
    box("pump body", (5.2, width, 2.05), (-0.55, 0, 1.75), red, parent=root, bevel=0.05)
    shutter = plain("roller door", (0.55, 0.56, 0.56), 0.35, 0.6, vary=0.06)
    for k in range(3):
        for side in (1, -1):
            box("roller", (1.45, 0.03, 1.35), (-2.2 + 1.62 * k, side * (width / 2 + 0.005), 1.75), shutter, parent=root)
    stripe = plain("white stripe", (0.8, 0.8, 0.78), 0.4)
    box("stripe", (7.4, width + 0.03, 0.16), (0.3, 0, 0.88), stripe, parent=root)
    for x in (-2.4, -1.2, 0, 1.2):
        box("rung", (0.06, 0.7, 0.05), (x, 0.3, 2.95), paints.stainless(), parent=root)
    for y in (-0.05, 0.65):
        rod("ladder", (-3.0, y, 2.95), (1.9, y, 2.95), 0.04, paints.stainless(), parent=root)
    blue = plain("blue light", (0.05, 0.15, 0.9), 0.2, glow=2.0)
    box("light bar", (0.3, 1.8, 0.2), (3.2, 0, 2.86), blue, parent=root, bevel=0.05)
    words = printed("fire word", textures.board("消防", (150, 10, 8), (255, 240, 220), (600, 300)))
    card("word", (0.9, 0.45), (3.0, -width / 2 - 0.03, 1.05), words, parent=root)
    for x in (2.6, -1.9):
        axle(root, x, width, 0.5)
    lamps(root, 4.0, -3.16, width, 0.95)
    mirrors(root, 3.8, width, 2.1)
    return root


BUILDERS: dict[str, Build] = {"truck": truck, "fire_engine": fire_engine}
