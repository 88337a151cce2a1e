"""A rendered clip's truth as a detector would see it: shaken boxes, missed looks, doubtful scores and wrong words.

So a rule can be judged apart from any model, and made to bear a worse one than ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from samples.render.kinds import KINDS
from samples.render.truth import Truth
from vision.types import Detections, Frame, no_detections

_VEHICLES = ("tricycle", "van", "truck")


@dataclass(frozen=True, slots=True)
class Noise:
    """How badly it sees. shake: sigma of a box's edges in shares of its sides; missed: share of looks without a thing.

    score: its mean and sigma. misnamed: share of the stalls called a vehicle; fancied: share of looks in which
    something legal (a terrace, a shelter, parcels) is called a stall, with fancied_score.
    """

    shake: float = 0.02
    missed: float = 0.15
    score: tuple[float, float] = (0.6, 0.12)
    misnamed: float = 0.1
    fancied: float = 0.1
    fancied_score: float = 0.3


class TruthDetector:
    """Sees one clip, whose first frame was taken at `zero`. The same seed sees the same."""

    def __init__(self, truth: Truth, zero: datetime, noise: Noise, *, seed: int) -> None:
        self.name = f"truth-{truth.body['name']}"
        self._truth = truth
        self._zero = zero
        self._noise = noise
        self._random = np.random.default_rng(seed)

    def detect(self, frames: Sequence[Frame]) -> list[Detections]:
        return [self._seen(frame) for frame in frames]

    def _seen(self, frame: Frame) -> Detections:
        at = (frame.ref.captured_at - self._zero).total_seconds()
        number = min(round(at * self._truth.body["fps"]), self._truth.body["frames"] - 1)
        found = [sight for row in self._truth.visible(number) if (sight := self._sight(row)) is not None]
        if not found:
            return no_detections(frame.ref, self.name)
        boxes, scores, labels = zip(*found, strict=True)
        return Detections(frame.ref, np.array(boxes, np.float32), np.array(scores, np.float32), labels, self.name)

    def _sight(self, row: int) -> tuple[Any, float, str] | None:
        label = self._word(self._truth.actor(row)["kind"])
        if not label or self._random.random() < self._noise.missed:
            return None
        box = self._truth.box(row).astype(np.float32)
        sides = np.tile(box[2:] - box[:2], 2)
        return box + self._random.normal(0, self._noise.shake, 4) * sides, self._score(row), label

    def _score(self, row: int) -> float:
        if KINDS[self._truth.actor(row)["kind"]].legal:
            return self._noise.fancied_score
        return float(np.clip(self._random.normal(*self._noise.score), 0.1, 0.95))

    def _word(self, kind: str) -> str:
        thing = KINDS[kind]
        if thing.stall:
            return str(self._random.choice(_VEHICLES)) if self._random.random() < self._noise.misnamed else "stall"
        if thing.legal and self._random.random() < self._noise.fancied:
            return "stall"
        return thing.label
