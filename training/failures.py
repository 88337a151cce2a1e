"""The worst failures on one page: what was there, what was said, for a person to look through."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from training.metrics import Seen
from training.pictures import Picture, Truth
from vision.suppression import overlaps
from vision.types import Boxes, Image

MISSED, FALSE = (0, 0, 255), (0, 200, 255)
"""Red and amber, BGR."""
WIDTH = 900
HEAD = """<!doctype html><html lang="zh"><meta charset="utf-8"><title>{title}</title>
<style>body{{font:16px/1.5 sans-serif;max-width:960px;margin:2em auto;padding:0 1em}}img{{max-width:100%}}</style>
<h1>{title}</h1><p>红框：漏检 red: missed · 黄框：误报 amber: false</p>
<p>只在本机看，不外传 for this machine only: the pictures are other people's.</p>
"""


@dataclass(frozen=True, slots=True)
class Failure:
    """One picture on which a model missed something or saw what is not there; boxes px."""

    condition: str
    picture: Picture
    missed: Truth
    false: Seen

    @property
    def weight(self) -> float:
        """More for what was missed, and for what was said with conviction."""
        return len(self.missed.labels) + 2 * float(self.false.scores.sum())


def failures(
    condition: str, pictures: Sequence[Picture], seen: Sequence[Seen], *, threshold: float, iou: float
) -> list[Failure]:
    """Pictures with at least one failure at that threshold; a box counts as found from that overlap on."""
    judged = [_judge(condition, *pair, threshold, iou) for pair in zip(pictures, seen, strict=True)]
    return [one for one in judged if one.weight > 0]


def _judge(condition: str, picture: Picture, said: Seen, threshold: float, iou: float) -> Failure:
    sure = np.flatnonzero(said.scores >= threshold).tolist()
    free = set(range(len(picture.truth.labels)))
    false = [
        at for at in sorted(sure, key=lambda at: -said.scores[at]) if not _takes(said, at, picture.truth, free, iou)
    ]
    left = sorted(free)
    missed = Truth(picture.truth.boxes[left], tuple(picture.truth.labels[at] for at in left))
    rows = np.array(false, np.int64)
    return Failure(
        condition, picture, missed, Seen(said.boxes[rows], said.scores[rows], tuple(said.labels[at] for at in false))
    )


def _takes(said: Seen, at: int, truth: Truth, free: set[int], iou: float) -> bool:
    """Whether this detection finds a box that is still free, and takes it."""
    if not free:
        return False
    shares = overlaps(said.boxes[at], truth.boxes)
    best = max(free, key=lambda one: float(shares[one]) if truth.labels[one] == said.labels[at] else -1.0)
    if truth.labels[best] != said.labels[at] or shares[best] < iou:
        return False
    free.remove(best)
    return True


def write_page(found: Sequence[Failure], folder: Path, title: str, *, most: int = 40) -> Path:
    """The worst first, as `index.html` with its pictures beside it; returns that file."""
    folder.mkdir(parents=True, exist_ok=True)
    worst = sorted(found, key=lambda one: -one.weight)[:most]
    entries = [_entry(one, folder, f"{at:03d}.jpg") for at, one in enumerate(worst)]
    page = folder / "index.html"
    page.write_text(HEAD.format(title=html.escape(title)) + "\n".join(entries), "utf-8")
    return page


def _entry(one: Failure, folder: Path, name: str) -> str:
    cv2.imwrite(str(folder / name), drawn(one))
    missed = ", ".join(one.missed.labels) or "–"
    false = (
        ", ".join(f"{label} {score:.2f}" for label, score in zip(one.false.labels, one.false.scores, strict=True))
        or "–"
    )
    where = html.escape(f"{one.condition} · {one.picture.scene}/{one.picture.name}")
    return f'<h2>{where}</h2><p>漏检 missed: {missed}<br>误报 false: {false}</p><img src="{name}" alt="{where}">'


def drawn(one: Failure) -> Image:
    """The picture at a page's width with both kinds of boxes."""
    height, width = one.picture.image.shape[:2]
    scale = WIDTH / width
    image = cv2.resize(one.picture.image, (WIDTH, max(1, round(height * scale))))
    for boxes, colour in ((one.missed.boxes, MISSED), (one.false.boxes, FALSE)):
        _outline(image, boxes * scale, colour)
    return np.asarray(image, np.uint8)


def _outline(image: Image, boxes: Boxes, colour: tuple[int, int, int]) -> None:
    for x1, y1, x2, y2 in boxes.round().astype(int).tolist():
        cv2.rectangle(image, (x1, y1), (x2, y2), colour, 3)
