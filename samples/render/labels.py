"""Masks to YOLO's two text formats: boxes, and outlines."""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from samples.render.description import Scene
from samples.render.reel import Picture

_LEAST_PX = 60
_ROUGHLY_PX = 1.0
"""Outlines may leave the mask's edge by this much, which keeps the files small."""

Mask = NDArray[np.bool_]


def instances(scene: Scene, index: Picture, class_of: Callable[[str], int | None]) -> list[tuple[int, Mask]]:
    """The class and visible mask of every actor that has a class."""
    found = []
    for number, actor in enumerate(scene.actors, 1):
        which, mask = class_of(actor.kind), index == number
        if which is not None and mask.sum() >= _LEAST_PX:
            found.append((which, mask))
    return found


def pieces(mask: Mask) -> list[Mask]:
    """Its connected parts that are large enough to learn from."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    return [labels == i for i in range(1, count) if stats[i, cv2.CC_STAT_AREA] >= _LEAST_PX]


def box_line(which: int, mask: Mask) -> str:
    height, width = mask.shape
    x, y, w, h = cv2.boundingRect(mask.astype(np.uint8))
    return f"{which} {(x + w / 2) / width:.5f} {(y + h / 2) / height:.5f} {w / width:.5f} {h / height:.5f}"


def outline_line(which: int, mask: Mask) -> str | None:
    """The largest part's outline: what stands behind a pole becomes one of its halves. None when it has no area."""
    height, width = mask.shape
    contours, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    outline = cv2.approxPolyDP(max(contours, key=cv2.contourArea), _ROUGHLY_PX, True).reshape(-1, 2)
    if len(outline) < 3:
        return None
    return f"{which} " + " ".join(f"{x / width:.5f} {y / height:.5f}" for x, y in outline)
