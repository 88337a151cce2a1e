"""Makes faces and plates unreadable without looking for either: where they must be is enough.

A part is shrunk until what it hides is about one sample wide, then drawn large and smooth again. What was averaged
away is gone; no filter brings it back. Nothing is recognised, and no face or plate model is used.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor

import cv2
import numpy as np

from vision.geometry import covered
from vision.labels import is_stall
from vision.types import Boxes, Detections, Image

SEEN_FROM = 0.1
"""Scores from which a box is hidden. A needless blur costs less than a face shown."""

_PERSONS = frozenset({"person", "pedestrian", "people", "rider"})
_CYCLES = frozenset({"bicycle", "motorcycle", "tricycle"})

_HEAD_SAMPLES = 5.0
_RIDER_SAMPLES = 18.0
_GLASS_SAMPLES = 20.0
_PLATE_SAMPLES = 13.0
_STALL_SAMPLES = 40.0
_IN_STALL = 0.7
_SMALLEST_SAMPLE_PX = 3.0
_READABLE_BODY_PX = 72.0


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the picture to hide, x1 y1 x2 y2 in px, and how wide one sample of what is left of it shall be."""

    box: tuple[float, float, float, float]
    sample_px: float

    def scaled(self, by: float) -> "Part":
        """The same part of the picture resized by that factor."""
        x1, y1, x2, y2 = self.box
        return Part((x1 * by, y1 * by, x2 * by, y2 * by), self.sample_px * by)


def blurred(image: Image, detections: Detections, others: Boxes | None = None, stalls: Boxes | None = None) -> Image:
    """A copy in which the heads of persons and riders, and the glass and plates of vehicles, cannot be read.

    `others`: boxes of things without a known class. They are hidden like vehicles, since each may be one. `stalls`:
    boxes of what is known to be one, whatever this picture's detections say: its goods are the evidence.
    """
    return hidden(image, parts_to_hide(detections, others, stalls))


def hidden(image: Image, parts: Iterable[Part]) -> Image:
    """A copy with these parts unreadable; where parts overlap, the coarsest has the last word."""
    out = image.copy()
    for part in sorted(parts, key=lambda part: part.sample_px):
        _hide(image, out, part)
    return out


def frosted(image: Image, sample_px: float) -> Image:
    """All of the image, with one smooth sample where there were sample_px x sample_px pixels."""
    height, width = image.shape[:2]
    few = (max(1, round(width / sample_px)), max(1, round(height / sample_px)))
    small = cv2.resize(image, few, interpolation=cv2.INTER_AREA)
    large: Image = cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)
    return large


def parts_to_hide(detections: Detections, others: Boxes | None = None, stalls: Boxes | None = None) -> list[Part]:
    parts: list[Part] = []
    known = _stalls(detections, stalls)
    for box, label, score in zip(detections.boxes.tolist(), detections.labels, detections.scores.tolist(), strict=True):
        if score >= SEEN_FROM and not (label == "tricycle" and _lies_in(box, known)):
            parts += _parts_of(label, *box)
    for box in () if others is None else others.tolist():
        parts += _body(*box)
    for box in () if stalls is None else stalls.tolist():
        parts.append(_stall(*box))
    return parts


def _stalls(detections: Detections, known: Boxes | None) -> Boxes:
    seen = [box for box, label in zip(detections.boxes, detections.labels, strict=True) if is_stall(label)]
    found = np.array(seen, np.float32).reshape(-1, 4)
    return found if known is None else np.vstack([found, known])


def _lies_in(box: list[float], stalls: Boxes) -> bool:
    return len(stalls) > 0 and bool((covered(np.array([box]), stalls) >= _IN_STALL).any())


def _parts_of(label: str, x1: float, y1: float, x2: float, y2: float) -> list[Part]:
    if label in _PERSONS:
        return [_head(x1, y1, x2, y2)]
    if is_stall(label):
        return [_stall(x1, y1, x2, y2)]
    body = _body(x1, y1, x2, y2)
    return [*body, _rider(x1, y1, x2, y2)] if label in _CYCLES else body


def _stall(x1: float, y1: float, x2: float, y2: float) -> Part:
    """A stall, with the tricycle that it may be: goods stay goods, writing and a face that nobody detected don't.

    A face is at most a tenth of a stall's height, a character on a tricycle's plate a thirty-fifth.
    """
    size = max(y2 - y1, 0.5 * (x2 - x1))
    return Part((x1, y1, x2, y2), max(_SMALLEST_SAMPLE_PX, size / _STALL_SAMPLES))


def _head(x1: float, y1: float, x2: float, y2: float) -> Part:
    """The top of the box: a quarter of somebody standing, more of who sits, all of who lies or shows only the face."""
    width, height = x2 - x1, y2 - y1
    deep = min(height, max(0.24 * height, 0.6 * width))
    sample = max(_SMALLEST_SAMPLE_PX, min(width, deep) / _HEAD_SAMPLES)
    return Part((x1 - 0.1 * width, y1 - 0.05 * height, x2 + 0.1 * width, y1 + deep), sample)


def _rider(x1: float, y1: float, x2: float, y2: float) -> Part:
    """Where the head of whoever sits on it is, whether the detector's box holds the rider or the machine alone."""
    height = y2 - y1
    above = (x1, y1 - 0.6 * height, x2, y1 + 0.35 * height)
    return Part(above, max(_SMALLEST_SAMPLE_PX, height / _RIDER_SAMPLES))


def _body(x1: float, y1: float, x2: float, y2: float) -> list[Part]:
    """A vehicle: finely where the glass is, so that it can still be told what it is, coarsely where a plate may be.

    A plate's character is at most a sixteenth of a car's height, a face behind glass about a tenth. The width stands
    in for the height of a vehicle that is cut by the edge. On a small one nothing can be read anyway.
    """
    size = max(y2 - y1, 0.5 * (x2 - x1))
    if size < _READABLE_BODY_PX:
        return []
    waist = y1 + 0.4 * (y2 - y1)
    return [Part((x1, y1, x2, waist), size / _GLASS_SAMPLES), Part((x1, waist, x2, y2), size / _PLATE_SAMPLES)]


def _hide(image: Image, out: Image, part: Part) -> None:
    height, width = image.shape[:2]
    x1, y1 = max(0, floor(part.box[0])), max(0, floor(part.box[1]))
    x2, y2 = min(width, ceil(part.box[2])), min(height, ceil(part.box[3]))
    if x1 < x2 and y1 < y2:
        out[y1:y2, x1:x2] = frosted(image[y1:y2, x1:x2], part.sample_px)
