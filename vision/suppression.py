"""Keeps one box for one thing: a van that is also "truck" and "car" must not count three times."""

import numpy as np
from numpy.typing import NDArray

from vision.types import Boxes

RIVALS = (
    frozenset({"car", "van", "truck", "bus", "tricycle"}),
    frozenset({"bicycle", "motorcycle"}),
)
"""Labels that compete for the same thing. A person on a motorcycle is two things."""


def groups_of(labels: tuple[str, ...]) -> NDArray[np.int64]:
    """A number per label; labels with the same number compete for a box."""
    alone = {label: len(RIVALS) + at for at, label in enumerate(dict.fromkeys(labels))}
    rival = {label: at for at, rivals in enumerate(RIVALS) for label in rivals}
    return np.array([rival.get(label, alone[label]) for label in labels], np.int64)


def overlaps(box: Boxes, boxes: Boxes) -> NDArray[np.float32]:
    """Intersection over union of one box (4,) with each of n."""
    sides = np.minimum(box[2:], boxes[:, 2:]) - np.maximum(box[:2], boxes[:, :2])
    shared = np.prod(np.clip(sides, 0, None), axis=1)
    areas = np.prod(boxes[:, 2:] - boxes[:, :2], axis=1)
    union = np.prod(box[2:] - box[:2]) + areas - shared
    return np.asarray(shared / np.maximum(union, 1e-6), np.float32)


def survivors(
    boxes: Boxes, scores: NDArray[np.float32], groups: NDArray[np.int64], *, overlap: float
) -> NDArray[np.int64]:
    """Rows to keep, best score first: greedy non-maximum suppression inside each group."""
    waiting = np.argsort(-scores, kind="stable")
    kept = []
    while waiting.size:
        best, rest = waiting[0], waiting[1:]
        kept.append(best)
        beaten = (groups[rest] == groups[best]) & (overlaps(boxes[best], boxes[rest]) > overlap)
        waiting = rest[~beaten]
    return np.array(kept, np.int64)
