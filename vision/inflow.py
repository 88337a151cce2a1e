"""Water that enters water: the front at which a calm surface's ambient level ends, and what lies behind it.

No threshold in degrees and no training: the ambient is the calm end of the surface's levels, the front is the first
level at which the surface is steep, and a front as straight as a ruler belongs to something built. Levels are counts.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.calm_surface import CalmSurface, Counts, Mask, closed, grown, pieces, shrunk
from vision.outline import straightness

BINS = 41


@dataclass(frozen=True, slots=True)
class Front:
    """What makes a front. Set on pass 1 of the Devils River flight; pass 2 was only scored.

    steep: slope of a front, in the surface's noise per px (fronts .73 to 9.6, calm water at most .66).
    foot: where on its rise the front begins. ambient: least share of the surface that is ambient.
    noisier: the larger side is ambient unless its levels spread this much more than the other's.
    least: smallest inflow as a share of the surface. strong: how far beyond the front its core must reach.
    ruler: straightness of built edges (built .76 to 1, water at most .59 on both flights and the rendered dam).
    further, bridge: how rough (in noise), and how much of the core's contrast, the inflow may be off the surface,
    where rocks and reeds stand in it.
    """

    steep: float = 0.72
    foot: float = 0.7
    ambient: float = 0.08
    noisier: float = 1.5
    least: float = 0.025
    strong: float = 1.5
    ruler: float = 0.68
    further: float = 15.0
    bridge: float = 0.7


@dataclass(frozen=True, slots=True)
class _Wall:
    """The level at which the ambient ends; `warm`: the inflow is above it."""

    level: float
    warm: bool


def inflows(surface: CalmSurface, front: Front | None = None) -> list[Mask]:
    """What flows into this surface, one mask for each inflow; empty when the surface is all of one water."""
    how = front or Front()
    wall = _wall(surface, how)
    if wall is None:
        return []
    behind = surface.open & _beyond(surface.level, wall)
    ambient = float(np.median(surface.level[surface.open & ~behind]))
    kept = [part for part in pieces(behind, 1) if _is_inflow(part, surface, ambient, wall, how)]
    return [_upstream(part, surface, ambient, wall, how) for part in kept]


def _beyond(level: Counts, wall: _Wall) -> Mask:
    return np.asarray(level >= wall.level if wall.warm else level <= wall.level, np.bool_)


def _is_inflow(part: Mask, surface: CalmSurface, ambient: float, wall: _Wall, how: Front) -> bool:
    inner = part & shrunk(surface.open, 8)
    if inner.sum() < how.least * surface.open.sum():
        return False
    core = np.percentile(np.abs(surface.level[part] - ambient), 90)
    edge = part & grown(surface.open & ~part, 2)
    return bool(core >= how.strong * abs(wall.level - ambient) and straightness(edge) < how.ruler)


def _upstream(part: Mask, surface: CalmSurface, ambient: float, wall: _Wall, how: Front) -> Mask:
    """The inflow with its mouth: what is joined to it, nearly as far from ambient, and not all too rough."""
    core = np.percentile(np.abs(surface.level[part] - ambient), 90)
    level = ambient + (1 if wall.warm else -1) * how.bridge * core
    alike = _beyond(surface.level, _Wall(float(level), wall.warm)) & ~surface.open
    joined = part | (alike & (surface.texture < how.further * surface.noise))
    whole = next(piece for piece in pieces(joined, 1) if (piece & part).any())
    return closed(whole, 7) & ~(surface.open & ~part)


def _wall(surface: CalmSurface, how: Front) -> _Wall | None:
    levels, steepness, share = _profile(surface)
    if steepness.max() < how.steep:
        return None
    warm = _inflow_is_warm(levels, share, how.noisier)
    order = slice(None) if warm else slice(None, None, -1)
    at = _first_front(steepness[order], share[order], how)
    return None if at is None else _Wall(float(levels[order][at]), warm)


def _profile(surface: CalmSurface) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Over the surface's levels: their middles, the mean slope there in noise per px, their share of the surface."""
    inside = shrunk(surface.open, 4)
    level, slope = surface.level[inside], _slope(surface.level)[inside]
    low, high = np.percentile(level, [1, 99])
    edges = np.linspace(low, high, BINS + 1)
    within = (level >= edges[0]) & (level <= edges[-1])
    place = np.clip(np.digitize(level[within], edges) - 1, 0, BINS - 1)
    count = np.bincount(place, minlength=BINS).astype(np.float64)
    total = np.bincount(place, weights=slope[within], minlength=BINS)
    near = np.array([1.0, 2.0, 1.0])
    mean = np.convolve(total, near, "same") / np.maximum(np.convolve(count, near, "same"), 1)
    return (edges[:-1] + edges[1:]) / 2, mean / surface.noise, count / max(count.sum(), 1)


def _slope(level: Counts) -> Counts:
    x, y = cv2.Sobel(level, cv2.CV_32F, 1, 0), cv2.Sobel(level, cv2.CV_32F, 0, 1)
    return np.asarray(np.hypot(x, y) / 8, np.float32)


def _inflow_is_warm(levels: NDArray[np.float64], share: NDArray[np.float64], noisier: float) -> bool:
    """Mixing makes the inflow's levels spread; when both sides are about as calm, the larger is ambient."""
    at = _halves(levels, share)
    low, high = _spread(levels[:at], share[:at]), _spread(levels[at:], share[at:])
    if max(low, high) < noisier * min(low, high):
        return bool(share[at:].sum() < 0.5)
    return low <= high


def _halves(levels: NDArray[np.float64], share: NDArray[np.float64]) -> int:
    """Where Otsu's rule (1979) cuts the levels in two."""
    return max(range(2, BINS - 2), key=lambda at: _apart(levels, share, at))


def _apart(levels: NDArray[np.float64], share: NDArray[np.float64], at: int) -> float:
    low, high = share[:at].sum() + 1e-9, share[at:].sum() + 1e-9
    means = (share[:at] * levels[:at]).sum() / low, (share[at:] * levels[at:]).sum() / high
    return float(low * high * (means[1] - means[0]) ** 2)


def _spread(levels: NDArray[np.float64], share: NDArray[np.float64]) -> float:
    total = share.sum() + 1e-9
    mean = (share * levels).sum() / total
    return float(np.sqrt((share * (levels - mean) ** 2).sum() / total)) + 1e-9


def _first_front(slope: NDArray[np.float64], share: NDArray[np.float64], how: Front) -> int | None:
    """From the ambient end: the foot of the first rise that is steep enough."""
    so_far = np.cumsum(share)
    for at in range(1, BINS - 1):
        top = slope[at] >= max(slope[at - 1], slope[at + 1], how.steep)
        if top and so_far[at] > how.ambient:
            return _foot(slope, at, _calm_slope(slope, share), how.foot)
    return None


def _calm_slope(slope: NDArray[np.float64], share: NDArray[np.float64]) -> float:
    """Of the first tenth of the surface."""
    first = np.cumsum(share) < 0.1
    return float(np.average(slope[first], weights=share[first] + 1e-9)) if first.any() else float(slope[0])


def _foot(slope: NDArray[np.float64], top: int, calm: float, foot: float) -> int:
    rising = calm + foot * (slope[top] - calm)
    return next((at + 1 for at in range(top - 1, -1, -1) if slope[at] < rising), 0)
