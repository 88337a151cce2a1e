"""From background and patches to whole frames, each with the number of the actor that every pixel shows."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from samples.render.reel import Patch, Picture, Reel

_DIFFERS = 9.0
"""Grey levels by which a patch must differ from the background to replace it: above the renderer's noise."""

Canvas = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Composed:
    frame: int
    picture: Picture
    index: Picture


def composed(reel: Reel, frames: int) -> Iterator[Composed]:
    picture, index = reel.load("background")
    still: Canvas = picture.astype(np.float32)
    for frame in range(frames):
        patches = reel.patches(frame)
        for patch in (p for p in patches if p.resting):
            _paste(reel, patch, still, index)
        now, who = still.copy(), index.copy()
        for patch in (p for p in patches if not p.resting):
            _paste(reel, patch, now, who)
        yield Composed(frame, np.clip(now, 0, 255).astype(np.uint8), who)


def _paste(reel: Reel, patch: Patch, picture: Canvas, index: Picture) -> None:
    x0, y0, _x1, _y1 = patch.rect
    new, who = reel.load(patch.name)
    here = np.s_[y0 : y0 + new.shape[0], x0 : x0 + new.shape[1]]
    old = picture[here]
    new, who = new[: old.shape[0], : old.shape[1]].astype(np.float32), who[: old.shape[0], : old.shape[1]]
    share = _replaced(old, new, who != index[here])
    picture[here] = old * (1 - share) + new * share
    index[here] = who


def _replaced(old: Canvas, new: Canvas, other: NDArray[np.bool_]) -> Canvas:
    """How much of the new picture to take (h, w, 1): all where it shows somebody else or clearly differs, feathered."""
    differs = cv2.GaussianBlur(np.abs(new - old).max(2), (0, 0), 1.2) > _DIFFERS
    seeds = cv2.morphologyEx(differs.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    seeds = cv2.dilate(seeds | other.astype(np.uint8), np.ones((9, 9), np.uint8))
    feathered: Canvas = cv2.GaussianBlur(seeds.astype(np.float32), (0, 0), 2.0)
    return feathered[..., None]
