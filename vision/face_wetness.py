"""Wet patches on a bare face seen from the air: darker than the dry face round them, and not bluer.

Water darkens concrete and asphalt, keeps their hue and raises their saturation; shade darkens too, but its light is
the sky's and shifts to blue. The same search as on thermal counts, on logarithms of luminance; no training.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.calm_surface import Calmness, CalmSurface, Counts, Mask, calm_surface, closed, grown
from vision.outline import outline_of
from vision.thermal_patches import PatchRule, patches
from vision.types import Image

WIDTH = 640
LOG_UNITS = 100.0
"""Luminance in hundredths of a natural logarithm: -50 is 61 % of the light around."""


@dataclass(frozen=True, slots=True)
class WetRule:
    """Set on the rendered dam (change of CIE b*: wet 1.9 to 2.6, ladder -2 to -5, soil beside the face 16) and on
    asphalt with tree shadows (-10 to -18).

    warmer, hue_kept: least and largest change of b*, in 8 bit units. longest: a longer band is a ladder or a joint.
    darker: least darkening, hundredths of a logarithm; wet albedo is .5 to .72 of dry.
    """

    warmer: float = 0.5
    hue_kept: float = 8.0
    longest: float = 12.0
    darker: float = 28.0


FACE = Calmness(calm=5.0, crossing=15.0, least=1500)
"""Joints between slabs break a face into parts more than a river's waves do."""
DARK = PatchRule(spreads=5.0, noises=8.0, least=80, edge=0.25)
"""A patch dries towards its rim, and its tail is thin."""


def wet_on_face(image: Image, rule: WetRule | None = None) -> list[Mask]:
    """One mask of the picture's size for each wet patch, largest first; empty where no bare face is seen."""
    how = rule or WetRule()
    small = _at_width(image)
    light = log_luminance(small)
    face = calm_surface(light, FACE)
    if face is None:
        return []
    found = [patch for patch in patches(light, face, rule=DARK) if is_wet(patch, small, light, face, how)]
    return [_at_size(patch, image) for patch in sorted(found, key=lambda one: -int(one.sum()))]


def log_luminance(image: Image) -> Counts:
    """Hundredths of a natural logarithm; 8 grey levels are added, so that black is not without end."""
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY).astype(np.float32)
    return np.asarray(np.log(grey + 8) * LOG_UNITS, np.float32)


def is_wet(patch: Mask, image: Image, light: Counts, face: CalmSurface, rule: WetRule) -> bool:
    """Darker than the face beside it by enough, not bluer, and no ladder."""
    beside = face.open & grown(patch, 25) & ~grown(patch, 3)
    if not beside.any() or outline_of(patch).elongation > rule.longest:
        return False
    lab = cv2.cvtColor(image, cv2.COLOR_BGR2LAB)
    yellow = _step(np.asarray(lab[..., 2], np.float32), patch, beside)
    return rule.warmer <= yellow <= rule.hue_kept and _step(light, patch, beside) <= -rule.darker


def _step(values: NDArray[np.float32], patch: Mask, beside: Mask) -> float:
    """Means, since 8-bit medians move in whole steps."""
    return float(values[patch].mean() - values[beside].mean())


def _at_width(image: Image) -> Image:
    height = max(1, round(image.shape[0] * WIDTH / image.shape[1]))
    return np.asarray(cv2.resize(image, (WIDTH, height), interpolation=cv2.INTER_AREA), np.uint8)


def _at_size(patch: Mask, image: Image) -> Mask:
    size = image.shape[1], image.shape[0]
    return np.asarray(
        cv2.resize(closed(patch, 1).astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0, np.bool_
    )
