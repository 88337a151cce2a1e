"""Sample 3: a tricycle stall sets up on the pavement and customers gather, beside a café terrace and parcels."""

from samples.render.description import Actor, Camera, Front, Gait, Layout, Light, Paint, Scene, Vec2, Way
from samples.render.sample import Sample, Zone

_PAVEMENT = (-5.5, 5.6, 4.2, 10.2)
_OPENS_S = 15.0
_STALL = (-1.0, 7.4)


def sample() -> Sample:
    zone = Zone("pavement-1", "street_vending", "禁摆人行道 No selling here", _PAVEMENT)
    return Sample(_scene(), "square-east", "三轮车占道经营 A tricycle stall sets up", (zone,))


def _scene() -> Scene:
    return Scene(
        name="vending",
        seed=3,
        camera=Camera((-3.6, -5.6, 6.0), (1.2, 7.6, 0.7), 60),
        light=Light(sun_elevation_deg=52, sun_azimuth_deg=165),
        layout=Layout(Front.SHOPS, Paint.STREET, (0, 0, 1, 1), front_y=11.2, trees_x=(-9.0, 3.6, 12.5), bays=False),
        actors=(*_legal(), *_stall(), *_customers(), *_walkers()),
        seconds=40,
        fps=4,
    )


def _legal() -> tuple[Actor, ...]:
    return (
        Actor("terrace", "cafe_terrace", (Way(0, 7.6, 9.2),), seed=2),
        Actor("guest-1", "person", (Way(0, 6.9, 8.6, Gait.SIT, yaw=40),), seed=51),
        Actor("guest-2", "person", (Way(0, 9.6, 9.5, Gait.SIT, yaw=190),), seed=52),
        Actor("parcels", "delivery_parcels", (Way(0, -4.2, 10.2, yaw=90),), seed=4),
        Actor("bicycle-1", "parked_bicycle", (Way(0, -6.6, 10.2, yaw=84),), colour="yellow"),
        Actor("bicycle-2", "parked_bicycle", (Way(0, -7.3, 10.2, yaw=80),), colour="blue"),
    )


def _stall() -> tuple[Actor, ...]:
    """Drives up as a tricycle; where it stops it opens as a stall, and its rider becomes the vendor."""
    ways = (Way(2, -18, 3.2), Way(7, -7.5, 4.0), Way(11, -3.2, 6.6), Way(_OPENS_S, *_STALL, yaw=8))
    vendor = (Way(_OPENS_S, -0.9, 8.4, yaw=-95), Way(_OPENS_S + 1.2, -1.6, 8.5, Gait.SERVE, yaw=-85))
    return (
        Actor("tricycle", "tricycle_stall", ways, stays=False, colour="blue", seed=4, look={"open": "no"}),
        Actor("stall", "tricycle_stall", (Way(_OPENS_S, *_STALL, yaw=8),), colour="blue", seed=4),
        Actor("vendor", "person", vendor, seed=60, look={"hat": "straw", "apron": "yes"}),
    )


def _customers() -> tuple[Actor, ...]:
    return (
        _customer(1, 19, (9.0, 6.4), (-0.4, 6.1), 100, Gait.STAND),
        _customer(2, 22, (-9.5, 7.0), (-2.9, 6.6), 55, Gait.PHONE),
        _customer(3, 26, (9.5, 7.3), (-1.5, 5.9), 90, Gait.SERVE),
    )


def _customer(number: int, at: float, start: Vec2, place: Vec2, yaw: float, gait: Gait) -> Actor:
    walk_s = abs(place[0] - start[0]) / 1.3
    ways = (Way(at, *start), Way(at + walk_s, *place, gait, yaw=yaw))
    return Actor(f"customer-{number}", "person", ways, seed=70 + number, look={"bag": "yes"})


def _walkers() -> tuple[Actor, ...]:
    return (
        Actor("walker-1", "person", (Way(0, 8, 6.8), Way(14, -11, 7.2)), stays=False, seed=81),
        Actor("walker-2", "person", (Way(27, -9, 5.9), Way(40, 7, 6.1)), stays=False, seed=82),
        Actor(
            "through",
            "hatchback",
            (Way(33, 20, 0.6), Way(36, 2, 0.6), Way(38.5, -16, 0.6)),
            stays=False,
            colour="white",
        ),
    )
