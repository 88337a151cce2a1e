"""Sample 7: nothing is wrong. Rain, long shadows, passing clouds; a bus waits at its stop; a car halts briefly."""

from samples.render.description import Actor, Camera, Front, Gait, Layout, Light, Paint, Scene, Way
from samples.render.sample import Sample, Zone

_STOP = (-13.0, 1.9, -0.4, 5.1)
_LANE = (0.8, 0.6, 14.8, 5.1)
_KERBSIDE = 3.55


def sample() -> Sample:
    zone = Zone("lane-1", "fire_lane", "消防通道 Fire lane", _LANE)
    return Sample(_scene(), "bus-stop", "一切正常：公交停靠、雨、树影 Nothing is wrong", (zone,))


def _scene() -> Scene:
    return Scene(
        name="calm",
        seed=6,
        camera=Camera((0.6, -12.6, 8.2), (0.9, 3.6, 0.3), 66),
        light=Light(
            sun_elevation_deg=50,
            sun_azimuth_deg=160,
            sky=0.085,
            sun=0.6,
            haze=4.5,
            exposure=0.45,
            wet=0.9,
            rain=170,
            clouds=0.14,
        ),
        layout=Layout(
            Front.SHOPS, Paint.BUS_STOP, _STOP, trees_x=(-14.5, 2.4, 9.6, 17.5), bays=False, wall=(0.44, 0.45, 0.46)
        ),
        actors=(*_still(), *_bus(), _brief(), *_umbrellas()),
        seconds=32,
        fps=4,
    )


def _still() -> tuple[Actor, ...]:
    return (
        Actor("shelter", "bus_shelter", (Way(0, -6.2, 7.1),)),
        Actor("bicycle", "parked_bicycle", (Way(0, 5.6, 8.7, yaw=80),), colour="yellow"),
        Actor("bicycle-2", "parked_bicycle", (Way(0, 6.3, 8.7, yaw=76),), colour="blue"),
    )


def _bus() -> tuple[Actor, ...]:
    arrives = (Way(-0.5, -30, -0.6), Way(2.5, -18, 1.6), Way(4.5, -11.5, 3.2), Way(7, -7.0, _KERBSIDE, yaw=1))
    leaves = (Way(23, -7.0, _KERBSIDE, yaw=1), Way(26, -1.4, 2.6), Way(28.5, 8.5, -0.8), Way(31, 27, -1.2))
    boards = (Way(0, -5.2, 6.6, Gait.STAND, yaw=180), Way(8.5, -5.2, 6.6), Way(10.2, -3.4, 5.5))
    alights = (Way(9.5, -7.6, 5.6), Way(11, -7.4, 6.2), Way(20, 4.6, 7.2), Way(22, 5.2, 9.2))
    return (
        Actor("bus", "bus", (*arrives, *leaves), stays=False, colour="green"),
        Actor("boards", "person", boards, stays=False, seed=3),
        Actor("alights", "person", alights, stays=False, seed=14, look={"umbrella": "red"}),
    )


def _brief() -> Actor:
    """Six seconds in the lane: less than the ten that are allowed."""
    comes = (
        Way(9, -26, -0.9),
        Way(11, -10, -0.9),
        Way(12.6, 0.5, 0.4),
        Way(13.7, 5.2, 2.6),
        Way(14.8, 7.6, 3.0, yaw=6),
    )
    goes = (Way(20.8, 7.6, 3.0, yaw=6), Way(22.2, 10.6, 3.0), Way(23.8, 17.0, 1.2), Way(25.2, 27.0, -0.6))
    return Actor("brief", "sedan", (*comes, *goes), stays=False, colour="white", seed=1)


def _umbrellas() -> tuple[Actor, ...]:
    walker = (Way(0, 9, 7.0), Way(11, -5.0, 7.9), Way(13.5, -8.4, 9.2))
    crosser = (Way(22, 11.4, -2.2), Way(27.5, 9.4, 4.6), Way(29, 8.8, 6.6), Way(32, 4.8, 7.4))
    return (
        Actor("walker", "person", walker, stays=False, seed=21, look={"umbrella": "blue"}),
        Actor("crosser", "person", crosser, stays=False, seed=25, look={"umbrella": "yellow"}),
        Actor("waits", "person", (Way(0, -7.4, 7.2, Gait.PHONE, yaw=-80),), seed=29),
    )
