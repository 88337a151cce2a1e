"""Stalls of every kind that a street knows: table, mat, pushcart, food cart, tricycle, clothes rack, shop goods."""

import math
import random
from collections.abc import Callable

from samples.render.blender import paints
from samples.render.blender.car import wheel
from samples.render.blender.cycles import tricycle
from samples.render.blender.mesh import Material, Object, grid, joint, mesh_object
from samples.render.blender.parasols import parasol
from samples.render.blender.produce import FRUIT, cloth_goods, clothes, crate
from samples.render.blender.shader import plain, printed
from samples.render.blender.solids import ball, box, card, rod, turned
from samples.render.blender.textures import Textures
from samples.render.description import Actor, Vec3

Build = Callable[[Actor, Textures], Object]

_SHADES: tuple[tuple[Vec3, Vec3], ...] = (
    ((0.70, 0.05, 0.05), (0.85, 0.82, 0.75)),
    ((0.03, 0.10, 0.40), (0.80, 0.78, 0.72)),
    ((0.05, 0.30, 0.12), (0.75, 0.60, 0.10)),
)


def table_stall(actor: Actor, textures: Textures) -> Object:
    """A cloth-hung table of fruit crates, under a parasol unless look says shade = "none"."""
    root, width, seed = joint("table stall"), 2.4, actor.seed
    _table(root, width, seed)
    _crates(root, width, seed)
    for k in range(3):
        price = printed("price", textures.board("8元3斤", (250, 240, 190), (200, 20, 20), (500, 240)))
        card("price", (0.26, 0.14), (-0.7 + 0.7 * k, -0.50, 0.92), price, turn=(math.radians(-10), 0, 0), parent=root)
    box("scale", (0.28, 0.30, 0.08), (0.15, 0.05, 0.98), paints.stainless(), parent=root)
    if actor.look.get("shade") != "none":
        parasol((0.1, 0.15, 0), _SHADES[seed % 3], seed).parent = root
    return root


def _table(root: Object, width: float, seed: int) -> None:
    box("top", (width, 0.95, 0.04), (0, 0, 0.72), paints.wood(), parent=root)
    for x in (width / 2 - 0.08, 0.08 - width / 2):
        for y in (0.4, -0.4):
            rod("leg", (x, y, 0), (x, y, 0.72), 0.025, paints.wood(), parent=root)
    folds = 40
    cloth = paints.cloth(((0.45, 0.05, 0.05), (0.08, 0.25, 0.40))[seed % 2])
    vertices = []
    for row, z in enumerate((0.745, 0.5, 0.22)):
        for i in range(folds + 1):
            wave = 0.02 * row * math.sin(i * 1.3) + 0.01 * row
            vertices.append((-width / 2 + width * i / folds, -0.485 - wave, z + 0.01 * row * math.sin(i * 2.1)))
    mesh_object("table cloth", vertices, grid(3, folds + 1), cloth, parent=root)


def _crates(root: Object, width: float, seed: int) -> None:
    rng = random.Random(seed)
    kinds = sorted(FRUIT)
    rng.shuffle(kinds)
    columns = int(width / 0.58)
    for row, (y, z) in enumerate(((-0.24, 0.76), (0.20, 0.86))):
        for i in range(columns):
            x = -width / 2 + 0.30 + (width - 0.60) * i / (columns - 1)
            number = row * columns + i
            crate((x, y, z), kinds[number % len(kinds)], parent=root, seed=seed + number)
    crate((width / 2 + 0.45, -0.1, 0), "orange", parent=root, seed=seed + 20, tilt=0)
    crate((width / 2 + 0.45, -0.1, 0.24), "peach", parent=root, seed=seed + 22, tilt=0)
    crate((-width / 2 - 0.42, 0.1, 0), "melon", parent=root, seed=seed + 21, tilt=0, size=(0.62, 0.5, 0.2))


