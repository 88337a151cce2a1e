"""Small warm or cold patches on a calm face: what differs from its surroundings, is no stone and no edge."""

from dataclasses import dataclass

import numpy as np

from vision.calm_surface import CalmSurface, Counts, Mask, blurred, grown, pieces
from vision.outline import outline_of


@dataclass(frozen=True, slots=True)
class PatchRule:
    """kelvin: least contrast where the counts' scale is known (2 to 3 degC in Zhou and Su 2022, 1.5 of apparent
    temperature here; half of it at a patch's rim). spreads, noises: the same in the face's own spread (MAD) and in
    its noise, and the larger counts. around: how far the surroundings reach, px of a frame 640 wide. least: px.
    stone: a patch rounder than this and smaller than `stone_share` of the frame is a stone, a lamp, a drain's mouth.
    margin: px from the surface's outer edge that the edge's blur reaches. edge: share of a patch's own contrast that
    is left where it ends: half, since blur moves every other edge with the patch's strength.
    """

    kelvin: float = 1.5
    spreads: float = 6.0
    noises: float = 20.0
    around: float = 40.0
    least: int = 150
    stone: float = 1.8
    stone_share: float = 0.005
    margin: int = 10
    edge: float = 0.5


def patches(
    counts: Counts, surface: CalmSurface, kelvin_per_count: float | None = None, rule: PatchRule | None = None
) -> list[Mask]:
    """One mask for each patch, of either sign."""
    how = rule or PatchRule()
    off = contrast_of(counts, surface, how.around)
    least = _least(off, surface, kelvin_per_count, how)
    outside = grown(~surface.whole, how.margin)
    signs = (off > least / 2, off < -least / 2)
    found = [piece for sign in signs for piece in pieces(sign & surface.whole, how.least, connectivity=8)]
    cut = [_to_edge(piece, off, how.edge) for piece in found if _is_patch(piece, off, least, outside, how)]
    return [piece for piece in cut if piece.sum() >= how.least]


def _to_edge(piece: Mask, off: Counts, edge: float) -> Mask:
    strength = np.abs(off)
    return pieces(piece & (strength >= edge * np.percentile(strength[piece], 80)), 1, connectivity=8)[0]


def contrast_of(counts: Counts, surface: CalmSurface, around: float) -> Counts:
    """Counts above (or below) the calm surroundings: a mean over the open surface only, so a patch does not count."""
    known = surface.open.astype(np.float32)
    ambient = blurred(counts * known, around) / np.maximum(blurred(known, around), 1e-3)
    return np.where(surface.whole, blurred(counts, 1.2) - ambient, np.float32(0)).astype(np.float32)


def _least(off: Counts, surface: CalmSurface, kelvin_per_count: float | None, how: PatchRule) -> float:
    spread = 1.4826 * float(np.median(np.abs(off[surface.open])))
    kelvin = how.kelvin / kelvin_per_count if kelvin_per_count else 0.0
    return max(how.spreads * spread, how.noises * surface.noise, kelvin)


def _is_patch(piece: Mask, off: Counts, least: float, outside: Mask, how: PatchRule) -> bool:
    if (piece & outside).mean() > 0.2 * piece.mean() or abs(float(np.median(off[piece]))) < least:
        return False
    return outline_of(piece).elongation >= how.stone or piece.mean() >= how.stone_share
