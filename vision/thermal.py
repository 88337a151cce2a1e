"""Thermal anomalies on radiometric counts: inflows into a water surface and patches on a calm face, of both signs.

Never the pilot's palette, never absolute degrees: within one hover surfaces drift by 1.4 to 6 degC (Elfarkh 2023), so
everything is a contrast to what lies around.
"""

from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np

from vision.calm_surface import Counts, Mask, calm_surface, closed
from vision.inflow import Front, inflows
from vision.outline import Outline, outline_of
from vision.thermal_patches import PatchRule, patches

WIDTH = 640
"""All lengths of the rules are px of a frame this wide."""


class Kind(StrEnum):
    """How an anomaly was found: as a front in water, or as a patch on a face."""

    INFLOW = "inflow"
    PATCH = "patch"


@dataclass(frozen=True, slots=True, eq=False)
class Anomaly:
    """`mask` is the frame's size. `contrast` is the median difference to the calm surroundings in counts, positive
    when warm; `kelvin` the same in kelvin of apparent temperature where the counts' scale is known."""

    kind: Kind
    mask: Mask
    outline: Outline
    contrast: float
    kelvin: float | None


def thermal_anomalies(
    counts: Counts,
    *,
    kelvin_per_count: float | None = None,
    front: Front | None = None,
    rule: PatchRule | None = None,
) -> list[Anomaly]:
    """Largest first. A frame without a calm surface has none: it can't be judged by this cue.

    `counts` (h, w) float32. Raises ValueError for another shape.
    """
    if counts.ndim != 2:
        raise ValueError(f"counts are (h, w), not {counts.shape}")
    small = _at_width(counts)
    surface = calm_surface(small)
    if surface is None:
        return []
    flows = [(Kind.INFLOW, mask) for mask in inflows(surface, front)]
    taken = np.logical_or.reduce([np.zeros(small.shape, np.bool_), *(mask for _, mask in flows)])
    spots = [(Kind.PATCH, mask) for mask in patches(small, surface, kelvin_per_count, rule) if not (mask & taken).any()]
    found = [_anomaly(kind, mask, counts, surface.open & ~taken, kelvin_per_count) for kind, mask in flows + spots]
    return sorted(found, key=lambda anomaly: -anomaly.outline.area_px)


def _at_width(counts: Counts) -> Counts:
    if counts.shape[1] == WIDTH:
        return counts.astype(np.float32)
    height = max(1, round(counts.shape[0] * WIDTH / counts.shape[1]))
    return np.asarray(cv2.resize(counts, (WIDTH, height), interpolation=cv2.INTER_AREA), np.float32)


def _anomaly(kind: Kind, small: Mask, counts: Counts, calm: Mask, kelvin_per_count: float | None) -> Anomaly:
    mask, around = _at_size(small, counts), _at_size(calm & _near(small), counts)
    if not around.any():
        around = ~mask
    contrast = float(np.median(counts[mask]) - np.median(counts[around & ~mask]))
    kelvin = None if kelvin_per_count is None else contrast * kelvin_per_count
    return Anomaly(kind, mask, outline_of(mask), contrast, kelvin)


def _near(mask: Mask) -> Mask:
    """Within 60 px of it."""
    return np.asarray(cv2.blur(mask.astype(np.float32), (121, 121)) > 0, np.bool_)


def _at_size(mask: Mask, counts: Counts) -> Mask:
    height, width = counts.shape
    size = cv2.resize(mask.astype(np.uint8), (width, height), interpolation=cv2.INTER_NEAREST)
    return np.asarray(size > 0, np.bool_)


def union(anomalies: list[Anomaly], shape: tuple[int, int]) -> Mask:
    """All of them in one mask, small gaps closed."""
    whole = np.logical_or.reduce([np.zeros(shape, np.bool_), *(anomaly.mask for anomaly in anomalies)])
    return closed(whole, 2) if anomalies else whole
