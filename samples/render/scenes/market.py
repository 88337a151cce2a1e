"""Sample 4: a market street at dusk under its lamps. Stalls on the pavement are legal; a cart on the road is not."""

from samples.render.description import Actor, Camera, Front, Gait, Layout, Light, Paint, Scene, Way
from samples.render.sample import Sample, Zone

_ROADSIDE = (-9.0, 0.9, 10.0, 5.0)
_STOPS_S = 12.0
_MISSED = "street-2 gives the low cart about .13 at dusk, where .25 is asked"


def sample() -> Sample:
    zone = Zone("road-1", "street_vending", "夜市车行道 Market road", _ROADSIDE)
    started, title = "2026-05-01T19:05:00+08:00", "黄昏夜市 Market street at dusk"
    return Sample(_scene(), "night-market", title, (zone,), started, missed=_MISSED)


def _scene() -> Scene:
    return Scene(
        name="market",
        seed=8,
        camera=Camera((-6.2, -8.4, 5.6), (1.6, 5.6, 0.8), 60),
        light=Light(sun_elevation_deg=-3.0, sun_azimuth_deg=250, sky=1.8, sun=0.0, haze=2.0, exposure=0.5, lamps=True),
        layout=Layout(Front.MARKET, Paint.STREET, (0, 0, 1, 1), front_y=9.8, trees_x=(-12.5, 13.5), bays=False),
        actors=(*_stalls(), *_vendors(), *_cart(), *_visitors()),
        seconds=33,
        fps=3,
    )


def _stalls() -> tuple[Actor, ...]:
    return (
        Actor("fruit-1", "table_stall", (Way(0, -2.6, 7.0, yaw=2),), seed=5),
        Actor("fruit-2", "table_stall", (Way(0, 4.4, 7.1, yaw=-3),), seed=7),
        Actor("snacks", "food_cart", (Way(0, 0.9, 6.8, yaw=180),), seed=3),
        Actor("clothes", "clothes_rack", (Way(0, 8.4, 7.3, yaw=8),), seed=9),
        Actor("trinkets", "mat_stall", (Way(0, -6.4, 6.9, yaw=4),), seed=11),
        Actor("greengrocer", "kerb_goods", (Way(0, 12.2, 8.2),), seed=12),
    )


def _vendors() -> tuple[Actor, ...]:
    apron = {"apron": "yes"}
    return (
        Actor("vendor-1", "person", (Way(0, -1.2, 7.9, Gait.SERVE, yaw=-100),), seed=61, look=apron),
        Actor("vendor-2", "person", (Way(0, 5.9, 7.8, Gait.SERVE, yaw=-110),), seed=62, look=apron),
        Actor("vendor-3", "person", (Way(0, 1.4, 7.8, Gait.SERVE, yaw=-90),), seed=63, look=apron),
        Actor("vendor-4", "person", (Way(0, -6.4, 8.0, Gait.SIT, yaw=-90),), seed=64),
    )


def _cart() -> tuple[Actor, ...]:
    """A man pushes his cart onto the road and begins to sell."""
    man = (Way(2, -12.4, 3.0, Gait.CARRY), Way(_STOPS_S, -0.6, 3.2, Gait.SERVE, yaw=-60))
    cart = (Way(2, -10.9, 3.0), Way(_STOPS_S, 0.9, 3.2, yaw=0))
    return (
        Actor("seller", "person", man, seed=66, look={"hat": "straw"}),
        Actor("cart", "pushcart", cart, seed=2, look={"faces": "back"}),
    )


def _visitors() -> tuple[Actor, ...]:
    return (
        Actor("buyer-1", "person", (Way(0, -3.2, 5.8, Gait.STAND, yaw=85),), seed=91, look={"bag": "yes"}),
        Actor("buyer-2", "person", (Way(0, 4.8, 5.9, Gait.PHONE, yaw=100),), seed=92),
        Actor("buyer-3", "person", (Way(8, 10, 4.2), Way(15, 2.2, 2.3, Gait.STAND, yaw=150)), seed=93),
        Actor("walker-1", "person", (Way(0, -9, 4.6), Way(16, 11, 5.0)), stays=False, seed=94),
        Actor("walker-2", "person", (Way(14, 11, 4.4), Way(31, -10, 4.6)), stays=False, seed=95),
        Actor(
            "courier",
            "e_bike",
            (Way(24, 20, 0.4), Way(27, 4, 0.2), Way(30, -12, 0.4)),
            stays=False,
            colour="yellow",
            seed=8,
            look={"box": "yes"},
        ),
    )
