"""The ground that a standing thing takes, from its box: where on the plane a thing of that kind must stand to fill it.

The lower edge of a box is no edge of a thing seen askew: its far end hangs in the air. So a rectangle of the kind's
usual size, set along the lane or across it, is moved over the ground until its picture sits on the box's lower edge and
under its middle; of the two, the one as wide as the box counts.
"""

from collections.abc import Mapping

import numpy as np

from vision.geometry import Ground, Points
from vision.labels import is_stall
from vision.types import Boxes

SIZES_M: Mapping[str, tuple[float, float]] = {
    "bicycle": (0.6, 1.8),
    "motorcycle": (0.8, 1.9),
    "tricycle": (1.2, 2.8),
    "car": (1.8, 4.5),
    "van": (1.9, 5.0),
    "bus": (2.5, 11.0),
    "truck": (2.4, 7.0),
}
"""Usual width and length in metres (GB 1589 allows 2.55 m of width)."""

_DEPTH_M = 1.8
_STALL_DEPTH_M = 1.5
"""A table, a cart or a tricycle is about 1.2 m deep, and something lies before it."""
_STEPS = 12


def footprint(box: Boxes, label: str, ground: Ground, along: Points) -> Points:
    """Four corners in metres. `along`: unit vector (2,) of the lane's direction on the ground.

    A thing without a usual size takes its box's lower edge, carried 1.8 m away from the camera; a stall, 1.5 m.
    """
    if label not in SIZES_M:
        return _under_the_edge(box, ground, _STALL_DEPTH_M if is_stall(label) else _DEPTH_M)
    across = np.array([-along[1], along[0]])
    placed = [_placed(box, SIZES_M[label], ground, axis) for axis in (along, across)]
    return min(placed, key=lambda foot: abs(float(np.ptp(ground.pixels(foot)[:, 0])) - float(box[2] - box[0])))


def _placed(box: Boxes, size: tuple[float, float], ground: Ground, axis: Points) -> Points:
    x1, _, x2, y2 = (float(v) for v in box)
    wanted = np.array([(x1 + x2) / 2, y2])
    at = ground.metres(wanted[None, :])[0]
    for _ in range(_STEPS):
        picture = ground.pixels(_rectangle(at, size, axis))
        sits = np.array([(picture[:, 0].min() + picture[:, 0].max()) / 2, picture[:, 1].max()])
        here = ground.pixels(at[None, :])[0]
        at = ground.metres((here + wanted - sits)[None, :])[0]
    return _rectangle(at, size, axis)


def _rectangle(at: Points, size: tuple[float, float], along: Points) -> Points:
    ahead, aside = along * size[1] / 2, np.array([-along[1], along[0]]) * size[0] / 2
    return np.array([at - ahead - aside, at + ahead - aside, at + ahead + aside, at - ahead + aside])


def _under_the_edge(box: Boxes, ground: Ground, depth_m: float) -> Points:
    x1, y1, x2, y2 = (float(v) for v in box)
    near = ground.metres(np.array([(x1, y2), (x2, y2)]))
    behind = ground.metres(np.array([((x1 + x2) / 2, y2 - 0.05 * (y2 - y1))]))[0]
    away = behind - near.mean(axis=0)
    reach = away / max(float(np.hypot(*away)), 1e-9) * depth_m
    return np.array([near[0], near[1], near[1] + reach, near[0] + reach])
