"""A city bus."""

import math
from collections.abc import Callable

from samples.render.blender import paints
from samples.render.blender.coachwork import axle, lamps, mirrors, pane, rounded
from samples.render.blender.mesh import Material, Object, joint
from samples.render.blender.shader import plain, printed
from samples.render.blender.solids import box, card
from samples.render.blender.textures import Textures
from samples.render.description import Actor

Build = Callable[[Actor, Textures], Object]


_WIDTH = 2.45
_SIDE = ((-5.25, 0.35), (5.1, 0.35), (5.25, 0.9), (5.12, 2.85), (4.95, 3.0), (-5.15, 3.0), (-5.25, 2.8))


def bus(actor: Actor, textures: Textures) -> Object:
    """A city bus of 10.5 m."""
    root = joint("bus")
    coat = paints.paint(actor.colour or "green")
    rounded("body", list(_SIDE), _WIDTH, coat, root)
    stripe = plain("bus white", (0.75, 0.75, 0.72), 0.4, coat=0.5)
    box("stripe", (10.2, _WIDTH + 0.012, 0.45), (-0.02, 0, 0.72), stripe, parent=root)
    _glazing(root, coat)
    for x in (3.9, -0.6):
        _door(root, x, -_WIDTH / 2)
    _route(root, textures)
    _roof(root)
    for x in (2.7, -2.6):
        axle(root, x, _WIDTH, 0.48)
    lamps(root, 5.22, -5.25, _WIDTH, 0.75)
    mirrors(root, 5.1, _WIDTH, 2.3)
    return root


def _glazing(root: Object, coat: Material) -> None:
    for side in (1, -1):
        pane(root, -0.25, side * (_WIDTH / 2 - 0.004), 1.92, (9.6, 0.03, 0.95))
        for k in range(8):
            box("post", (0.07, 0.05, 1.0), (-4.6 + 1.27 * k, side * (_WIDTH / 2 + 0.001), 1.92), coat, parent=root)
    pane(root, 5.19, 0, 1.95, (0.06, _WIDTH - 0.3, 1.5))
    pane(root, -5.24, 0, 2.15, (0.04, _WIDTH - 0.5, 0.8))


def _route(root: Object, textures: Textures) -> None:
    route = printed("route", textures.board("8路 示范线", (15, 15, 15), (255, 150, 20), (900, 200)), glow=0.8)
    card("route", (1.5, 0.3), (5.235, 0, 2.78), route, turn=(0, 0, math.pi / 2), parent=root)


def _roof(root: Object) -> None:
    unit = plain("roof unit", (0.6, 0.61, 0.6), vary=0.1)
    for x in (3.2, 0.2, -3.4):
        box("roof unit", (1.6, 1.5, 0.22), (x, 0, 3.08), unit, parent=root, bevel=0.06)


def _door(root: Object, x: float, y: float) -> None:
    for dx in (-0.32, 0.32):
        pane(root, x + dx, y - 0.006, 1.5, (0.56, 0.03, 2.0))
    box("door gap", (0.03, 0.05, 2.1), (x, y - 0.01, 1.5), paints.gap(), parent=root)


BUILDERS: dict[str, Build] = {"bus": bus}
