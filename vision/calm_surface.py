"""The one large calm surface of a thermal frame: a river, a reservoir, the bare face of a dam.

Vegetation, riprap and buildings are rough at the scale of a few pixels; water and bare faces are not, whatever the
time of day. What seeps is looked for only there, and in what the surface encloses.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.float32]
"""Radiometric counts (h, w): proportional to radiance or temperature, never the pilot's palette."""

Mask = NDArray[np.bool_]
"""(h, w), true where something holds."""


@dataclass(frozen=True, slots=True)
class Calmness:
    """What counts as calm, in multiples of the frame's own noise; lengths in px of a frame 640 wide.

    calm: texture below which a pixel is calm. crossing: texture that a front between two calm parts may have.
    least: pixels of the smallest part. reach: how far apart two parts may lie. hole: largest share of the surface
    that it may enclose and still own. within, smooth: shares of the crossing that must lie between both parts'
    levels and be smooth. Set on the first pass over Devils River (shared data), where water is .7 to 1.2 counts rough
    and the banks 4 to 25.
    """

    calm: float = 4.0
    crossing: float = 12.0
    least: int = 2500
    reach: int = 18
    hole: float = 0.15
    within: float = 0.8
    smooth: float = 0.75


@dataclass(frozen=True, slots=True, eq=False)
class CalmSurface:
    """`open` is the surface itself, `whole` with what it encloses, `noise` one pixel's texture on it in counts."""

    open: Mask
    whole: Mask
    noise: float
    texture: Counts
    level: Counts
    """The frame, smoothed by 2 px."""


def calm_surface(counts: Counts, calmness: Calmness | None = None) -> CalmSurface | None:
    """The largest calm surface, with the calm parts that only a front separates from it. None when all is rough."""
    how = calmness or Calmness()
    texture = roughness(counts)
    noise = max(float(np.percentile(texture, 5)), 1e-3)
    parts = _parts(texture < how.calm * noise, how.least)
    if not parts:
        return None
    level = blurred(counts, 2.0)
    open_ = closed(_joined(parts, level, texture, noise, how), 5)
    return CalmSurface(open_, filled(open_, how.hole), noise, texture, level)


def roughness(counts: Counts) -> Counts:
    """What stands out between 1 and 4 px, as a local root mean square in counts."""
    fine = blurred(counts, 1.0) - blurred(counts, 4.0)
    return np.asarray(np.sqrt(blurred(fine * fine, 6.0)), np.float32)


def blurred(values: Counts, sigma: float) -> Counts:
    return np.asarray(cv2.GaussianBlur(values, (0, 0), sigma), np.float32)


def disk(radius: int) -> NDArray[np.uint8]:
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1)), np.uint8)


def grown(mask: Mask, radius: int) -> Mask:
    return np.asarray(cv2.dilate(mask.astype(np.uint8), disk(radius)) > 0, np.bool_)


def shrunk(mask: Mask, radius: int) -> Mask:
    """The frame's own edge takes nothing away."""
    return np.asarray(cv2.erode(mask.astype(np.uint8), disk(radius)) > 0, np.bool_)


def closed(mask: Mask, radius: int) -> Mask:
    return np.asarray(cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, disk(radius)) > 0, np.bool_)


def pieces(mask: Mask, least: int, *, connectivity: int = 4) -> list[Mask]:
    """Connected pieces of at least `least` px, largest first."""
    count, names, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=connectivity)
    areas = stats[:, cv2.CC_STAT_AREA]
    order = sorted(range(1, count), key=lambda at: -int(areas[at]))
    return [np.asarray(names == at, np.bool_) for at in order if areas[at] >= least]


def filled(mask: Mask, share: float) -> Mask:
    """With every hole that does not reach the frame's edge and is smaller than this share of the mask."""
    most, whole = share * mask.sum(), mask.copy()
    for hole in pieces(~mask, 1):
        if not _reaches_edge(hole) and hole.sum() <= most:
            whole |= hole
    return whole


def _reaches_edge(mask: Mask) -> bool:
    return bool(mask[0].any() or mask[-1].any() or mask[:, 0].any() or mask[:, -1].any())


def _parts(calm: Mask, least: int) -> list[Mask]:
    return pieces(calm, least)


def _joined(parts: list[Mask], level: Counts, texture: Counts, noise: float, how: Calmness) -> Mask:
    """Takes in part after part until none of those left is across a front."""
    surface, left = parts[0], parts[1:]
    while True:
        bridges = [(at, _front(surface, part, how.reach)) for at, part in enumerate(left)]
        fit = [(at, b) for at, b in bridges if _is_front(b, surface, left[at], level, texture, noise, how)]
        if not fit:
            return surface
        at, bridge = fit[0]
        surface = surface | left.pop(at) | bridge


def _front(one: Mask, other: Mask, reach: int) -> Mask:
    return grown(one, reach) & grown(other, reach)


def _is_front(
    bridge: Mask, one: Mask, other: Mask, level: Counts, texture: Counts, noise: float, how: Calmness
) -> bool:
    """A front passes smoothly from one level to the other; a bank is rough and leaves the range."""
    between = bridge & ~one & ~other
    if bridge.sum() < how.reach * 80 or not between.any():
        return False
    low, high = sorted((_level_near(one, bridge, level), _level_near(other, bridge, level)))
    across = level[between]
    within = ((across >= low - how.calm * noise) & (across <= high + how.calm * noise)).mean()
    return bool(within > how.within and (texture[between] < how.crossing * noise).mean() > how.smooth)


def _level_near(part: Mask, bridge: Mask, level: Counts) -> float:
    near = part & bridge
    return float(np.median(level[near if near.any() else part]))
