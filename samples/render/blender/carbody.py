"""The lower body of a car as one analytic surface, so that lamps, gaps and grilles can ride on it."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from samples.render.blender.mesh import Material, Object, grid, mesh_object
from samples.render.description import Vec2, Vec3

_SQUARE = 7.5
"""Exponent of the super-ellipse that the body is from above: how square its nose is."""

_HEIGHTS = (0, 0.02, 0.05, 0.14, 0.30, 0.42, 0.60, 0.76, 0.87, 0.94, 0.975, 0.998, 1.02, 1.03)
_WIDTHS = (0, 0.86, 0.945, 0.975, 0.985, 0.99, 1.0, 1.0, 0.985, 0.955, 0.91, 0.84, 0.45, 0)
_SECTION = np.column_stack([_HEIGHTS, _WIDTHS])
"""The section of every car's side: half width over height, as shares."""


@dataclass(frozen=True, slots=True)
class CarShape:
    """Metres, front towards +x. shoulder: the line where glass begins. cabin: x of its rear and front
    at the base, then at the roof. pillars: where they stand, as shares of the side glass."""

    length: float
    width: float
    clearance: float
    shoulder_x: tuple[float, ...]
    shoulder_z: tuple[float, ...]
    cabin: tuple[float, float, float, float]
    height: float
    axles: Vec2
    wheel: float
    pillars: tuple[float, ...]
    taper: float
    bow: float
    boxy: bool = False


class Body:
    """Points on the surface by station x, plan share and height share."""

    def __init__(self, shape: CarShape) -> None:
        self.shape = shape
        self.half = shape.length / 2
        self._x, self._z = shape.shoulder_x, shape.shoulder_z

    def top(self, x: float) -> float:
        """The shoulder line, smoothed over ten centimetres."""
        near = np.clip(np.array([x - 0.05, x, x, x + 0.05]), self._x[0], self._x[-1])
        return float(np.interp(near, self._x, self._z).mean())

    def bottom(self, x: float) -> float:
        overhang = min(max((abs(x) - self.half * 0.8) / (self.half * 0.2), 0), 1)
        return self.shape.clearance + 0.10 * overhang**1.5

    def share_at(self, x: float, z: float) -> float:
        return (z - self.bottom(x)) / (self.top(x) - self.bottom(x))

    def point(self, x: float, plan: float, share: float, side: int = 1) -> Vec3:
        y = side * self.shape.width / 2 * plan * float(np.interp(share, *_SECTION.T))
        tuck = 0.035 * (abs(share - 0.5) * 2) ** 3 * (abs(x) / self.half) ** 6
        return x * (1 - tuck), y, self.bottom(x) + (self.top(x) - self.bottom(x)) * share

    def side(self, x: float, z: float) -> float:
        """Half width of the body at a point of its side."""
        plan = max(1 - abs(x / self.half) ** _SQUARE, 0) ** (1 / _SQUARE)
        return float(self.shape.width / 2 * plan * np.interp(self.share_at(x, z), *_SECTION.T))

    def skin(self, paint: Material, sill: Material, parent: Object) -> Object:
        sections = _resampled(_SECTION)
        stations = [
            (self._station(t), max(abs(math.sin(t)) ** (2 / _SQUARE), 0.001)) for t in np.linspace(0, math.pi, 97)
        ]
        loop = [(s, 1) for s in sections] + [(s, -1) for s in sections[::-1][1:-1]]
        vertices = [self._vertex(x, plan, s, side) for x, plan in stations for s, side in loop]
        faces = grid(len(stations), len(loop), closed=True)
        last = (len(stations) - 1) * len(loop)
        faces += [tuple(range(len(loop)))[::-1], tuple(last + k for k in range(len(loop)))]
        shares = [s[0] for _ in stations for s, _ in loop]
        low = [int(sum(shares[i] for i in face) / len(face) < 0.10) for face in faces]
        return mesh_object("body", vertices, faces, [paint, sill], of_face=low, parent=parent)

    def _station(self, turn: float) -> float:
        c = math.cos(turn)
        return self.half * math.copysign(abs(c) ** (2 / _SQUARE), c)

    def _vertex(self, x: float, plan: float, section: Vec2, side: int) -> Vec3:
        px, _, pz = self.point(x, plan, section[0], side)
        return px, side * self.shape.width / 2 * plan * section[1], pz

    def ribbon(
        self, path: Sequence[Vec2], width: float, material: Material, parent: Object, lift: float = 0.004
    ) -> None:
        """A thin strip along (x, z) on both sides: door gaps, mouldings, arch lips."""
        line = _densely(np.asarray(path, float))
        along = np.gradient(line, axis=0)
        along /= np.linalg.norm(along, axis=1)[:, None] + 1e-9
        across = np.column_stack([-along[:, 1], along[:, 0]]) * width / 2
        edge = np.stack([line - across, line + across], 1).reshape(-1, 2)
        for side in (1, -1):
            vertices = [(x, side * (self.side(x, z) + lift), z) for x, z in edge]
            mesh_object("ribbon", vertices, grid(len(line), 2), material, parent=parent)

    def patch(
        self, end: int, plan: Vec2, heights: Vec2, material: Material, parent: Object, lift: float = 0.012
    ) -> None:
        """A piece of the nose (end 1) or tail (-1), mirrored: lamps, grilles, bumpers."""
        plans, zs = np.linspace(*plan, 10), np.linspace(*heights, 5)
        for side in (1, -1):
            vertices = [self._on_end(end, float(g), float(z), side, lift) for g in plans for z in zs]
            mesh_object("patch", vertices, grid(len(plans), len(zs)), material, parent=parent)

    def _on_end(self, end: int, plan: float, z: float, side: int, lift: float) -> Vec3:
        curve = (1 - min(plan, 0.9995) ** _SQUARE) ** (1 / _SQUARE)
        x = end * self.half * curve
        px, py, _ = self.point(x, plan, self.share_at(x, z), side)
        return px + end * lift * curve, py + side * lift * plan**3, z


def _resampled(section: np.ndarray) -> list[Vec2]:
    steps = [a + (b - a) * t for a, b in itertools.pairwise(section) for t in (0, 1 / 3, 2 / 3)]
    return [(float(h), float(w)) for h, w in [*steps, section[-1]]]


def _densely(path: np.ndarray) -> np.ndarray:
    """The polyline with a point at least every six centimetres."""
    pieces = [path[:1]]
    for a, b in itertools.pairwise(path):
        steps = max(2, int(np.linalg.norm(b - a) / 0.06))
        pieces.append(a + (b - a) * np.linspace(0, 1, steps + 1)[1:, None])
    return np.concatenate(pieces)
