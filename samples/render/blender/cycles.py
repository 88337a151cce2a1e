"""Two and three wheels: the e-bike with its rider, the cargo tricycle, the parked bicycle."""

import math
import random
from collections.abc import Callable

from samples.render.blender import paints
from samples.render.blender.car import wheel
from samples.render.blender.mesh import Material, Object, joint, mesh_object
from samples.render.blender.people import Person
from samples.render.blender.shader import plain
from samples.render.blender.solids import ball, box, loft, rod
from samples.render.blender.textures import Textures
from samples.render.description import Actor, Gait, Vec3

Build = Callable[[Actor, Textures], Object]
_CARTONS: tuple[Vec3, ...] = ((0.45, 0.30, 0.16), (0.55, 0.42, 0.26), (0.75, 0.74, 0.70), (0.20, 0.35, 0.22))


def _wheel(root: Object, at: Vec3, radius: float, width: float) -> None:
    """A narrow wheel, with both of its faces."""
    for side in (1, -1):
        wheel(radius, root, at, side, width)


def tricycle(actor: Actor, textures: Textures) -> Object:
    """The cargo e-tricycle of every back street; its rider sits on it unless look says rider = "none"."""
    root = joint("tricycle")
    coat = paints.paint(actor.colour or "blue")
    _fork(root, coat)
    _saddle(root, coat)
    _cargo_box(root, coat)
    for at, radius in (((1.15, 0, 0.27), 0.27), ((-0.85, 0.46, 0.27), 0.27), ((-0.85, -0.46, 0.27), 0.27)):
        _wheel(root, at, radius, 0.10)
    if actor.look.get("load", "cartons") == "cartons":
        _load(root, actor.seed)
    if actor.look.get("rider") != "none":
        _rider(root, actor.seed, (0.18, 0, -0.06))
    return root


def _fork(root: Object, coat: Material) -> None:
    steel, trim = paints.steel(), paints.trim()
    for side in (1, -1):
        rod("fork", (1.15, side * 0.08, 0.27), (0.92, side * 0.08, 0.82), 0.022, steel, parent=root)
        rod("grip", (0.74, side * 0.36, 1.06), (0.66, side * 0.44, 1.05), 0.02, trim, parent=root)
        rod("stalk", (0.78, side * 0.25, 1.06), (0.80, side * 0.32, 1.28), 0.008, trim, parent=root)
        ball("mirror", 0.07, (0.80, side * 0.33, 1.30), trim, parent=root, scale=(0.25, 1, 0.7), rings=6, sides=8)
    rod("column", (0.95, 0, 0.75), (0.80, 0, 1.08), 0.03, steel, parent=root)
    rod("handlebar", (0.74, -0.36, 1.06), (0.74, 0.36, 1.06), 0.016, trim, parent=root)
    shield = [((0.93, 0, 0.34), 0.05, 0.22), ((0.95, 0, 0.60), 0.06, 0.27), ((0.88, 0, 0.95), 0.07, 0.24)]
    loft("shield", [*shield, ((0.84, 0, 1.08), 0.06, 0.15)], coat, parent=root)
    ball("lamp", 0.09, (0.97, 0, 0.93), paints.headlamp(), parent=root, scale=(0.6, 1, 1))
    fender = [((1.15, 0, 0.50), 0.26, 0.07), ((1.12, 0, 0.56), 0.20, 0.065), ((1.1, 0, 0.585), 0.05, 0.04)]
    loft("fender", fender, coat, parent=root)


def _saddle(root: Object, coat: Material) -> None:
    trim = paints.trim()
    box("floor", (0.62, 0.44, 0.06), (0.58, 0, 0.34), trim, parent=root)
    box("seat box", (0.42, 0.42, 0.36), (0.20, 0, 0.52), coat, parent=root, bevel=0.03)
    box("seat", (0.50, 0.44, 0.10), (0.20, 0, 0.75), trim, parent=root, bevel=0.04)
    box("back rest", (0.08, 0.44, 0.28), (-0.05, 0, 0.94), trim, parent=root, bevel=0.03)
    box("frame", (2.0, 0.30, 0.08), (-0.2, 0, 0.38), trim, parent=root)


_BED = (1.45, 1.02, 0.42)
_BED_AT = (-0.85, 0.0, 0.50)


def _cargo_box(root: Object, coat: Material) -> None:
    long, wide, high = _BED
    x, _, z = _BED_AT
    box("bed", (long, wide, 0.05), _BED_AT, coat, parent=root)
    for side in (1, -1):
        box("side", (long, 0.03, high), (x, side * wide / 2, z + high / 2), coat, parent=root)
        box("end", (0.03, wide, high), (x + side * long / 2, 0, z + high / 2), coat, parent=root)
        box(
            "tail lamp",
            (0.02, 0.12, 0.07),
            (x - long / 2 - 0.02, side * 0.38, z + 0.05),
            paints.tail_lamp(),
            parent=root,
        )
        for k in range(4):
            at = (x - long / 2 + 0.2 + k * 0.35, side * (wide / 2 + 0.01), z + high / 2)
            box("rib", (0.04, 0.045, high), at, coat, parent=root)
    rod("axle", (x, -0.5, 0.27), (x, 0.5, 0.27), 0.03, paints.steel(), parent=root)


