"""Training sets: which classes each has, and how picture number n of a set is drawn from its seed."""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

from samples.render.description import Actor, Camera, Front, Gait, Layout, Light, Paint, Scene, Way
from samples.render.kinds import KINDS

_COLOURS = ("silver", "white", "black", "red", "blue", "grey", "champagne", "green", "yellow")
_PAVEMENT_Y, _LANE_Y, _ROAD_Y = 7.4, 2.9, -1.2
_SIZE = (960, 540)
_IN_VIEW_M = 6.0
"""How far left or right of where it looks most of the drawn cameras still see."""

STALLS = tuple(kind for kind, what in KINDS.items() if what.stall)
VEHICLES = ("sedan", "hatchback", "suv", "van", "truck", "bus", "e_bike", "tricycle", "fire_engine")
LOOK_ALIKES = tuple(kind for kind, what in KINDS.items() if what.legal)


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """classes: YOLO's class list. class_of: the class of a kind, or None when it is only background."""

    classes: tuple[str, ...]
    class_of: Callable[[str], int | None]
    draw: Callable[[random.Random, str], Scene]


def drawn(name: str, seed: int, number: int) -> Scene:
    """The same three arguments give the same scene, on any machine and in any order."""
    return SETS[name].draw(random.Random(f"{name}/{seed}/{number}"), f"{name}_{seed}_{number:06d}")


def _light(rng: random.Random) -> Light:
    return rng.choice((_day, _day, _low_sun, _overcast, _rain, _dusk))(rng)


def _day(rng: random.Random) -> Light:
    return Light(rng.uniform(30, 70), rng.uniform(90, 270), haze=rng.uniform(1.5, 4), exposure=rng.uniform(-0.3, 0.3))


def _low_sun(rng: random.Random) -> Light:
    return Light(rng.uniform(8, 28), rng.uniform(0, 360), haze=rng.uniform(2, 5), exposure=rng.uniform(0, 0.5))


def _overcast(rng: random.Random) -> Light:
    return Light(rng.uniform(30, 60), rng.uniform(0, 360), sun=0.05, sky=0.14, haze=7.0, exposure=rng.uniform(0.2, 0.9))


def _rain(rng: random.Random) -> Light:
    """Exposed as a camera would: under clouds it opens up."""
    turn, wet, drops = rng.uniform(0, 360), rng.uniform(0.5, 1), rng.randrange(60, 260)
    return Light(40, turn, sun=0.1, sky=0.12, haze=7.0, exposure=0.8, wet=wet, rain=drops)


def _dusk(rng: random.Random) -> Light:
    return Light(
        rng.uniform(0.5, 3), rng.uniform(200, 330), sky=0.16, sun=0.15, exposure=rng.uniform(0, 0.6), lamps=True
    )


def _layout(rng: random.Random) -> Layout:
    trees = sorted(rng.uniform(-16, 16) for _ in range(rng.randrange(0, 5)))
    return Layout(
        front=rng.choice((Front.SHOPS, Front.SHOPS, Front.HOMES)),
        paint=rng.choice((Paint.STREET, Paint.STREET, Paint.FIRE_LANE)),
        lane=(-21.0, 0.7, 21.0, 5.1),
        front_y=rng.uniform(9.4, 11.5),
        wall=(rng.uniform(0.3, 0.6), rng.uniform(0.28, 0.5), rng.uniform(0.25, 0.45)),
        trees_x=tuple(trees),
        bays=rng.random() < 0.4,
    )


def _street_camera(rng: random.Random) -> Camera:
    """A lamp post's height, anywhere along the street."""
    height, away = rng.uniform(4, 12), rng.uniform(8, 17)
    x = rng.uniform(-7, 7)
    return Camera(
        (x, 5 - away, height), (x * 0.3 + rng.uniform(-3, 3), rng.uniform(3, 7), 0.5), rng.uniform(42, 72), _SIZE
    )


def _drone_camera(rng: random.Random) -> Camera:
    """Twenty to fifty metres up, looking down at most 35 degrees aside."""
    height, lean = rng.uniform(20, 50), math.radians(rng.uniform(4, 35))
    x, y = rng.uniform(-6, 6), rng.uniform(0, 5)
    return Camera(
        (x + rng.uniform(-4, 4), y - height * math.tan(lean), height), (x, y, 0.0), rng.uniform(28, 62), _SIZE
    )


def _places(rng: random.Random, y: float, apart: float, around: float = 0.0) -> list[tuple[float, float]]:
    """Spots along the street that leave room for one another, in random order, those in the camera's view first."""
    spots = [(around + x * apart + rng.uniform(-0.4, 0.4), y + rng.uniform(-0.5, 0.5)) for x in range(-3, 4)]
    rng.shuffle(spots)
    return sorted(spots, key=lambda spot: abs(spot[0] - around) >= _IN_VIEW_M)