def mat_stall(actor: Actor, textures: Textures) -> Object:
    root = joint("mat stall")
    cloth_goods(root, actor.seed)
    return root


def _on_wheels(actor: Actor) -> tuple[Object, Object]:
    """The actor's root, and what a cart hangs from; look faces = "back" puts its handles behind it, to be pushed."""
    root = joint(actor.kind)
    return root, joint("cart", yaw=math.pi * (actor.look.get("faces") == "back"), parent=root)


def pushcart(actor: Actor, textures: Textures) -> Object:
    """A flat two-wheeled handcart of vegetables."""
    root, cart = _on_wheels(actor)
    for side in (1, -1):
        wheel(0.32, cart, (-0.1, side * 0.48, 0.32), side, 0.06)
    box("bed", (1.5, 0.86, 0.06), (0, 0, 0.62), paints.wood(), parent=cart)
    for side in (1, -1):
        box("board", (1.5, 0.03, 0.16), (0, side * 0.42, 0.73), paints.wood(), parent=cart)
        rod("handle", (0.7, side * 0.36, 0.64), (1.35, side * 0.36, 0.88), 0.02, paints.wood(), parent=cart)
        rod("prop", (0.6, side * 0.3, 0), (0.6, side * 0.3, 0.6), 0.02, paints.wood(), parent=cart)
    for i, kind in enumerate(("cabbage", "tomato", "green apple", "cabbage")):
        at = (-0.47 + 0.56 * (i // 2), -0.2 + 0.4 * (i % 2), 0.66)
        crate(at, kind, parent=cart, seed=actor.seed + i, tilt=0, size=(0.54, 0.38, 0.16))
    return root


def food_cart(actor: Actor, textures: Textures) -> Object:
    """A glazed snack cart on bicycle wheels with a striped awning."""
    root, cart = _on_wheels(actor)
    red = plain("cart red", (0.55, 0.04, 0.03), 0.4, coat=0.3, vary=0.1)
    for side in (1, -1):
        wheel(0.30, cart, (-0.2, side * 0.46, 0.30), side, 0.06)
        rod("leg", (0.62, side * 0.3, 0), (0.62, side * 0.3, 0.5), 0.02, paints.stainless(), parent=cart)
        rod("handle", (0.75, side * 0.35, 0.95), (1.15, side * 0.35, 1.0), 0.016, paints.stainless(), parent=cart)
    box("body", (1.45, 0.80, 0.50), (0, 0, 0.72), red, parent=cart, bevel=0.02)
    box("top", (1.55, 0.88, 0.05), (0, 0, 0.99), paints.stainless(), parent=cart)
    pane = plain("cart glass", (0.30, 0.34, 0.35), 0.05, specular=0.7)
    box("pane", (0.85, 0.70, 0.45), (-0.25, 0, 1.24), pane, parent=cart, bevel=0.01)
    _awning(cart, [paints.cloth(colour) for colour in _SHADES[actor.seed % 3]])
    for k in range(4):
        at = (0.32 + 0.2 * (k % 2), -0.2 + 0.4 * (k // 2), 1.02)
        turned(
            "pot", [(0.10, 0), (0.10, 0.16), (0.09, 0.165), (0, 0.17)], paints.stainless(), sides=18, parent=cart, at=at
        )
    menu = printed("menu", textures.board("煎饼果子 豆浆", (235, 170, 30), (120, 20, 10)))
    for side in (1, -1):
        card("menu", (1.1, 0.34), (0, -0.405 * side, 0.72), menu, turn=(0, 0, math.pi * (side < 0)), parent=cart)
    ball(
        "gas",
        0.16,
        (0.45, 0.55, 0.28),
        plain("gas bottle", (0.35, 0.37, 0.36), 0.4, 0.3),
        parent=cart,
        scale=(1, 1, 1.5),
    )
    return root


def _awning(root: Object, stripes: list[Material]) -> None:
    for x in (-0.7, 0.7):
        for y in (0.38, -0.38):
            rod("post", (x, y, 1.0), (x, y, 2.05), 0.014, paints.stainless(), parent=root)
    arch = ((-0.78, 1.78), (-0.75, 1.92), (-0.38, 2.08), (0, 2.14), (0.38, 2.08), (0.75, 1.92), (0.78, 1.78))
    vertices = [(-0.95 + 1.9 * i / 12, y, z) for i in range(13) for y, z in arch]
    faces = grid(13, len(arch))
    of_face = [(i // (len(arch) - 1)) % 2 for i in range(len(faces))]
    mesh_object("awning", vertices, faces, stripes, of_face=of_face, parent=root, smooth=False)


def tricycle_stall(actor: Actor, textures: Textures) -> Object:
    """A cargo tricycle whose open box is the counter. look: open = "no" while it is only driving by."""
    closed = actor.look.get("open") == "no"
    look = {"load": "none", "rider": "yes" if closed else "none"}
    root = tricycle(Actor(actor.id, "tricycle", actor.ways, seed=actor.seed, colour=actor.colour, look=look), textures)
    for i, kind in enumerate(("orange", "apple", "banana", "melon")):
        at = (-1.2 + 0.6 * (i // 2), -0.25 + 0.5 * (i % 2), 0.82)
        crate(at, kind, parent=root, seed=actor.seed + i, tilt=0, size=(0.58, 0.46, 0.16))
    if not closed:
        parasol((-0.85, 0.75, 0), _SHADES[actor.seed % 3], actor.seed).parent = root
        crate((-0.5, -0.95, 0), "tomato", parent=root, seed=actor.seed + 9, tilt=0)
        crate((-1.2, -0.95, 0), "cabbage", parent=root, seed=actor.seed + 8, tilt=0)
    return root


def clothes_rack(actor: Actor, textures: Textures) -> Object:
    root, length, height = joint("clothes rack"), 1.8, 1.55
    for x in (-length / 2, length / 2):
        rod("post", (x, 0, 0), (x, 0, height), 0.018, paints.stainless(), parent=root)
        rod("foot", (x, -0.3, 0.03), (x, 0.3, 0.03), 0.018, paints.stainless(), parent=root)
    rod("rail", (-length / 2, 0, height), (length / 2, 0, height), 0.016, paints.stainless(), parent=root)
    clothes(root, actor.seed, length, height - 0.02)
    return root


def kerb_goods(actor: Actor, textures: Textures) -> Object:
    """A shop's goods put out over the kerb: crates on steps, brooms and buckets."""
    root, rng = joint("kerb goods"), random.Random(actor.seed)
    kinds = sorted(FRUIT)
    for step, z in enumerate((0.0, 0.26)):
        for i in range(4):
            at = (-0.9 + 0.6 * i, -0.25 + 0.5 * step, z)
            crate(at, rng.choice(kinds), parent=root, seed=actor.seed + 4 * step + i, tilt=8)
    box("step", (2.4, 0.46, 0.24), (0, 0.25, 0.12), paints.wood(), parent=root)
    for i in range(3):
        bucket = plain(f"bucket {i}", ((0.6, 0.05, 0.05), (0.05, 0.2, 0.5), (0.7, 0.5, 0.05))[i], 0.4)
        turned(
            "bucket",
            [(0, 0), (0.13, 0), (0.17, 0.30), (0.15, 0.30)],
            bucket,
            sides=20,
            parent=root,
            at=(1.45, -0.3 + 0.38 * i, 0),
        )
    return root


BUILDERS: dict[str, Build] = {
    "table_stall": table_stall,
    "mat_stall": mat_stall,
    "pushcart": pushcart,
    "food_cart": food_cart,
    "tricycle_stall": tricycle_stall,
    "clothes_rack": clothes_rack,
    "kerb_goods": kerb_goods,
}
