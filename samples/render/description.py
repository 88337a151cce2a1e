"""What a rendered scene is made of, as frozen values: the camera, the light, the place and everybody's timetable."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Vec2 = tuple[float, float]
Vec3 = tuple[float, float, float]


class Front(StrEnum):
    """What stands behind the pavement."""

    SHOPS = "shops"
    HOMES = "homes"
    MARKET = "market"


class Paint(StrEnum):
    """What is painted on the road."""

    FIRE_LANE = "fire_lane"
    STREET = "street"
    BUS_STOP = "bus_stop"


class Gait(StrEnum):
    """What a person does between one waypoint and the next."""

    WALK = "walk"
    STAND = "stand"
    SERVE = "serve"
    PHONE = "phone"
    CARRY = "carry"
    SIT = "sit"
    RIDE = "ride"


@dataclass(frozen=True, slots=True)
class Camera:
    """A pinhole without distortion. Metres; x runs along the street, y away from the camera, z up."""

    position: Vec3
    target: Vec3
    hfov_deg: float
    size: tuple[int, int] = (1280, 720)


@dataclass(frozen=True, slots=True)
class Light:
    """sun_azimuth_deg: clockwise from +y. wet: 0 dry road, 1 soaked. rain: streaks per picture. clouds: share of the
    light that passing clouds take away and give back."""

    sun_elevation_deg: float
    sun_azimuth_deg: float
    sky: float = 0.085
    sun: float = 0.8
    haze: float = 2.5
    exposure: float = 0.0
    lamps: bool = False
    wet: float = 0.0
    rain: int = 0
    clouds: float = 0.0


@dataclass(frozen=True, slots=True)
class Layout:
    """A street: the road from road_y[0] to the kerb at road_y[1], the pavement to front_y, and what stands behind it.

    lane: the ground rectangle (x0, y0, x1, y1) that the paint marks, a fire lane or a bus stop.
    """

    front: Front
    paint: Paint
    lane: tuple[float, float, float, float]
    road_y: Vec2 = (-7.0, 5.4)
    front_y: float = 9.6
    wall: Vec3 = (0.48, 0.44, 0.38)
    storeys: int = 3
    trees_x: tuple[float, ...] = (-13.5, -5.2, 3.4, 11.8, 20.0)
    bays: bool = True


@dataclass(frozen=True, slots=True)
class Way:
    """Be at (x, y) at second `at`, and do `gait` from then on. `yaw`: faces there (degrees) while it rests."""

    at: float
    x: float
    y: float
    gait: Gait = Gait.WALK
    yaw: float | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """One thing that moves or stands. kind: a word of `kinds.KINDS`.

    It exists from its first waypoint to its last, or to the end when `stays`. carried_by: another actor in whose
    hands it is from its first waypoint until `released_at`, when it is put down at its own last one.
    """

    id: str
    kind: str
    ways: tuple[Way, ...]
    stays: bool = True
    seed: int = 0
    colour: str = ""
    look: Mapping[str, str] = field(default_factory=dict)
    carried_by: str = ""
    released_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Scene:
    """A place, seen by one camera for `seconds`, at `fps` frames per second."""

    name: str
    seed: int
    camera: Camera
    light: Light
    layout: Layout
    actors: tuple[Actor, ...]
    seconds: float = 60.0
    fps: int = 5

    @property
    def frames(self) -> int:
        return round(self.seconds * self.fps)

    def actor(self, actor_id: str) -> Actor:
        return next(actor for actor in self.actors if actor.id == actor_id)
