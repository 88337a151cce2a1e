"""Rectangles of the picture: which of it a thing and its shadow can touch, and which belong together."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from samples.render.description import Camera, Light
from samples.render.lamps import Lamp
from samples.render.pinhole import project

Rect = tuple[int, int, int, int]
"""x0, y0, x1, y1 in pixels from the top left."""

_LEAST_PX = 4
_MIRRORED = 0.6
"""How much of a thing, from its feet up, a wet road shows: the rest is lost in its roughness."""


def shadow_run(light: Light) -> tuple[float, float]:
    """How far, along x and y, the shadow of something one metre high falls."""
    reach = min(1 / math.tan(math.radians(max(light.sun_elevation_deg, 1.0))), 4.0) if light.sun > 0 else 0.0
    turn = math.radians(light.sun_azimuth_deg)
    return -math.sin(turn) * reach, -math.cos(turn) * reach


def touched(
    camera: Camera, light: Light, corners: NDArray[np.float64], lamps: Sequence[Lamp] = (), *, pad: int = 10
) -> Rect | None:
    """What a thing with these corners covers, with its shadows and, on a wet road, its mirror image."""
    run = shadow_run(light)
    high = np.maximum(corners[:, 2:], 0)
    shadow = np.column_stack([corners[:, :2] + high * run, np.zeros(len(corners))])
    mirrored = corners * (1, 1, -_MIRRORED) if light.wet else corners
    by_lamp = [lamp.shadows(corners) for lamp in lamps]
    seen = project(camera, np.concatenate([corners, shadow, mirrored, *by_lamp]))
    low, top = np.floor(seen.min(0)) - pad, np.ceil(seen.max(0)) + pad
    return within(camera.size, (int(low[0]), int(low[1]), int(top[0]), int(top[1])))


def within(size: tuple[int, int], rect: Rect) -> Rect | None:
    """The part of it in the picture; None when that is nothing worth rendering."""
    x0, y0 = max(0, rect[0]), max(0, rect[1])
    x1, y1 = min(size[0], rect[2]), min(size[1], rect[3])
    return (x0, y0, x1, y1) if x1 - x0 > _LEAST_PX and y1 - y0 > _LEAST_PX else None


def together(a: Rect, b: Rect) -> bool:
    return not (a[2] < b[0] or b[2] < a[0] or a[3] < b[1] or b[3] < a[1])


def around(a: Rect, b: Rect) -> Rect:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def merged(rects: list[Rect]) -> list[Rect]:
    """Those that touch become one, so that nobody is rendered half."""
    apart: list[Rect] = []
    for rect in rects:
        while any(together(rect, other) for other in apart):
            hit = next(other for other in apart if together(rect, other))
            apart.remove(hit)
            rect = around(rect, hit)
        apart.append(rect)
    return apart