def _actor(rng: random.Random, number: int, kind: str, at: tuple[float, float], yaw: float) -> Actor:
    look = {"rider": rng.choice(("yes", "none"))} if kind in ("tricycle", "e_bike") else {}
    way = (Way(0, *at, yaw=yaw),)
    return Actor(f"{kind}-{number}", kind, way, seed=rng.randrange(10_000), colour=rng.choice(_COLOURS), look=look)


def _people(rng: random.Random, count: int, low: float, high: float) -> list[Actor]:
    gaits = (Gait.STAND, Gait.PHONE, Gait.SERVE, Gait.WALK)
    spots = [(rng.uniform(-10, 10), rng.uniform(low, high)) for _ in range(count)]
    looks = [{"bag": "yes"}, {"umbrella": "red"}, {"hat": "straw"}, {"apron": "yes"}, {}]
    return [
        Actor(
            f"person-{i}",
            "person",
            (Way(0, *spot, rng.choice(gaits), yaw=rng.uniform(0, 360)),),
            seed=rng.randrange(10_000),
            look=rng.choice(looks),
        )
        for i, spot in enumerate(spots)
    ]


def _vending_actors(rng: random.Random, camera: Camera) -> tuple[Actor, ...]:
    """Up to four stalls at the kerb or on the road, people round them, vehicles and look-alikes for contrast."""
    around = camera.target[0]
    pavement, lane = _places(rng, _PAVEMENT_Y, 3.6, around), _places(rng, _LANE_Y, 5.0, around)
    found = [_stall(rng, i, pavement if rng.random() < 0.65 else lane) for i in range(rng.randrange(0, 5))]
    found += [
        _actor(rng, 10 + i, rng.choice(LOOK_ALIKES), pavement.pop(0), rng.uniform(-8, 8))
        for i in range(rng.randrange(3))
    ]
    found += [
        _actor(rng, 20 + i, rng.choice(VEHICLES), lane.pop(0), rng.choice((0, 180))) for i in range(rng.randrange(2))
    ]
    return (*found, *_people(rng, rng.randrange(1, 7), 0.5, 8.6))


def _stall(rng: random.Random, number: int, spots: list[tuple[float, float]]) -> Actor:
    return _actor(
        rng, number, rng.choice(STALLS), spots.pop(0), rng.choice((0, 0, 90, 180, 270)) + rng.uniform(-20, 20)
    )


def _traffic_actors(rng: random.Random) -> tuple[Actor, ...]:
    rows = [(_ROAD_Y, 6.5), (_LANE_Y, 6.5), (-4.4, 6.5)]
    found = []
    for row, (y, apart) in enumerate(rows):
        for i, spot in enumerate(_places(rng, y, apart)[: rng.randrange(1, 5)]):
            kind = rng.choice(VEHICLES if abs(spot[1] - y) < 0.4 else VEHICLES[:4])
            found.append(_actor(rng, 10 * row + i, kind, spot, rng.choice((0, 180)) + rng.uniform(-6, 6)))
    return (*found, *_people(rng, rng.randrange(2, 9), -3, 8.6))


def _vending_from_street(rng: random.Random, name: str) -> Scene:
    camera = _street_camera(rng)
    return _scene(rng, name, camera, _vending_actors(rng, camera))


def _vending_from_above(rng: random.Random, name: str) -> Scene:
    camera = _drone_camera(rng)
    return _scene(rng, name, camera, _vending_actors(rng, camera))


def _vehicles_from_above(rng: random.Random, name: str) -> Scene:
    return _scene(rng, name, _drone_camera(rng), _traffic_actors(rng))


def _scene(rng: random.Random, name: str, camera: Camera, actors: tuple[Actor, ...]) -> Scene:
    light, layout = _light(rng), _layout(rng)
    return Scene(name, rng.randrange(10_000), camera, light, layout, actors, seconds=1, fps=1)


def _wet_patches(rng: random.Random, name: str) -> Scene:
    """The surface is drawn by `patches_of`, from the scene's seed; nobody is on it."""
    height = rng.uniform(4, 14)
    lean = math.radians(rng.uniform(0, 50)) + 0.02
    camera = Camera((0.0, -height * math.tan(lean), height), (0.0, 0.0, 0.0), rng.uniform(35, 60), _SIZE)
    return _scene(rng, name, camera, ())


def _by_name(classes: tuple[str, ...]) -> Callable[[str], int | None]:
    return lambda kind: classes.index(kind) if kind in classes else None


_LABELS = ("person", "motorcycle", "tricycle", "car", "van", "bus", "truck")


def _by_label(kind: str) -> int | None:
    label = KINDS[kind].label
    return _LABELS.index(label) if label in _LABELS else None


SETS: dict[str, TrainingSet] = {
    "street-vending": TrainingSet(STALLS, _by_name(STALLS), _vending_from_street),
    "overhead-vending": TrainingSet(STALLS, _by_name(STALLS), _vending_from_above),
    "overhead-vehicles": TrainingSet(_LABELS, _by_label, _vehicles_from_above),
    "wet-patches": TrainingSet(("wet_patch",), _by_name(("wet_patch",)), _wet_patches),
}
