"""What became wet since the baseline: ground that is darker than the registered baseline, beyond light and shade.

Both pictures show one view: the baseline was laid onto the other by `vision.registration`, which refuses pairs that
share too little. Recall is easy here, false alarms are the job, so a region that is known to be ground or face helps.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.calm_surface import Mask, blurred, grown, pieces
from vision.face_wetness import log_luminance
from vision.types import Image


@dataclass(frozen=True, slots=True)
class Darkening:
    """drop: hundredths of a logarithm; 20 found 37 of 37 made blobs on smooth lit ground (reference for dams).
    parallax: px by which the registration may be off; the darkest baseline within it counts. least: share of the
    picture. bluer: a place whose CIE b* fell by more than this came into shade. bluer and drop are after the whole
    picture's own change of light is taken away.
    """

    drop: float = 20.0
    parallax: int = 4
    least: float = 0.0005
    bluer: float = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Darkened:
    """A place of the new picture that became darker, by how many hundredths of a logarithm in its middle."""

    mask: Mask
    drop: float


def darkened(baseline: Image, now: Image, known: Mask, how: Darkening | None = None) -> list[Darkened]:
    """Largest first. `known` (h, w): where the baseline shows something and change matters.

    Raises ValueError when the pictures are of two sizes.
    """
    rule = how or Darkening()
    if baseline.shape != now.shape or known.shape != now.shape[:2]:
        raise ValueError(f"baseline {baseline.shape}, now {now.shape}, known {known.shape}: lay one on the other first")
    if not known.any():
        return []
    drop = _drop(baseline, now, known, rule)
    least = max(4, round(rule.least * known.size))
    places = pieces((drop >= rule.drop) & known, least, connectivity=8)
    bluer = _bluer(baseline, now, known)
    return [Darkened(one, float(np.median(drop[one]))) for one in places if bluer[one].mean() <= rule.bluer]


def _drop(baseline: Image, now: Image, known: Mask, rule: Darkening) -> NDArray[np.float32]:
    """How much darker than the darkest baseline nearby, other light taken away."""
    before, after = (blurred(log_luminance(image), 1.5) for image in (baseline, now))
    light = float(np.median((before - after)[known]))
    darkest = cv2.erode(before, np.ones((2 * rule.parallax + 1, 2 * rule.parallax + 1), np.uint8))
    edge = grown(~known, rule.parallax)
    return np.where(edge, np.float32(0), darkest - light - after).astype(np.float32)


def _bluer(baseline: Image, now: Image, known: Mask) -> NDArray[np.float32]:
    before, after = (
        np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2LAB)[..., 2], np.float32) for image in (baseline, now)
    )
    fallen = before - after
    return np.asarray(fallen - np.median(fallen[known]), np.float32)


@dataclass(frozen=True, slots=True)
class Growth:
    """One place on two flights: areas in m² with their standard deviations."""

    before_m2: float
    before_sd: float
    now_m2: float
    now_sd: float

    @property
    def share(self) -> float:
        """New over old, less 1."""
        return self.now_m2 / self.before_m2 - 1 if self.before_m2 > 0 else float("inf")

    def is_sure(self, *, least: float = 0.2, sigmas: float = 2.0) -> bool:
        """More than `least`, and more than the areas' own doubt."""
        doubt = float(np.hypot(self.before_sd, self.now_sd))
        return self.share > least and self.now_m2 - self.before_m2 > sigmas * doubt
