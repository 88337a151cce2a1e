"""Sample 2: a residential fire lane is blocked by cartons that a man carries there, not by a vehicle."""

from samples.render.description import Actor, Camera, Front, Gait, Layout, Light, Paint, Scene, Vec2, Way
from samples.render.sample import Sample, Zone

_LANE = (-21.0, 0.7, 21.0, 5.1)
_TRICYCLE = (-4.0, -2.7)
_ROUND_S = 8.0
_FIRST_S = 3.0
_CARRY_S = 3.6
_DROPS: tuple[Vec2, ...] = ((-0.9, 2.5), (1.5, 1.8), (-3.4, 3.2))


def sample() -> Sample:
    zone = Zone("lane-1", "fire_lane", "小区消防通道 Residential fire lane", _LANE)
    return Sample(_scene(), "estate-gate", "杂物堵塞消防通道 Goods block the fire lane", (zone,))


def _scene() -> Scene:
    return Scene(
        name="goods",
        seed=4,
        camera=Camera((4.4, -9.4, 6.0), (-1.3, 2.7, 0.3), 54),
        light=Light(sun_elevation_deg=36, sun_azimuth_deg=215, haze=3.0),
        layout=Layout(
            Front.HOMES,
            Paint.FIRE_LANE,
            _LANE,
            wall=(0.50, 0.34, 0.26),
            storeys=4,
            trees_x=(-12.5, -4.0, 9.0, 17.0),
            bays=False,
        ),
        actors=(*_standing(), _worker(), *_cartons(), *_passing()),
        seconds=40,
        fps=4,
    )


def _standing() -> tuple[Actor, ...]:
    return (
        Actor("tricycle", "tricycle", (Way(0, *_TRICYCLE, yaw=10),), colour="green", seed=3, look={"rider": "none"}),
        Actor("bin-1", "bin", (Way(0, 4.2, 8.6, yaw=-90),), colour="green"),
        Actor("bin-2", "bin", (Way(0, 5.1, 8.6, yaw=-90),), colour="blue"),
        Actor("bicycle-1", "parked_bicycle", (Way(0, -7.6, 8.3, yaw=75),), colour="blue"),
        Actor("bicycle-2", "parked_bicycle", (Way(0, -8.3, 8.3, yaw=70),), colour="red"),
    )


def _worker() -> Actor:
    """Goes to and fro between the tricycle's box and the lane, then walks off."""
    stand = (_TRICYCLE[0] - 0.2, _TRICYCLE[1] + 0.9)
    ways: list[Way] = [Way(0, *stand, Gait.SERVE, yaw=-100)]
    for number, (x, y) in enumerate(_DROPS):
        picked = _FIRST_S + number * _ROUND_S
        put = picked + _CARRY_S
        before = (x - 0.45, y - 0.35)
        ways += [Way(picked, *stand, Gait.CARRY, yaw=40), Way(put, *before, Gait.SERVE, yaw=40)]
        ways += [Way(put + 0.8, *before, Gait.WALK, yaw=40), Way(put + 3.8, *stand, Gait.SERVE, yaw=-100)]
    done = _FIRST_S + len(_DROPS) * _ROUND_S
    ways += [Way(done, *stand), Way(done + 8, 3.6, 6.8), Way(done + 13, 9.5, 7.2)]
    return Actor("worker", "person", tuple(ways), stays=False, seed=18, look={"hat": "straw"})


def _cartons() -> tuple[Actor, ...]:
    return tuple(_carton(number, where) for number, where in enumerate(_DROPS))


def _carton(number: int, where: Vec2) -> Actor:
    picked = _FIRST_S + number * _ROUND_S
    way = (Way(picked, *where, yaw=17.0 * number - 12),)
    return Actor(
        f"carton-{number + 1}", "carton", way, seed=number + 2, carried_by="worker", released_at=picked + _CARRY_S
    )


def _passing() -> tuple[Actor, ...]:
    car = (Way(30, 16, -1.3), Way(32, 4, -1.3), Way(35, -14, -1.3))
    bike = (Way(16, -13, -0.6), Way(19, -3, -0.4), Way(22.5, 11, -0.6))
    return (
        Actor("passing", "hatchback", car, stays=False, colour="blue", seed=2),
        Actor("rider", "e_bike", bike, stays=False, colour="white", seed=9),
        Actor("walker", "person", (Way(0, 6, 7.4), Way(10, -8, 7.0)), stays=False, seed=33, look={"bag": "yes"}),
        Actor("neighbour", "person", (Way(0, 1.4, 8.4, Gait.STAND, yaw=-110),), seed=27),
    )
