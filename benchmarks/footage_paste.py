"""Makes real vehicles stand: one that drives by is cut out of the footage and stays where it was."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.footage_effects import Effect
from benchmarks.footage_io import Image, Shot

Region = tuple[float, float, float, float]
"""x1 y1 x2 y2 in shares of the picture."""

_CHANGED = 22.0


@dataclass(frozen=True, slots=True)
class Parked:
    """The vehicle seen at `seen_at` within `region` stands there from `onset_s` until `gone_s`, moved by `shift`."""

    seen_at: float
    region: Region
    onset_s: float
    gone_s: float
    shift: tuple[float, float] = (0.0, 0.0)


def parked(vehicles: Sequence[Parked], *, passers_in_front: bool) -> Effect:
    """`passers_in_front`: what moves otherwise is painted over the parked vehicle, as if it passed before it."""

    def stopped(shots: Iterable[Shot]) -> Iterator[Shot]:
        kept = list(shots)
        ground = bare(kept)
        cuts = [(vehicle, *_cut(kept, ground, vehicle)) for vehicle in vehicles]
        for shot in kept:
            image = shot.image.copy()
            moving = _foreground(shot.image, ground) if passers_in_front else None
            for vehicle, look, mask in cuts:
                if vehicle.onset_s <= shot.at < vehicle.gone_s:
                    shown = mask if moving is None else mask & ~moving
                    image[shown] = look[shown]
            yield Shot(shot.at, image)

    return stopped


def bare(shots: Sequence[Shot]) -> Image:
    """The street without traffic: the median of some forty pictures."""
    step = max(1, len(shots) // 40)
    return np.asarray(np.median(np.stack([shot.image for shot in shots[::step]]), axis=0), np.uint8)


def _cut(shots: Sequence[Shot], ground: Image, vehicle: Parked) -> tuple[Image, NDArray[np.bool_]]:
    picture = min(shots, key=lambda shot: abs(shot.at - vehicle.seen_at)).image
    height, width = picture.shape[:2]
    x1, y1, x2, y2 = (round(v * s) for v, s in zip(vehicle.region, (width, height, width, height), strict=True))
    mask = np.zeros((height, width), np.bool_)
    mask[y1:y2, x1:x2] = _foreground(picture, ground)[y1:y2, x1:x2]
    move = np.array([[1.0, 0, vehicle.shift[0] * width], [0, 1, vehicle.shift[1] * height]])
    size = width, height
    moved = cv2.warpAffine(mask.astype(np.uint8), move, size, flags=cv2.INTER_NEAREST) > 0
    return np.asarray(cv2.warpAffine(picture, move, size), np.uint8), moved


def _foreground(picture: Image, ground: Image) -> NDArray[np.bool_]:
    change = picture.astype(np.int16) - ground
    exposure = np.median(change, axis=(0, 1))
    difference = np.abs(change - exposure).max(axis=2).astype(np.float32)
    rough = (cv2.GaussianBlur(difference, (0, 0), 1.5) > _CHANGED).astype(np.uint8)
    side = max(3, picture.shape[1] // 40)
    return np.asarray(cv2.morphologyEx(rough, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8)) > 0)


def stood_before(still: Image, empty: Image, region: Region, onset_s: float, gone_s: float, end_s: float) -> list[Shot]:
    """A scene of two pictures of one camera: what `still` holds in the region stands there for a while."""
    height, width = empty.shape[:2]
    x1, y1, x2, y2 = (round(v * s) for v, s in zip(region, (width, height, width, height), strict=True))
    with_it = empty.copy()
    with_it[y1:y2, x1:x2] = still[y1:y2, x1:x2]
    return [Shot(at, with_it if onset_s <= at < gone_s else empty) for at in np.arange(0, end_s, 0.1).tolist()]


def goods(region: Region, onset_s: float) -> Effect:
    """A heap of cartons, which no detector knows, stands in the region from then on."""

    def heaped(shots: Iterable[Shot]) -> Iterator[Shot]:
        for shot in shots:
            yield Shot(shot.at, _heap(shot.image.copy(), region) if shot.at >= onset_s else shot.image)

    return heaped


def _heap(image: Image, region: Region) -> Image:
    height, width = image.shape[:2]
    random = np.random.default_rng(3)
    x1, y1, x2, y2 = (v * s for v, s in zip(region, (width, height, width, height), strict=True))
    for row, column in ((1, 0), (1, 1), (1, 2), (0, 0), (0, 1)):
        side, tall = (x2 - x1) / 3, (y2 - y1) / 2
        left, top = x1 + (column + 0.5 * (row == 0)) * side, y1 + row * tall
        colour = tuple(int(v) for v in np.array([90, 140, 175]) + random.integers(-25, 25, 3))
        corner, far = (int(left), int(top)), (int(left + 0.94 * side), int(top + tall))
        cv2.rectangle(image, corner, far, colour, -1)
        cv2.rectangle(image, corner, far, tuple(c // 2 for c in colour), 1)
        cv2.line(
            image, (int(left), int(top + tall / 2)), (far[0], int(top + tall / 2)), tuple(c - 40 for c in colour), 1
        )
    return image
