"""Several looks at the same pixels become one: what only some of them saw counts for less.

Boxes are averaged as in weighted boxes fusion (Solovyev et al. 2021, arXiv:1910.13302).
"""

from collections.abc import Sequence

import numpy as np

from vision.suppression import groups_of, overlaps
from vision.types import Detections


def agreed(looks: Sequence[Detections], *, overlap: float = 0.5) -> Detections:
    """One row per thing: its box the mean weighted by score, its score the mean over all looks, 0 where unseen.

    The looks must be of one frame; boxes of one label that overlap by at least `overlap` (IoU) are one thing.
    """
    boxes = np.concatenate([look.boxes for look in looks])
    scores = np.concatenate([look.scores for look in looks])
    labels = tuple(label for look in looks for label in look.labels)
    voter = np.repeat(np.arange(len(looks)), [len(look) for look in looks])
    groups, waiting = groups_of(labels), np.argsort(-scores, kind="stable")
    rows = []
    while waiting.size:
        best = waiting[0]
        same = (groups[waiting] == groups[best]) & (overlaps(boxes[best], boxes[waiting]) >= overlap)
        same[0] = True
        members, waiting = waiting[same], waiting[~same]
        members = members[np.unique(voter[members], return_index=True)[1]]
        box = np.average(boxes[members], axis=0, weights=scores[members])
        rows.append((box, scores[members].sum() / len(looks), labels[best]))
    return Detections(
        looks[0].ref,
        np.array([box for box, _, _ in rows], np.float32).reshape(-1, 4),
        np.array([score for _, score, _ in rows], np.float32),
        tuple(label for _, _, label in rows),
        looks[0].model,
    )
