"""A city bus."""

import math
from collections.abc import Callable

from samples.render.blender import paints
from samples.render.blender.coachwork import axle, lamps, mirrors, pane, rounded
from samples.render.blender.mesh import Object, joint
from samples.render.blender.shader import plain, printed
from samples.render.blender.solids import box, card
from samples.render.blender.textures import Textures
from samples.render.description import Actor

Build = Callable[[Actor, Textures], Object]


def bus(actor: Actor, textures: Textures) -> Object:
    """A city bus of 10.5 m."""
    root, width = joint("bus"), 2.45
    coat = paints.paint(actor.colour or "green")
    rounded(
        "body",
        [(-5.25, 0.35), (5.1, 0.35), (5.25, 0.9), (5.12, 2.85), (4.95, 3.0), (-5.15, 3.0), (-5.25, 2.8)],
        width,
        coat,
        root,
    )
    box(
        "stripe",
        (10.2, width + 0.012, 0.45),
        (-0.02, 0, 0.72),
        plain("bus white", (0.75, 0.75, 0.72), 0.4, coat=0.5),
        parent=root,
    )
    for side in (1, -1):
        pane(root, -0.25, side * (width / 2 - 0.004), 1.92, (9.6, 0.03, 0.95))
        for k in range(8):
            box("post", (0.07, 0.05, 1.0), (-4.6 + 1.27 * k, side * (width / 2 + 0.001), 1.92), coat, parent=root)
    pane(root, 5.19, 0, 1.95, (0.06, width - 0.3, 1.5))
    pane(root, -5.24, 0, 2.15, (0.04, width - 0.5, 0.8))
    for x in (3.9, -0.6):
        _door(root, x, -width / 2)
    route = printed("route", textures.board("8路 示范线", (15, 15, 15), (255, 150, 20), (900, 200)), glow=0.8)
    card("route", (1.5, 0.3), (5.235, 0, 2.78), route, turn=(0, 0, math.pi / 2), parent=root)
    for x in (3.2, 0.2, -3.4):
        box(
            "roof unit",
            (1.6, 1.5, 0.22),
            (x, 0, 3.08),
            plain("roof unit", (0.6, 0.61, 0.6), vary=0.1),
            parent=root,
            bevel=0.06,
        )
    for x in (2.7, -2.6):
        axle(root, x, width, 0.48)
    lamps(root, 5.22, -5.25, width, 0.75)
    mirrors(root, 5.1, width, 2.3)
    return root


def _door(root: Object, x: float, y: float) -> None:
    for dx in (-0.32, 0.32):
        pane(root, x + dx, y - 0.006, 1.5, (0.56, 0.03, 2.0))
    box("door gap", (0.03, 0.05, 2.1), (x, y - 0.01, 1.5), paints.gap(), parent=root)


BUILDERS: dict[str, Build] = {"bus": bus}
