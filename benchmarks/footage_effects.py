"""What makes footage hard: a hand that sways and zooms, a drone that drifts, night, rain, a poor line, odd clocks."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import reduce

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.footage_io import Image, Shot

Effect = Callable[[Iterable[Shot]], Iterator[Shot]]
Transform = NDArray[np.float64]


def chained(*effects: Effect) -> Effect:
    return lambda shots: reduce(lambda before, effect: effect(before), effects, iter(shots))


def each(change: Callable[[float, Image], Image]) -> Effect:
    return lambda shots: (Shot(shot.at, change(shot.at, shot.image)) for shot in shots)


@dataclass(frozen=True, slots=True)
class Hand:
    """How a camera moves: smooth, and the same every time. Lengths are shares of the picture's width.

    sway: breath and steps. turn: degrees. zoom: reached at half of `period_s` and given back at its end.
    drift: a slow pan that does not come back. jitter: from frame to frame. shear: a rolling shutter's.
    """

    sway: float = 0.0
    turn: float = 0.0
    zoom: float = 1.0
    period_s: float = 20.0
    drift: float = 0.0
    jitter: float = 0.0
    shear: float = 0.0

    def at(self, seconds: float, image: Image) -> Transform:
        height, width = image.shape[:2]
        turn = np.deg2rad(self.turn * _wander(seconds, 0.11, 1))
        scale = np.exp(np.log(self.zoom) * (1 - np.cos(2 * np.pi * seconds / self.period_s)) / 2)
        noise = np.random.default_rng(int(seconds * 1000)).normal(0, self.jitter * width, 2)
        shift = width * self.sway * np.array([_wander(seconds, 0.23, 2), _wander(seconds, 0.31, 3)])
        shift[0] += width * self.drift * seconds
        turned = scale * np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        turned[0, 1] += self.shear * _wander(seconds, 0.9, 4)
        centre = np.array([width, height]) / 2
        return np.column_stack([turned, centre - turned @ centre + shift + noise])


def _wander(seconds: float, hertz: float, seed: int) -> float:
    """A smooth walk between -1 and 1 that begins at 0."""
    slow, slower = 2 * np.pi * hertz * seconds, 2 * np.pi * hertz * 0.37 * seconds
    return float(0.7 * np.sin(slow) + 0.3 * np.sin(slower * (1 + 0.1 * seed)))


def held_by(hand: Hand) -> Effect:
    return each(lambda at, image: _warped(image, hand.at(at, image)))


def _warped(image: Image, transform: Transform) -> Image:
    size = image.shape[1], image.shape[0]
    warped = cv2.warpAffine(image, transform, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT_101)
    return np.asarray(warped, np.uint8)


def night(at: float, image: Image) -> Image:
    """Dark, noisy, flat, with two head lamps that wander across."""
    dark = 255 * (image / 255.0) ** 2.0 * 0.32 + 6
    height, width = image.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    for speed, row in ((0.13, 0.45), (-0.09, 0.65)):
        lamp = (0.5 + speed * (at % 12 - 6)) * width, row * height
        dark += 190 * np.exp(-((x - lamp[0]) ** 2 + (y - lamp[1]) ** 2) / (0.05 * width) ** 2)[..., None]
    return _noisy(dark, 7.0, at)


def dusk_falls(seconds: float) -> Effect:
    """Daylight goes from full to a fifth over this many seconds."""
    return each(lambda at, image: _noisy(image * max(0.2, 1 - 0.8 * at / seconds), 2.0, at))


def rain(at: float, image: Image) -> Image:
    """Pale picture, bright streaks that are elsewhere in every frame."""
    random = np.random.default_rng(int(at * 1000))
    pale = (image * 0.6 + 70).astype(np.uint8)
    height, width = image.shape[:2]
    for left, top in random.integers(0, (width, height), (width * height // 1500, 2)):
        length = int(random.integers(height // 40, height // 15))
        cv2.line(pale, (int(left), int(top)), (int(left) - length // 4, int(top) + length), (225, 225, 225), 1)
    return _noisy(pale, 3.0, at)


def _noisy(image: NDArray[np.floating] | Image, sigma: float, at: float) -> Image:
    noise = np.random.default_rng(int(at * 1000) + 1).normal(0, sigma, image.shape[:2])[..., None]
    return np.clip(image + noise, 0, 255).astype(np.uint8)


def grainy(at: float, image: Image) -> Image:
    return _noisy(image, 2.0, at)


def with_gaps(longest_s: float) -> Effect:
    """Irregular frames, and one time in fourteen nothing for up to `longest_s`."""

    def thinned(shots: Iterable[Shot]) -> Iterator[Shot]:
        random, resumes = np.random.default_rng(5), 0.0
        for shot in shots:
            if shot.at < resumes:
                continue
            yield shot
            pause = random.uniform(0.3, 1.0) * longest_s if random.random() < 1 / 14 else 0.0
            resumes = shot.at + max(pause, random.uniform(0.02, 0.3))

    return thinned


def slower(times: float) -> Effect:
    return lambda shots: (replace(shot, at=shot.at * times) for shot in shots)


def stop_and_go(go_s: float, stop_s: float, rate_hz: float) -> Effect:
    """Traffic that drives `go_s` and stands `stop_s`, over and over; the camera's grain goes on."""

    def halting(shots: Iterable[Shot]) -> Iterator[Shot]:
        late, next_halt = 0.0, go_s
        for shot in shots:
            yield Shot(shot.at + late, shot.image)
            if shot.at >= next_halt:
                halt = np.arange(1, int(stop_s * rate_hz) + 1) / rate_hz
                yield from (Shot(shot.at + late + float(more), shot.image) for more in halt)
                late, next_halt = late + stop_s, next_halt + go_s

    return halting


def tipped(at: float, image: Image) -> Image:
    """Turned a quarter to the left, as it lies in the file of a telephone that was held upright."""
    return np.asarray(cv2.rotate(image, cv2.ROTATE_90_COUNTERCLOCKWISE), np.uint8)


def doubled(shots: Iterable[Shot]) -> Iterator[Shot]:
    """Twice the frame rate, by blending."""
    before: Shot | None = None
    for shot in shots:
        if before is not None:
            yield Shot((before.at + shot.at) / 2, np.asarray(cv2.addWeighted(before.image, 0.5, shot.image, 0.5, 0)))
        yield shot
        before = shot


def until(seconds: float) -> Effect:
    return lambda shots: (shot for shot in shots if shot.at <= seconds)


def repeated(times: int, length_s: float) -> Effect:
    """The same footage over and over, forth and back, so that no car jumps."""

    def again(shots: Iterable[Shot]) -> Iterator[Shot]:
        kept = list(shots)
        for turn in range(times):
            run = kept if turn % 2 == 0 else kept[::-1]
            for shot in run:
                at = shot.at if turn % 2 == 0 else length_s - shot.at
                yield Shot(turn * length_s + at, shot.image)

    return again
