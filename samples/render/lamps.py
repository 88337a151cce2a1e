"""Where a street's lamps hang: what lights the picture also tells which pixels a thing's shadow can reach."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samples.render.description import Front, Layout, Light

POSTS_X = (-8.5, 8.0)
_HEAD_Z, _OVER_ROAD = 7.35, 1.7
_BULBS_Z, _OVER_PAVEMENT = 3.3, 1.0
_REACH_M = 3.0
"""A lamp's shadow further than this from its thing's edge is too faint to matter."""

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lamp:
    """Metres. x is None for a garland: bulbs along the whole street, whose shadows fall only across it."""

    x: float | None
    y: float
    z: float

    def shadows(self, corners: Points) -> Points:
        """Where the shadow of each point (n, 3) falls on the ground, at most a few metres away."""
        x = corners[:, 0] if self.x is None else np.full(len(corners), self.x)
        high = np.clip(corners[:, 2], 0, 0.8 * self.z)
        from_lamp = corners[:, :2] - np.column_stack([x, np.full(len(corners), self.y)])
        away = from_lamp * (high / (self.z - high))[:, None]
        length = np.maximum(np.linalg.norm(away, axis=1, keepdims=True), 1e-9)
        away *= np.minimum(1.0, _REACH_M / length)
        return np.column_stack([corners[:, :2] + away, np.zeros(len(corners))])


def posts(layout: Layout) -> tuple[Lamp, ...]:
    return tuple(Lamp(x, layout.road_y[1] - _OVER_ROAD, _HEAD_Z) for x in POSTS_X)


def garland(layout: Layout) -> Lamp | None:
    """Market streets have one, over the stalls."""
    return Lamp(None, layout.road_y[1] + _OVER_PAVEMENT, _BULBS_Z) if layout.front is Front.MARKET else None


def lit(light: Light, layout: Layout) -> tuple[Lamp, ...]:
    if not light.lamps:
        return ()
    over = garland(layout)
    return (*posts(layout), over) if over else posts(layout)
