"""Sample 1: a van parks in the fire lane; traffic and walkers pass; another car halts briefly; the van leaves."""

from samples.render.description import Actor, Camera, Front, Gait, Layout, Light, Paint, Scene, Way
from samples.render.sample import Sample, Zone

_LANE = (-21.0, 0.7, 21.0, 5.1)


def sample() -> Sample:
    zone = Zone("lane-1", "fire_lane", "消防通道 1 Fire lane 1", _LANE)
    return Sample(_scene(), "demo-street", "面包车占用消防通道 A van blocks the fire lane", (zone,))


def _scene() -> Scene:
    return Scene(
        name="fire_lane",
        seed=1,
        camera=Camera((-5.0, -11.4, 7.4), (1.6, 3.6, 0.5), 61),
        light=Light(sun_elevation_deg=48, sun_azimuth_deg=150),
        layout=Layout(Front.SHOPS, Paint.FIRE_LANE, _LANE),
        actors=(*_parked(), _van(), _driver(), *_briefly(), *_traffic(), *_walkers(), _driver_returns()),
        seconds=80,
    )


def _parked() -> tuple[Actor, ...]:
    return (
        Actor("bay-1", "sedan", (Way(0, -1.3, -4.2, yaw=90),), colour="white"),
        Actor("bay-2", "suv", (Way(0, 1.3, -4.3, yaw=-90),), colour="champagne", seed=1),
        Actor("bay-3", "hatchback", (Way(0, 6.5, -4.2, yaw=90),), colour="grey", seed=2),
        Actor("bicycle", "parked_bicycle", (Way(0, -6.6, 8.6, yaw=20),), colour="yellow"),
    )


def _van() -> Actor:
    ways = (Way(8, -24, -0.9), Way(11.5, -9.5, -0.4), Way(14, -2.2, 2.4), Way(16, 1.2, 3.1, yaw=4))
    away = (Way(64, 1.2, 3.1, yaw=4), Way(66, 4.6, 3.3), Way(68.5, 13.0, 0.6), Way(71, 26.0, -0.8))
    return Actor("van", "van", (*ways, *away), stays=False, colour="white", seed=1)


def _driver() -> Actor:
    ways = (Way(18, 2.0, 4.6), Way(20, 3.2, 6.2), Way(23, 4.6, 9.2))
    return Actor("driver", "person", ways, stays=False, seed=7)


def _driver_returns() -> Actor:
    ways = (Way(57, 4.6, 9.2), Way(60, 3.4, 6.2), Way(62, 2.2, 4.5))
    return Actor("driver-returns", "person", ways, stays=False, seed=7)


def _briefly() -> tuple[Actor, ...]:
    """Stops for six seconds, which is allowed."""
    ways = (
        Way(26, -26, -0.9),
        Way(29, -8, -0.9),
        Way(30.8, 1.0, -0.4),
        Way(32.3, 6.0, 2.0),
        Way(33.6, 9.4, 2.75, yaw=8),
    )
    away = (Way(39, 9.4, 2.75, yaw=8), Way(40.5, 12.2, 2.9), Way(42.5, 18.0, 1.8), Way(44.5, 28.0, 0.0))
    passenger = (Way(35, 9.0, 4.4), Way(36.2, 8.4, 6.2), Way(46, -5.0, 7.0), Way(52, -13.0, 7.2))
    return (
        Actor("brief", "sedan", (*ways, *away), stays=False, colour="black", seed=0),
        Actor("passenger", "person", passenger, stays=False, seed=31, look={"bag": "yes"}),
    )


def _traffic() -> tuple[Actor, ...]:
    through = (Way(1, -26, -0.8), Way(3.4, -6, -0.8), Way(6.4, 24, -0.8))
    bike = (Way(20, -24, 0.0), Way(23.5, -5, -0.5), Way(28, 24, -0.4))
    trike = (Way(52, -18, -0.6), Way(56, -1, -0.9), Way(62, 24, -0.6))
    return (
        Actor("through", "suv", through, stays=False, colour="red", seed=2),
        Actor("courier", "e_bike", bike, stays=False, colour="yellow", look={"box": "yes"}, seed=4),
        Actor("carter", "tricycle", trike, stays=False, colour="blue", seed=5),
    )


def _walkers() -> tuple[Actor, ...]:
    return (
        Actor("walker-1", "person", (Way(0, -9, 7.4), Way(26, 25, 7.0)), stays=False, seed=12, look={"bag": "yes"}),
        Actor("walker-2", "person", (Way(24, 17, 6.6), Way(44, -9, 7.8)), stays=False, seed=6),
        Actor(
            "crosser",
            "person",
            (
                Way(40, -7.5, -1.4),
                Way(47, 2.4, -0.9),
                Way(51, 5.4, 3.0),
                Way(54, 6.0, 6.4),
                Way(60, 12.0, 7.2),
                Way(66, 19.6, 7.4),
            ),
            stays=False,
            seed=44,
        ),
        Actor("reader", "person", (Way(0, -3.4, 8.7, Gait.PHONE, yaw=-70),), seed=23),
    )
