"""Sample 8: a snack cart is pushed onto a wet pavement and sells in the rain; umbrellas pass by, two stop."""

from samples.render.description import Actor, Camera, Front, Gait, Layout, Light, Paint, Scene, Vec2, Way
from samples.render.sample import Sample, Zone

_PAVEMENT = (-6.0, 5.6, 4.6, 9.9)
_STOPS_S = 9.0
_CART = (-0.4, 7.3)
_PUSHED_FROM = 1.55
"""How far behind the cart's middle its vendor walks, metres."""


def sample() -> Sample:
    zone = Zone("pavement-1", "street_vending", "禁摆人行道 No selling here", _PAVEMENT)
    title = "雨天小吃车占道 A snack cart in the rain"
    return Sample(_scene(), "square-west", title, (zone,), "2026-05-03T07:30:00+08:00", 3_000_000)


def _scene() -> Scene:
    return Scene(
        name="vending_rain",
        seed=12,
        camera=Camera((3.6, -4.8, 5.6), (-0.9, 7.5, 0.8), 55),
        light=Light(
            sun_elevation_deg=44,
            sun_azimuth_deg=190,
            sky=0.12,
            sun=0.1,
            haze=7.0,
            exposure=0.65,
            wet=0.9,
            rain=190,
            clouds=0.08,
        ),
        layout=Layout(
            Front.SHOPS,
            Paint.STREET,
            (0, 0, 1, 1),
            front_y=10.8,
            wall=(0.40, 0.42, 0.44),
            trees_x=(-11.5, -4.6, 9.8),
            bays=False,
        ),
        actors=(*_still(), *_cart(), *_customers(), *_passing()),
        seconds=33,
        fps=3,
    )


def _still() -> tuple[Actor, ...]:
    return (
        Actor("bicycle", "parked_bicycle", (Way(0, 4.6, 9.9, yaw=82),), colour="red"),
        Actor("bin", "bin", (Way(0, -7.6, 9.9, yaw=-90),), colour="green"),
        Actor("parked", "suv", (Way(0, -6.4, 4.1, yaw=2),), colour="grey", seed=3),
    )


def _cart() -> tuple[Actor, ...]:
    """It is pushed along the pavement; where it stops, its vendor steps round the handles and serves."""
    start, behind = 12.0, 7.5
    x, y = _CART
    ways = (
        Way(0, x - start - _PUSHED_FROM, behind, Gait.CARRY),
        Way(_STOPS_S, x - _PUSHED_FROM, y, Gait.WALK),
        Way(_STOPS_S + 1.2, x - 1.5, y + 0.9),
        Way(_STOPS_S + 2.0, x - 1.15, y + 0.85, Gait.SERVE, yaw=-40),
    )
    cart = (Way(0, x - start, behind), Way(_STOPS_S, x, y, yaw=0))
    return (
        Actor("cart", "food_cart", cart, seed=2, look={"faces": "back"}),
        Actor("vendor", "person", ways, seed=113, look={"hat": "straw", "apron": "yes"}),
    )


def _customers() -> tuple[Actor, ...]:
    return (
        _customer(1, 11, (8.6, 6.3), (1.1, 6.7), 165, "red"),
        _customer(2, 15, (-9.4, 6.2), (-1.7, 6.3), 40, "blue"),
    )


def _customer(number: int, at: float, start: Vec2, place: Vec2, yaw: float, umbrella: str) -> Actor:
    walk_s = abs(place[0] - start[0]) / 1.3
    ways = (Way(at, *start), Way(at + walk_s, *place, Gait.STAND, yaw=yaw))
    return Actor(f"customer-{number}", "person", ways, seed=120 + number, look={"umbrella": umbrella})


def _passing() -> tuple[Actor, ...]:
    """Two under their umbrellas, who do not stop, and a courier."""
    walker, other = (Way(1, 7.6, 8.9), Way(13, -9.8, 9.2)), (Way(21, -9.6, 8.9), Way(33, 7.2, 9.4))
    rider = (Way(25, 17, 0.8), Way(28, 3, 0.6), Way(31, -14, 0.6))
    return (
        Actor("walker-1", "person", walker, stays=False, seed=131, look={"umbrella": "yellow"}),
        Actor("walker-2", "person", other, stays=False, seed=132, look={"umbrella": "green"}),
        Actor("courier", "e_bike", rider, stays=False, colour="blue", seed=6, look={"box": "yes"}),
    )
