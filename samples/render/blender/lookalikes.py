"""What looks like a stall or a blockage and is legal: a bus shelter, a café's terrace, a delivery."""

import math
import random
from collections.abc import Callable

from samples.render.blender import paints
from samples.render.blender.mesh import Object, joint
from samples.render.blender.parasols import parasol
from samples.render.blender.shader import plain, printed
from samples.render.blender.solids import box, card, rod, turned
from samples.render.blender.textures import Textures
from samples.render.description import Actor

Build = Callable[[Actor, Textures], Object]


def bus_shelter(actor: Actor, textures: Textures) -> Object:
    """A roof on four posts with a bench and the line's board."""
    root = joint("bus shelter")
    grey = plain("shelter grey", (0.32, 0.34, 0.36), 0.4, 0.6)
    for x in (-1.9, 1.9):
        for y in (-0.55, 0.55):
            rod("post", (x, y, 0), (x, y, 2.5), 0.045, grey, parent=root)
    box(
        "roof",
        (4.5, 1.6, 0.10),
        (0, 0, 2.55),
        plain("shelter roof", (0.10, 0.26, 0.40), 0.4, coat=0.4),
        parent=root,
        bevel=0.03,
    )
    box(
        "back pane",
        (3.8, 0.03, 1.5),
        (0, 0.58, 1.45),
        plain("shelter glass", (0.28, 0.34, 0.36), 0.05, specular=0.7),
        parent=root,
    )
    box("bench", (2.6, 0.40, 0.06), (0, 0.30, 0.48), paints.wood(), parent=root)
    for x in (-1.1, 1.1):
        box("bench leg", (0.06, 0.34, 0.46), (x, 0.30, 0.23), grey, parent=root)
    board = printed("stop board", textures.board("示范路站 8路", (10, 60, 140), (255, 255, 255), (900, 260)))
    card("stop board", (1.9, 0.5), (0, -0.82, 2.62), board, parent=root)
    return root


def cafe_terrace(actor: Actor, textures: Textures) -> Object:
    """Two tables with chairs, parasols and a permit on a stand."""
    root = joint("café terrace")
    cream, green = (0.78, 0.74, 0.62), (0.04, 0.20, 0.14)
    for x in (-1.4, 1.4):
        table = [(0, 0.74), (0.42, 0.74), (0.42, 0.71), (0.05, 0.70), (0.04, 0.04), (0.26, 0.02), (0.26, 0)]
        turned("table", table, paints.wood(), sides=28, parent=root, at=(x, 0, 0))
        parasol((x, 0.06, 0), (cream, green), actor.seed, radius=1.15).parent = root
        for turn in (0.4, 2.5, 4.4):
            _chair(root, x + 0.78 * math.cos(turn), 0.78 * math.sin(turn), turn + math.pi)
    permit = printed("permit", textures.board("外摆许可 示001", (20, 110, 60), (255, 255, 255), (600, 300)))
    rod("stand", (0, -0.9, 0), (0, -0.9, 0.9), 0.02, paints.steel(), parent=root)
    card("permit", (0.6, 0.3), (0, -0.92, 1.0), permit, parent=root)
    for x in (-2.5, 2.5):
        box("planter", (0.36, 1.2, 0.40), (x, 0, 0.2), paints.wood(), parent=root)
        box(
            "box tree",
            (0.30, 1.1, 0.42),
            (x, 0, 0.6),
            plain("box tree", (0.04, 0.12, 0.03), 0.9, vary=0.5, scale=14),
            parent=root,
            bevel=0.08,
        )
    return root


def _chair(root: Object, x: float, y: float, yaw: float) -> None:
    seat = joint("chair", (x, y, 0), yaw=yaw, parent=root)
    rattan = plain("rattan", (0.34, 0.22, 0.11), 0.7, vary=0.3, scale=20)
    box("seat", (0.42, 0.42, 0.05), (0, 0, 0.45), rattan, parent=seat)
    box("back", (0.04, 0.42, 0.45), (-0.20, 0, 0.68), rattan, parent=seat)
    for dx in (-0.18, 0.18):
        for dy in (-0.18, 0.18):
            rod("leg", (dx, dy, 0), (dx, dy, 0.45), 0.016, paints.trim(), parent=seat)


def delivery_parcels(actor: Actor, textures: Textures) -> Object:
    """Parcels on a trolley in front of a shop."""
    root, rng = joint("delivery parcels"), random.Random(actor.seed)
    box("trolley", (0.9, 0.6, 0.04), (0, 0, 0.18), paints.stainless(), parent=root)
    for side in (1, -1):
        rod("handle", (-0.45, side * 0.26, 0.18), (-0.52, side * 0.26, 1.0), 0.015, paints.stainless(), parent=root)
    for i in range(6):
        size = (rng.uniform(0.3, 0.42), rng.uniform(0.26, 0.4), rng.uniform(0.2, 0.3))
        at = (-0.2 + 0.4 * (i % 2), rng.uniform(-0.08, 0.08), 0.32 + 0.27 * (i // 2))
        box("parcel", size, at, plain("parcel", (0.45, 0.32, 0.18), 0.85, vary=0.15), parent=root)
    return root


BUILDERS: dict[str, Build] = {
    "bus_shelter": bus_shelter,
    "cafe_terrace": cafe_terrace,
    "delivery_parcels": delivery_parcels,
}
