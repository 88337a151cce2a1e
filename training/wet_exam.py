"""How well wet ground is found in pictures that a head never saw: IoU and found pictures, of each kind."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.wet_pictures import CLASSES

COVERED = 0.3
"""A picture counts as found when this share of its truth is marked (as in the reference's own table)."""
ALIKE = 0.2
"""Or when marked and true places of any wet kind have this IoU."""
MARKED = 0.01
"""A dry picture counts as marked when more than this share of it is."""


@dataclass(frozen=True, slots=True)
class Marks:
    """One kind's marks in pictures of that kind."""

    kind: str
    pictures: int
    pooled_iou: float
    mean_iou_any_wet: float
    covered: int
    alike: int

    def __str__(self) -> str:
        return (
            f"{self.kind}: n {self.pictures}, pooled IoU {self.pooled_iou:.3f}, mean IoU of all that is wet "
            f"{self.mean_iou_any_wet:.3f}, covered {self.covered}, alike {self.alike}"
        )


def marks(
    kind: str, seen: Sequence[NDArray[np.float32]], truth: Sequence[NDArray[np.float32]], *, likely: float
) -> Marks:
    """`seen` and `truth`: shares (3, h, w) of the pictures of that kind."""
    number = CLASSES.index(kind)
    named = [classes_in(one, likely) for one in seen]
    there = [one.argmax(axis=0) for one in truth]
    pairs = list(zip(named, there, strict=True))
    both = sum(int(((a == number) & (b == number)).sum()) for a, b in pairs)
    either = sum(int(((a == number) | (b == number)).sum()) for a, b in pairs)
    any_wet = [_iou(a > 0, b > 0) for a, b in pairs]
    covered = [((a == number) & (b == number)).sum() >= COVERED * max(1, (b == number).sum()) for a, b in pairs]
    alike = sum(one > ALIKE for one in any_wet)
    return Marks(kind, len(pairs), both / max(1, either), float(np.mean(any_wet)), int(np.sum(covered)), alike)


def classes_in(shares: NDArray[np.float32], likely: float) -> NDArray[np.int64]:
    """As the product does it: wet when not dry by at least `likely`, then the likelier of the wet kinds."""
    return np.where(1 - shares[0] >= likely, 1 + shares[1:].argmax(axis=0), 0)


def marked_dry(seen: Sequence[NDArray[np.float32]], *, likely: float) -> int:
    """How many of these dry pictures are marked."""
    return sum(bool((classes_in(one, likely) > 0).mean() > MARKED) for one in seen)


def _iou(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    return float((one & other).sum() / max(1, (one | other).sum()))
