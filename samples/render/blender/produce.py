"""What is sold: crates of fruit, small goods on a cloth, clothes on a rail."""

import math
import random

from samples.render.blender import paints
from samples.render.blender.mesh import Object, grid, joint, mesh_object
from samples.render.blender.shader import plain
from samples.render.blender.solids import ball, box, unit_ball
from samples.render.description import Vec3

FRUIT: dict[str, tuple[Vec3, float]] = {
    "apple": ((0.50, 0.04, 0.03), 0.042),
    "orange": ((0.80, 0.30, 0.02), 0.042),
    "green apple": ((0.35, 0.50, 0.06), 0.042),
    "melon": ((0.08, 0.22, 0.05), 0.12),
    "peach": ((0.80, 0.38, 0.25), 0.045),
    "cabbage": ((0.30, 0.45, 0.14), 0.085),
    "tomato": ((0.60, 0.05, 0.02), 0.045),
    "banana": ((0.80, 0.58, 0.06), 0.05),
}
_CRATES: tuple[Vec3, ...] = ((0.05, 0.20, 0.45), (0.62, 0.48, 0.30), (0.75, 0.74, 0.70))
_GOODS: tuple[Vec3, ...] = (
    (0.7, 0.1, 0.1),
    (0.1, 0.4, 0.15),
    (0.7, 0.6, 0.1),
    (0.1, 0.2, 0.5),
    (0.7, 0.68, 0.62),
    (0.4, 0.1, 0.35),
    (0.03, 0.03, 0.03),
)


def crate(
    at: Vec3, kind: str, *, parent: Object, seed: int, tilt: float = 14, size: Vec3 = (0.52, 0.36, 0.20)
) -> Object:
    root = joint("crate", at, parent=parent)
    root.rotation_euler[0] = math.radians(tilt)
    long, deep, high = size
    colour = _CRATES[seed % 3]
    slats = plain(f"crate {colour}", colour, 0.6, vary=0.1)
    for side in (1, -1):
        box("slat", (long, 0.018, high), (0, side * deep / 2, high / 2), slats, parent=root)
        box("slat", (0.018, deep, high), (side * long / 2, 0, high / 2), slats, parent=root)
    box("bottom", (long, deep, 0.02), (0, 0, 0.01), slats, parent=root)
    _heap(kind, size, random.Random(seed), root)
    return root


def _heap(kind: str, size: Vec3, rng: random.Random, root: Object) -> None:
    """Two layers of fruit as one mesh."""
    colour, radius = FRUIT[kind]
    unit, faces = unit_ball(7, 9), grid(8, 9, closed=True)
    centres = [c for layer in (0, 1) for c in _layer(size, radius, layer, rng)]
    vertices = [
        tuple(c + u * radius for c, u in zip(centre, point, strict=True)) for centre in centres for point in unit
    ]
    every = [tuple(i * len(unit) + k for k in face) for i in range(len(centres)) for face in faces]
    skin = plain(f"fruit {kind}", colour, 0.35, vary=0.35, scale=14, coat=0.2)
    mesh_object("fruit", vertices, every, skin, parent=root)


def _layer(size: Vec3, radius: float, layer: int, rng: random.Random) -> list[Vec3]:
    long, deep, high = size
    across, along = (int((side - 2 * radius) / (1.95 * radius)) + 1 for side in (long, deep))
    found = []
    for i in range(across):
        for k in range(along):
            x, y = -long / 2 + radius * (1.2 + 1.95 * i), -deep / 2 + radius * (1.2 + 1.95 * k)
            dome = 1 - 2 * ((x / long) ** 2 + (y / deep) ** 2)
            z = high - radius / 2 + layer * radius * 0.9 * dome
            found.append((x + rng.uniform(-0.3, 0.3) * radius, y + rng.uniform(-0.3, 0.3) * radius, z))
    return found


def cloth_goods(root: Object, seed: int, size: tuple[float, float] = (2.2, 1.6)) -> None:
    """A cloth on the ground with rows of small things on it."""
    rng = random.Random(seed)
    colour = rng.choice(((0.08, 0.16, 0.40), (0.45, 0.06, 0.08), (0.35, 0.33, 0.28)))
    n = 16
    knots = [
        (-size[0] / 2 + size[0] * i / n, -size[1] / 2 + size[1] * k / n) for i in range(n + 1) for k in range(n + 1)
    ]
    vertices = [
        (x + rng.uniform(-0.01, 0.01), y + rng.uniform(-0.01, 0.01), 0.012 + rng.uniform(0, 0.02)) for x, y in knots
    ]
    mesh_object("ground cloth", vertices, grid(n + 1, n + 1), paints.cloth(colour), parent=root)
    for i in range(int(size[0] / 0.2) * int(size[1] / 0.24)):
        _trinket(root, rng, size, i)


def _trinket(root: Object, rng: random.Random, size: tuple[float, float], i: int) -> None:
    columns = int(size[0] / 0.2)
    x = -size[0] / 2 + 0.15 + 0.19 * (i % columns) + rng.uniform(-0.03, 0.03)
    y = -size[1] / 2 + 0.18 + 0.22 * (i // columns) + rng.uniform(-0.03, 0.03)
    colour = rng.choice(_GOODS)
    skin = plain(f"goods {colour}", colour)
    if i % 3:
        dims = (rng.uniform(0.08, 0.15), rng.uniform(0.08, 0.16), rng.uniform(0.04, 0.14))
        box("goods", dims, (x, y, 0.06), skin, parent=root, turn=(0, 0, rng.uniform(0, 3)))
    else:
        ball("goods", 0.06, (x, y, 0.07), skin, parent=root, scale=(1, 1, rng.uniform(0.6, 1.2)), rings=7, sides=9)


def clothes(root: Object, seed: int, length: float, height: float) -> None:
    """Shirts hanging from a rail along x."""
    rng = random.Random(seed)
    count = int(length / 0.09)
    for i in range(count):
        x = -length / 2 + 0.08 + (length - 0.16) * i / max(count - 1, 1)
        drop, wide = rng.uniform(0.65, 0.95), rng.uniform(0.20, 0.26)
        outline = [(-0.06, 0), (-wide, -0.08), (-wide * 0.9, -0.3), (-wide * 0.7, -0.28), (-wide * 0.75, -drop)]
        sides = outline + [(-y, z) for y, z in outline[::-1]]
        vertices = [(x + rng.uniform(-0.012, 0.012), y, height + z) for y, z in sides]
        skin = paints.cloth(rng.choice(_GOODS))
        mesh_object("shirt", vertices, [tuple(range(len(sides)))], skin, parent=root, smooth=False)