def _load(root: Object, seed: int) -> None:
    rng = random.Random(seed)
    for i in range(10):
        colour = rng.choice(_CARTONS)
        size = (rng.uniform(0.3, 0.5), rng.uniform(0.28, 0.42), rng.uniform(0.22, 0.38))
        at = (_BED_AT[0] + rng.uniform(-0.48, 0.48), rng.uniform(-0.28, 0.28), 0.75 + 0.22 * (i // 4))
        cardboard = plain(f"carton {colour}", colour, 0.8, vary=0.2, scale=4)
        box("carton", size, at, cardboard, parent=root, turn=(0, 0, rng.uniform(-0.3, 0.3)))


def _rider(root: Object, seed: int, at: Vec3) -> None:
    person = Person(seed + 50, {})
    person.take(Gait.RIDE, 0.0)
    person.root.parent = root
    person.root.location = at


def e_bike(actor: Actor, textures: Textures) -> Object:
    root = joint("e-bike")
    coat, trim = paints.paint(actor.colour or "red"), paints.trim()
    for x in (0.62, -0.58):
        _wheel(root, (x, 0, 0.24), 0.24, 0.09)
    shell = [((0.50, 0, 0.34), 0.06, 0.16), ((0.50, 0, 0.60), 0.07, 0.20), ((0.46, 0, 0.88), 0.06, 0.16)]
    loft("shield", [*shell, ((0.44, 0, 0.98), 0.04, 0.10)], coat, parent=root)
    box("floor", (0.52, 0.28, 0.07), (0.22, 0, 0.32), trim, parent=root, bevel=0.02)
    tail = [((-0.35, 0, 0.34), 0.30, 0.15), ((-0.38, 0, 0.56), 0.36, 0.16), ((-0.36, 0, 0.70), 0.34, 0.13)]
    loft("tail", tail, coat, parent=root)
    box("seat", (0.66, 0.26, 0.09), (-0.30, 0, 0.75), trim, parent=root, bevel=0.04)
    rod("column", (0.60, 0, 0.26), (0.42, 0, 1.02), 0.025, paints.steel(), parent=root)
    rod("handlebar", (0.38, -0.33, 1.03), (0.38, 0.33, 1.03), 0.016, trim, parent=root)
    ball("lamp", 0.07, (0.54, 0, 0.84), paints.headlamp(), parent=root, scale=(0.6, 1, 0.8))
    box("tail lamp", (0.03, 0.16, 0.06), (-0.74, 0, 0.58), paints.tail_lamp(), parent=root)
    if actor.look.get("box"):
        box(
            "delivery box",
            (0.44, 0.44, 0.44),
            (-0.66, 0, 1.02),
            plain("delivery box", (0.80, 0.55, 0.03), 0.6),
            parent=root,
            bevel=0.03,
        )
    if actor.look.get("rider") != "none":
        _rider(root, actor.seed, (-0.22, 0, -0.06))
    return root


def bicycle(actor: Actor, textures: Textures) -> Object:
    """Parked on its stand."""
    root = joint("bicycle")
    coat, steel = paints.paint(actor.colour or "yellow"), paints.steel()
    for x in (0.52, -0.52):
        _thin_wheel(root, x)
    knots = {
        "crank": (-0.05, 0, 0.32),
        "seat": (-0.20, 0, 0.80),
        "head": (0.36, 0, 0.80),
        "rear": (-0.52, 0, 0.33),
        "front": (0.52, 0, 0.33),
    }
    for a, b in (
        ("crank", "seat"),
        ("crank", "head"),
        ("seat", "head"),
        ("rear", "seat"),
        ("rear", "crank"),
        ("head", "front"),
    ):
        rod("tube", knots[a], knots[b], 0.022, coat, parent=root)
    box("saddle", (0.26, 0.14, 0.06), (-0.22, 0, 0.88), paints.trim(), parent=root, bevel=0.02)
    rod("stem", knots["head"], (0.33, 0, 1.0), 0.018, steel, parent=root)
    rod("handlebar", (0.33, -0.28, 1.0), (0.33, 0.28, 1.0), 0.014, paints.trim(), parent=root)
    box("basket", (0.26, 0.32, 0.22), (0.56, 0, 0.92), plain("basket", (0.10, 0.10, 0.10), 0.6), parent=root)
    root.rotation_euler[0] = math.radians(6)
    return root


def _thin_wheel(root: Object, x: float) -> None:
    rubber, steel = paints.rubber(), paints.steel()
    points = [2 * math.pi * k / 28 for k in range(28)]
    ring = [
        (x + r * math.cos(t), y, 0.33 + r * math.sin(t))
        for t in points
        for r, y in ((0.33, 0), (0.305, 0.02), (0.305, -0.02))
    ]
    faces = [
        (3 * i + a, 3 * ((i + 1) % 28) + a, 3 * ((i + 1) % 28) + b, 3 * i + b)
        for i in range(28)
        for a, b in ((0, 1), (1, 2), (2, 0))
    ]
    mesh_object("tyre", ring, faces, rubber, parent=root)
    for k in range(7):
        t = math.pi * k / 7
        dx, dz = 0.31 * math.cos(t), 0.31 * math.sin(t)
        rod("spoke", (x - dx, 0, 0.33 - dz), (x + dx, 0, 0.33 + dz), 0.004, steel, parent=root, sides=4)


BUILDERS: dict[str, Build] = {"tricycle": tricycle, "e_bike": e_bike, "parked_bicycle": bicycle}
