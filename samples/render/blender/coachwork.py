"""Parts that trucks and buses share: rounded bodies, axles, panes, lamps, mirrors."""

import math

from samples.render.blender import paints
from samples.render.blender.car import wheel
from samples.render.blender.mesh import Material, Object, mesh_object, sharpened
from samples.render.blender.solids import box, rod
from samples.render.description import Vec2


def rounded(
    name: str, side: list[Vec2], width: float, material: Material, root: Object, *, round_by: float = 0.12
) -> Object:
    """A side profile of (x, z), anticlockwise, pulled across the width with rounded shoulders."""
    cx, cz = (sum(p[i] for p in side) / len(side) for i in (0, 1))
    rings = []
    for y, inset in (
        (-width / 2, round_by),
        (-width / 2 + round_by, 0.0),
        (width / 2 - round_by, 0.0),
        (width / 2, round_by),
    ):
        rings.append([(_towards(x, cx, inset), y, _towards(z, cz, inset)) for x, z in side])
    n = len(side)
    vertices = [v for ring in rings for v in ring]
    faces = [
        (r * n + i, r * n + (i + 1) % n, (r + 1) * n + (i + 1) % n, (r + 1) * n + i) for r in range(3) for i in range(n)
    ]
    faces += [tuple(range(n)), tuple(3 * n + i for i in range(n))[::-1]]
    return sharpened(mesh_object(name, vertices, faces, material, parent=root), 30)


def _towards(value: float, middle: float, by: float) -> float:
    return value - math.copysign(min(by, abs(value - middle)), value - middle)


def axle(root: Object, x: float, width: float, radius: float) -> None:
    for side in (1, -1):
        wheel(radius, root, (x, side * (width / 2 - 0.14), radius), side, 0.26)
        box(
            "arch",
            (radius * 2.35, 0.04, radius * 1.25),
            (x, side * (width / 2 - 0.005), radius * 1.15),
            paints.trim(),
            parent=root,
        )


def pane(root: Object, x: float, y: float, z: float, size: tuple[float, float, float]) -> None:
    box("pane", size, (x, y, z), paints.glass(), parent=root)


def lamps(root: Object, front: float, rear: float, width: float, z: float) -> None:
    for side in (1, -1):
        box(
            "headlamp",
            (0.06, 0.34, 0.20),
            (front, side * (width / 2 - 0.28), z),
            paints.headlamp(),
            parent=root,
            bevel=0.03,
        )
        box(
            "tail lamp", (0.05, 0.14, 0.42), (rear, side * (width / 2 - 0.14), z + 0.2), paints.tail_lamp(), parent=root
        )


def mirrors(root: Object, x: float, width: float, z: float) -> None:
    for side in (1, -1):
        rod(
            "arm",
            (x, side * width / 2, z + 0.25),
            (x + 0.18, side * (width / 2 + 0.22), z + 0.2),
            0.02,
            paints.trim(),
            parent=root,
        )
        box(
            "mirror",
            (0.08, 0.20, 0.42),
            (x + 0.2, side * (width / 2 + 0.24), z),
            paints.trim(),
            parent=root,
            bevel=0.03,
        )
