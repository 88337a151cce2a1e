"""A page of the worst failures from above: the surest false stalls and the stalls that were missed, cut out large."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import cv2
import numpy as np

from training.overhead_exams import OverheadExam, matches
from training.pictures import Picture
from vision.types import Boxes, Detections, Image

CUT_PX, SHOWN_PX = 200, 260
MOST = 60
FALSE, MISSED = "误报 false", "漏报 missed"
_COLOURS = {FALSE: (0, 0, 255), MISSED: (0, 220, 255)}
_PAGE = """<!doctype html><meta charset="utf-8"><title>{title}</title>
<style>body{{font:15px sans-serif;margin:1rem}}figure{{display:inline-block;margin:.3rem;width:{width}px}}
figcaption{{overflow-wrap:anywhere}}</style><h1>{title}</h1>{body}"""


@dataclass(frozen=True, slots=True, eq=False)
class Failure:
    """One box that should not be, or that should have been; `score` is 0 for what nobody saw."""

    kind: str
    picture: Picture
    box: Boxes
    score: float


def failures(exam: OverheadExam, seen: Sequence[Detections], *, least: float) -> list[Failure]:
    """False stalls, surest first, then missed ones, of the largest first."""
    both = [_of(picture, said.only(said.scores >= least)) for picture, said in zip(exam.pictures, seen, strict=True)]
    false = sorted((one for falses, _ in both for one in falses), key=lambda one: -one.score)
    missed = sorted((one for _, misses in both for one in misses), key=lambda one: -_area(one.box))
    return false[:MOST] + missed[:MOST]


def _of(picture: Picture, said: Detections) -> tuple[list[Failure], list[Failure]]:
    found = matches(picture.truth, said)
    hit = set(found.values())
    false = [
        Failure(FALSE, picture, said.boxes[at], float(said.scores[at])) for at in range(len(said)) if at not in found
    ]
    missed = [Failure(MISSED, picture, box, 0.0) for at, box in enumerate(picture.truth.boxes) if at not in hit]
    return false, missed


def _area(box: Boxes) -> float:
    return float((box[2] - box[0]) * (box[3] - box[1]))


def write_page(pages: Sequence[tuple[str, Sequence[Failure]]], folder: Path) -> Path:
    """index.html and its pictures. They show other people's pictures: they belong on this machine only."""
    folder.mkdir(parents=True, exist_ok=True)
    body = "".join(
        f"<h2>{escape(condition)}</h2>{_figures(found, at, folder)}" for at, (condition, found) in enumerate(pages)
    )
    page = folder / "index.html"
    page.write_text(_PAGE.format(title="overhead-1 最差的判断 worst failures", width=SHOWN_PX, body=body), "utf-8")
    return page


def _figures(found: Sequence[Failure], section: int, folder: Path) -> str:
    return "".join(_figure(one, folder / f"{section}-{at:03d}.jpg") for at, one in enumerate(found))


def _figure(one: Failure, file: Path) -> str:
    cv2.imwrite(str(file), cut(one))
    says = f"{one.kind} {one.score:.2f} {one.picture.name.split('_png')[0]}"
    return f'<figure><img src="{file.name}" alt="{escape(says)}"><figcaption>{escape(says)}</figcaption></figure>'


def cut(one: Failure) -> Image:
    """The surroundings of the box, the box drawn in."""
    image = one.picture.image.copy()
    x1, y1, x2, y2 = (round(float(edge)) for edge in one.box)
    cv2.rectangle(image, (x1, y1), (x2, y2), _COLOURS[one.kind], 2)
    middle = np.clip([(x1 + x2) // 2, (y1 + y2) // 2], CUT_PX // 2, None)
    left, top = (middle - CUT_PX // 2).tolist()
    part = image[top : top + CUT_PX, left : left + CUT_PX]
    return np.asarray(cv2.resize(part, (SHOWN_PX, SHOWN_PX)), np.uint8)
