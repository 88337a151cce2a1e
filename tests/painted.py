"""Paints streets for tests: a textured ground with textured things on it, seen by a camera that may move."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.motion import apply, identity
from vision.types import Image

WIDTH, HEIGHT = 640, 360
_MARGIN = 200
"""How much of the world lies beyond each edge of the frame, for a camera that pans or zooms out."""

_SHEET = 1000

Box = tuple[float, float, float, float]
Light = Callable[[Image], Image]
CAR: Box = (260.0, 180.0, 380.0, 260.0)
"""A car in the middle of the picture."""


@dataclass(frozen=True)
class Thing:
    """What is painted. `coat` seeds its texture: another coat is another thing. `named`: the detector sees it.
    `differs`: by how much it is another of the same make."""

    box: Box
    label: str = "car"
    coat: int = 1
    named: bool = True
    score: float = 0.8
    differs: float = 0.0


@dataclass(frozen=True, eq=False)
class Painting:
    """One picture, and what is painted on it; the boxes are pixels of the picture."""

    image: Image
    things: tuple[Thing, ...]


@dataclass(frozen=True, eq=False)
class Scenery:
    """`pose` (2, 3) carries pixels of the first view to pixels of this one. `grain`: sigma of the sensor's noise."""

    ground: int = 7
    pose: NDArray[np.float64] = field(default_factory=identity)
    light: Light | None = None
    grain: float = 2.0
    shot: int = 0


def painted(things: Sequence[Thing] = (), scenery: Scenery | None = None) -> Painting:
    """Later things hide earlier ones."""
    scenery = scenery or Scenery()
    world = _world(scenery.ground).copy()
    for thing in things:
        _paste(world, thing)
    image = _grained(_taken(world, scenery), scenery)
    return Painting(image, tuple(_moved(thing, scenery.pose) for thing in things))


def moved_by(x: float, y: float, zoom: float = 1.0) -> NDArray[np.float64]:
    """The pose of a camera that zoomed about the picture's centre, after which everything lies x, y further on."""
    centre = np.array([WIDTH / 2, HEIGHT / 2])
    return np.column_stack([np.eye(2) * zoom, centre * (1 - zoom) + (x, y)])


def brighter(gain: float, offset: float = 0.0) -> Light:
    return lambda image: np.asarray(cv2.convertScaleAbs(image, alpha=gain, beta=offset), np.uint8)


def shadowed(share: float, left_of: float) -> Light:
    """A soft-edged shadow that leaves `share` of the light, from the picture's left edge to `left_of` px."""

    def shade(image: Image) -> Image:
        edge = np.clip((np.arange(image.shape[1]) - left_of) / 20 + 0.5, 0, 1)
        return np.asarray(image * (share + (1 - share) * edge)[None, :, None], np.uint8)

    return shade


@cache
def texture(width: int, height: int, seed: int, contrast: float = 30.0) -> Image:
    """Seeded blotches of several sizes, like paint, glass and asphalt; corners can be found at every zoom."""
    random = np.random.default_rng(seed)
    blotches = sum(_blotches(random, width, height, coarse) for coarse in (5, 12, 30))
    tint = random.normal(0, 14, (1, 1, 3)) + random.uniform(90, 150)
    return np.asarray(np.clip(contrast * blotches / np.sqrt(3) + tint, 0, 255), np.uint8)


def _blotches(random: np.random.Generator, width: int, height: int, coarse: int) -> NDArray[np.float64]:
    small = random.normal(0, 1, (height // coarse + 2, width // coarse + 2))
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC), np.float64)[..., None]


@cache
def _world(ground: int) -> Image:
    return texture(WIDTH + 2 * _MARGIN, HEIGHT + 2 * _MARGIN, ground, contrast=22.0)


def plain(level: int) -> Painting:
    """A picture without any texture, like a foggy yard."""
    return Painting(np.full((HEIGHT, WIDTH, 3), level, np.uint8), ())


def _paste(world: Image, thing: Thing) -> None:
    """What lies beyond the world is cut off."""
    x1, y1, x2, y2 = (round(v) + _MARGIN for v in thing.box)
    left, top = max(-x1, 0), max(-y1, 0)
    room = world[y1 + top : max(y2, 0), x1 + left : max(x2, 0)]
    coat = _coat(thing, x2 - x1, y2 - y1)[top:, left:]
    room[:] = coat[: room.shape[0], : room.shape[1]]


def _coat(thing: Thing, width: int, height: int) -> Image:
    coat = texture(width, height, 1000 + thing.coat)
    if not thing.differs:
        return coat
    other = texture(width, height, 2000 + thing.coat)
    return np.asarray(cv2.addWeighted(coat, 1 - thing.differs, other, thing.differs, 0), np.uint8)


def _taken(world: Image, scenery: Scenery) -> Image:
    if (scenery.pose == identity()).all():
        image = world[_MARGIN : _MARGIN + HEIGHT, _MARGIN : _MARGIN + WIDTH]
    else:
        image = _warped(world, scenery.pose)
    return image if scenery.light is None else scenery.light(image)


def _warped(world: Image, pose: NDArray[np.float64]) -> Image:
    pose = pose.copy()
    pose[:, 2] -= pose[:, :2] @ (_MARGIN, _MARGIN)
    return np.asarray(cv2.warpAffine(world, pose, (WIDTH, HEIGHT)), np.uint8)


def _grained(image: Image, scenery: Scenery) -> Image:
    """Noise is dealt from a sheet, by shot, since drawing it anew for each picture takes most of a test's time."""
    random = np.random.default_rng(scenery.shot)
    y, x = random.integers(0, _SHEET - HEIGHT), random.integers(0, _SHEET - WIDTH)
    noise = _sheet(scenery.grain)[y : y + HEIGHT, x : x + WIDTH]
    return np.asarray(np.clip(image + noise, 0, 255), np.uint8)


@cache
def _sheet(grain: float) -> NDArray[np.int16]:
    return np.asarray(np.random.default_rng(0).normal(0, grain, (_SHEET, _SHEET, 3)).round(), np.int16)


def _moved(thing: Thing, pose: NDArray[np.float64]) -> Thing:
    x1, y1, x2, y2 = (float(v) for v in apply(pose, np.array([thing.box]))[0])
    return replace(thing, box=(x1, y1, x2, y2))
