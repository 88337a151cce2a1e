"""Thermal frames as a painter knows them: rough banks, calm water or a calm face, and what is warm or cold on it."""

import numpy as np
from numpy.typing import NDArray

from vision.calm_surface import Counts, blurred

SHAPE = 512, 640
CALM = 5500.0


def a_river(*, seed: int = 7) -> Counts:
    """Calm water between two rough banks, a little warmer upstream than downstream."""
    rng = np.random.default_rng(seed)
    water = CALM + blurred(rng.normal(0, 9, SHAPE).astype(np.float32), 1.5) + np.linspace(6, 0, 512)[:, None]
    banks = CALM + blurred(rng.normal(0, 120, SHAPE).astype(np.float32), 2.0)
    return np.where(_between(90, 520), water, banks).astype(np.float32)


def with_inflow(frame: Counts, contrast: float) -> Counts:
    """A plume that enters at the right bank, mixes, and is carried down."""
    y, x = np.mgrid[: SHAPE[0], : SHAPE[1]].astype(np.float32)
    edge = 420 - 140 * np.sqrt(np.clip((y - 120) / 390, 0, None)) + 14 * np.sin(y / 23) + 8 * np.sin(y / 9)
    inside = np.clip((x - edge) / 14, 0, 1) * (y > 120) * _between(90, 520)
    mixing = 0.75 + 0.25 * np.sin(x / 17 + np.sin(y / 31))
    return np.asarray(frame + contrast * inside * mixing, np.float32)


def where_inflow(frame: Counts, contrast: float) -> NDArray[np.bool_]:
    return np.asarray(np.abs(with_inflow(frame, contrast) - frame) > abs(contrast) / 3, np.bool_)


def with_patch(
    frame: Counts, contrast: float, *, size: tuple[int, int] = (24, 70), at: tuple[int, int] = (300, 200)
) -> Counts:
    y, x = np.mgrid[: SHAPE[0], : SHAPE[1]]
    inside = ((x - at[0]) / (size[0] / 2)) ** 2 + ((y - at[1]) / (size[1] / 2)) ** 2 <= 1
    return np.asarray(frame + contrast * blurred(inside.astype(np.float32), 1.0), np.float32)


def with_ledge(frame: Counts, contrast: float) -> Counts:
    """A shaded ledge: calm too, and bounded by a straight edge."""
    y = np.mgrid[: SHAPE[0], : SHAPE[1]][0]
    ledge = blurred((y > 400).astype(np.float32), 2.0) * _between(90, 520)
    return np.asarray(frame + contrast * ledge, np.float32)


def _between(left: int, right: int) -> NDArray[np.bool_]:
    x = np.mgrid[: SHAPE[0], : SHAPE[1]][1]
    return np.asarray((x > left) & (x < right), np.bool_)
