"""Average precision as COCO counts it: greedy matching by score, 101 recall points, IoU .50 to .95."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.pictures import Truth
from vision.suppression import overlaps
from vision.types import Boxes

IOUS = np.arange(0.5, 1.0, 0.05)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a detector said of one picture."""

    boxes: Boxes
    scores: NDArray[np.float32]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """One label's result: how many there are, AP at IoU .50, AP over .50-.95, recall and precision at a threshold."""

    n: int
    ap50: float
    ap: float
    recall: float
    precision: float


def score_label(label: str, truths: Sequence[Truth], seen: Sequence[Seen], *, threshold: float) -> Score:
    """`label` over all pictures; `truths` and `seen` go together."""
    n = sum(truth.labels.count(label) for truth in truths)
    pairs = [_of_label(label, truth, said) for truth, said in zip(truths, seen, strict=True)]
    scores = np.concatenate([said_scores for _, _, said_scores in pairs]) if pairs else np.zeros(0, np.float32)
    hits = np.concatenate([_hits(boxes, said, by) for boxes, said, by in pairs], axis=1)
    order = np.argsort(-scores, kind="stable")
    aps = [average_precision(row[order], n) for row in hits]
    sure = scores >= threshold
    found = int(hits[0][sure].sum())
    return Score(n, aps[0], float(np.mean(aps)), found / max(n, 1), found / max(int(sure.sum()), 1))


def _of_label(label: str, truth: Truth, said: Seen) -> tuple[Boxes, Boxes, NDArray[np.float32]]:
    mine = np.array([name == label for name in truth.labels], bool)
    theirs = np.array([name == label for name in said.labels], bool)
    return truth.boxes[mine], said.boxes[theirs], said.scores[theirs]


def _hits(truth: Boxes, said: Boxes, scores: NDArray[np.float32]) -> NDArray[np.bool_]:
    """(IoUs, detections): whether each detection, best first, finds a box that nobody found before it."""
    hits = np.zeros((len(IOUS), len(said)), bool)
    if not len(truth):
        return hits
    table = np.array([overlaps(box, truth) for box in said]).reshape(-1, len(truth))
    for row, iou in enumerate(IOUS):
        free = np.ones(len(truth), bool)
        for at in np.argsort(-scores, kind="stable"):
            best = int(np.argmax(np.where(free, table[at], -1)))
            if free[best] and table[at, best] >= iou:
                hits[row, at], free[best] = True, False
    return hits


def average_precision(hits: NDArray[np.bool_], n: int) -> float:
    """`hits` best first; nothing to find is not a number."""
    if n == 0:
        return float("nan")
    found = np.cumsum(hits)
    precision = found / np.arange(1, len(hits) + 1)
    envelope = np.maximum.accumulate(precision[::-1])[::-1]
    places = np.searchsorted(found / n, np.linspace(0, 1, 101), side="left")
    return float(np.mean([envelope[at] if at < len(envelope) else 0.0 for at in places]))
