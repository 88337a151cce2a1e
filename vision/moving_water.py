"""Moving water in a clip that was stabilised: places that flicker for longer and more than camera shake explains.

Shake moves edges, so still ground changes in step with its own edges; running and boiling water changes everywhere,
in every pair of frames, to and fro.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.calm_surface import Mask, closed, pieces
from vision.types import Grey

_Values = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Flicker:
    """noise: grey levels by which still ground changes at least. shake: px that stabilising leaves. often: share of
    the pairs of frames in which water changes. least: smallest place, share of the picture. frames: fewest to judge
    by. camera: when more than this share of the picture moves, the camera does, and nothing is said.

    Set on the outfall clips of the shared data and on the rendered dam, which stays still.
    """

    noise: float = 2.5
    shake: float = 0.6
    often: float = 0.5
    least: float = 0.0004
    frames: int = 6
    camera: float = 0.35


def moving(frames: Sequence[Grey], flicker: Flicker | None = None) -> list[Mask]:
    """Places where water moves, largest first. `frames`: one stabilised view, all of one size, in order.

    Raises ValueError for too few frames to tell.
    """
    how = flicker or Flicker()
    if len(frames) < how.frames:
        raise ValueError(f"{len(frames)} frames are too few to see water move, {how.frames} are needed")
    whole = closed(restlessness(frames, how) >= how.often, 3)
    if whole.mean() > how.camera:
        return []
    return pieces(whole, max(4, round(how.least * whole.size)), connectivity=8)


def restlessness(frames: Sequence[Grey], how: Flicker) -> _Values:
    """Share of the pairs of neighbouring frames, 0..1, in which each pixel changes more than shake and noise allow."""
    smooth = [_smooth(frame) for frame in frames]
    allowed = how.noise + how.shake * _edges(np.median(np.stack(smooth), axis=0).astype(np.float32))
    changed = [_local(np.abs(after - before)) > allowed for before, after in pairwise(smooth)]
    return np.asarray(np.mean(changed, axis=0), np.float32)


def share_moving(frames: Sequence[Grey], candidate: Mask, flicker: Flicker | None = None) -> float:
    """How much of a candidate moves, 0..1: a wet patch that only lies there has none."""
    found = moving(frames, flicker)
    if not found or not candidate.any():
        return 0.0
    return float((np.logical_or.reduce(found) & candidate).sum() / candidate.sum())


def _smooth(frame: Grey) -> _Values:
    """Without slow changes of light."""
    values = cv2.GaussianBlur(frame.astype(np.float32), (0, 0), 1.0)
    return np.asarray(values - cv2.GaussianBlur(values, (0, 0), 12.0), np.float32)


def _edges(values: _Values) -> _Values:
    """Steepest change within 2 px, in grey levels per px."""
    x, y = cv2.Sobel(values, cv2.CV_32F, 1, 0) / 8, cv2.Sobel(values, cv2.CV_32F, 0, 1) / 8
    return np.asarray(cv2.dilate(np.hypot(x, y), np.ones((5, 5), np.uint8)), np.float32)


def _local(values: _Values) -> _Values:
    return np.asarray(cv2.GaussianBlur(values, (0, 0), 2.0), np.float32)
