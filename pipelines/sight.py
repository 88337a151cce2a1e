"""How surely a place is a stall: what the looks with the detector awake found of one there, on average.

Not the votes of its stay: a tricycle that sells is both, and only the better fitting name gets a vote.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vision.geometry import iou

SURE_SCORE = 0.7
"""The mean score at which it is beyond doubt. At 0.49 it needs no company, at 0.35 it must have been seen
to come."""
KEPT = 0.35
JUDGED = 20
"""A place that so many looks found to be a stall stays one by night and in rain, as long as it keeps its look."""
SAME_BOX = 0.5


@dataclass(frozen=True, slots=True)
class Sight:
    """found: the mean score, with 0 for looks that found none; the last twenty count most. looks: at most twenty."""

    found: float = 0.0
    looks: int = 0

    @property
    def strength(self) -> float:
        return min(1.0, self.found / SURE_SCORE)


def see_again(sight: Sight, score: float) -> Sight:
    """After a look that found a stall of that score there, or none: 0."""
    if not score and sight.looks >= JUDGED and sight.found >= KEPT:
        return sight
    looks = min(sight.looks + 1, JUDGED)
    return Sight(sight.found + (score - sight.found) / looks, looks)


def scores_at(
    places: NDArray[np.floating], stalls: NDArray[np.floating], scores: NDArray[np.float32]
) -> NDArray[np.float64]:
    """(n,): the best score of the stalls (m, 4) that lie on each of the places (n, 4); 0 for none."""
    if not len(stalls):
        return np.zeros(len(places))
    return np.asarray(np.where(iou(places, stalls) >= SAME_BOX, scores, 0.0).max(axis=1), np.float64)
