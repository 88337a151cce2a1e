"""Sample 9: nothing is sold. Goods are unloaded, a cargo tricycle stands empty, guests sit, people wait for a bus."""

from samples.render.description import Actor, Camera, Front, Gait, Layout, Light, Paint, Scene, Vec2, Way
from samples.render.sample import Sample, Zone

_PAVEMENT = (-8.5, 5.6, 6.5, 10.4)
_VAN_DOOR, _FIRST_S, _ROUND_S, _CARRY_S = (2.1, 4.6), 2.0, 10.0, 4.6
_DROPS: tuple[Vec2, ...] = ((0.9, 9.9), (1.5, 10.1), (1.2, 9.5))


def sample() -> Sample:
    zone = Zone("pavement-1", "street_vending", "禁摆人行道 No selling here", _PAVEMENT)
    title = "似摊非摊：卸货、外摆、候车 Nothing is sold: unloading, a terrace, a bus stop"
    return Sample(_scene(), "square-south", title, (zone,), "2026-05-02T15:40:00+08:00", 3_000_000)


def _scene() -> Scene:
    return Scene(
        name="lookalikes",
        seed=14,
        camera=Camera((-0.4, -6.4, 6.6), (-0.4, 7.2, 0.5), 66),
        light=Light(sun_elevation_deg=55, sun_azimuth_deg=205, haze=3.0),
        layout=Layout(
            Front.SHOPS,
            Paint.STREET,
            (0, 0, 1, 1),
            front_y=11.2,
            wall=(0.50, 0.40, 0.33),
            trees_x=(-10.8, 9.7),
            bays=False,
        ),
        actors=(*_still(), *_waiting(), _worker(), *_cartons(), *_passing()),
        seconds=36,
        fps=3,
    )


def _still() -> tuple[Actor, ...]:
    empty = {"rider": "none", "load": "none"}
    return (
        Actor("terrace", "cafe_terrace", (Way(0, 6.6, 9.3),), seed=1),
        Actor("guest-1", "person", (Way(0, 5.9, 8.7, Gait.SIT, yaw=40),), seed=141),
        Actor("guest-2", "person", (Way(0, 7.4, 9.9, Gait.SIT, yaw=200),), seed=142),
        Actor("tricycle", "tricycle", (Way(0, -1.6, 9.7, yaw=176),), colour="green", seed=6, look=empty),
        Actor("bicycle-1", "parked_bicycle", (Way(0, -4.0, 10.2, yaw=84),), colour="yellow"),
        Actor("bicycle-2", "parked_bicycle", (Way(0, -4.7, 10.2, yaw=80),), colour="blue"),
        Actor("bicycle-3", "parked_bicycle", (Way(0, -5.4, 10.2, yaw=86),), colour="red"),
        Actor("van", "van", (Way(0, 4.6, 3.9, yaw=1),), colour="white", seed=2),
        Actor("shelter", "bus_shelter", (Way(0, -6.4, 7.3),)),
    )


def _waiting() -> tuple[Actor, ...]:
    shade = {"umbrella": "blue"}
    late = (Way(6, 8.4, 6.5), Way(16, -4.3, 6.3, Gait.STAND, yaw=-100))
    return (
        Actor("waits-1", "person", (Way(0, -7.6, 6.5, Gait.PHONE, yaw=-80),), seed=151),
        Actor("waits-2", "person", (Way(0, -6.3, 6.3, Gait.STAND, yaw=-60),), seed=152, look={"umbrella": "red"}),
        Actor("waits-3", "person", (Way(0, -5.2, 6.6, Gait.STAND, yaw=-110),), seed=153, look=shade),
        Actor("comes", "person", late, seed=154, look={"umbrella": "yellow"}),
    )


def _worker() -> Actor:
    """Carries one carton after another from the van to a shop's door."""
    ways: list[Way] = [Way(0, *_VAN_DOOR, Gait.SERVE, yaw=-40)]
    for number, (x, y) in enumerate(_DROPS):
        picked = _FIRST_S + number * _ROUND_S
        before = (x - 0.2, y - 0.6)
        ways += [Way(picked, *_VAN_DOOR, Gait.CARRY), Way(picked + _CARRY_S, *before, Gait.SERVE, yaw=70)]
        ways += [Way(picked + 5.4, *before, yaw=70), Way(picked + 9.4, *_VAN_DOOR, Gait.SERVE, yaw=-40)]
    return Actor("worker", "person", tuple(ways), seed=160)


def _cartons() -> tuple[Actor, ...]:
    return tuple(_carton(number, where) for number, where in enumerate(_DROPS))


def _carton(number: int, where: Vec2) -> Actor:
    picked = _FIRST_S + number * _ROUND_S
    way = (Way(picked, *where, yaw=11.0 * number - 8),)
    put = picked + _CARRY_S
    return Actor(f"carton-{number + 1}", "carton", way, seed=number + 5, carried_by="worker", released_at=put)


def _passing() -> tuple[Actor, ...]:
    rider = (Way(19, -16, -0.6), Way(22, -2, -0.4), Way(26, 17, -0.5))
    walker = (Way(18, -9.8, 8.3), Way(33, 8.8, 7.4))
    return (
        Actor("rider", "e_bike", rider, stays=False, colour="red", seed=7),
        Actor("walker", "person", walker, stays=False, seed=161, look={"bag": "yes"}),
    )
