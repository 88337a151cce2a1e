"""From a pixel to a place on the ground with its error ellipse, or a reason why there is none.

The chain is lens, gimbal angles, camera height, ground; its error is propagated through the same chain: every figure
is moved by one standard deviation either way and the place is found again.
"""

import math
from enum import StrEnum

import numpy as np

from vision.ellipsoid import Local
from vision.geometry import Points
from vision.line_of_sight import doubts, exact, landings, nudged, pixels_of, rays
from vision.pin import Effect, Pin, Term
from vision.pose import Doubt, Lens, Pose
from vision.surface import Facet, Surface, Vector

LEAST_DEPRESSION_DEG = 5.0
"""Below this a degree of pitch moves the place by more than a seventh of its distance."""
_SIGMAS = 3.0
"""And below so many standard deviations of pitch the place may as well lie behind the horizon."""
_PIXEL_SIGMA = 1.0


class Refusal(StrEnum):
    """Why a pixel has no place."""

    ABOVE_GROUND = "above_ground"
    NEAR_HORIZON = "near_horizon"
    OFF_THE_MAP = "off_the_map"


_SAYS = {
    Refusal.ABOVE_GROUND: "the line of sight does not meet the ground: it is sky, or the height is wrong",
    Refusal.NEAR_HORIZON: "the line of sight is too near the horizon: look from nearer or from higher up",
    Refusal.OFF_THE_MAP: "the line of sight leaves the known terrain: load the neighbouring heights",
}


class NoFix(Exception):
    """This pixel of this frame cannot be located. Asking again does not help; another frame may."""

    again = False

    def __init__(self, refusal: Refusal, pixel: tuple[float, float], depression_deg: float) -> None:
        where = f"pixel ({pixel[0]:.0f}, {pixel[1]:.0f}), {depression_deg:.1f} degrees below the horizon"
        super().__init__(f"{where}: {_SAYS[refusal]}")
        self.refusal = refusal
        self.depression_deg = depression_deg


def locate(
    pose: Pose, lens: Lens, surface: Surface, pixel: tuple[float, float], *, pixel_sigma: float = _PIXEL_SIGMA
) -> Pin:
    """Where on the ground the pixel (x, y, origin top left) lies. Raises NoFix."""
    facet = facet_at(pose, lens, surface, pixel)
    spot = np.array([pixel])
    place = Local(pose.lat_deg, pose.lon_deg).places(landings(pose, lens, facet, spot, exact()))[0]
    effects = tuple(
        Effect(term, doubt.origin, *_moved(pose, lens, facet, spot, term, doubt))
        for term, doubt in doubts(pose, lens, surface.doubt, pixel_sigma).items()
    )
    if not all(math.isfinite(effect.size_m) for effect in effects):
        raise NoFix(Refusal.NEAR_HORIZON, pixel, depression(pose, lens, pixel))
    return Pin(float(place[0]), float(place[1]), float(place[2]), effects)


def facet_at(pose: Pose, lens: Lens, surface: Surface, pixel: tuple[float, float]) -> Facet:
    """The piece of ground that the pixel shows. Raises NoFix."""
    ray = rays(pose, lens, np.array([pixel]), exact())[0]
    down = -math.degrees(math.asin(ray[2]))
    if surface.is_level and down <= 0:
        raise NoFix(Refusal.ABOVE_GROUND, pixel, down)
    if surface.is_level and down < _least(pose):
        raise NoFix(Refusal.NEAR_HORIZON, pixel, down)
    facet = surface.facet(pose, ray)
    if facet is None:
        raise NoFix(Refusal.OFF_THE_MAP if surface.is_level else Refusal.ABOVE_GROUND, pixel, down)
    if abs(float(ray @ facet.normal)) < math.sin(math.radians(_least(pose))) and not surface.is_level:
        raise NoFix(Refusal.NEAR_HORIZON, pixel, down)
    return facet


def depression(pose: Pose, lens: Lens, pixel: tuple[float, float]) -> float:
    """Degrees below the horizon at which the pixel is seen."""
    return -math.degrees(math.asin(rays(pose, lens, np.array([pixel]), exact())[0, 2]))


def seen_at(pose: Pose, lens: Lens, places: Vector) -> Points:
    """Where places (n, 3), lat, lon, height above the pose's datum, appear in the picture or beside it: (n, 2) px.

    NaN for what lies behind the camera.
    """
    return pixels_of(pose, lens, Local(pose.lat_deg, pose.lon_deg).metres(places))


def _least(pose: Pose) -> float:
    return max(LEAST_DEPRESSION_DEG, _SIGMAS * pose.doubts.pitch_deg.sigma)


def _moved(pose: Pose, lens: Lens, facet: Facet, spot: Points, term: Term, doubt: Doubt) -> tuple[float, float]:
    """Half the way from one standard deviation below to one above."""
    high, low = (landings(pose, lens, facet, spot, nudged(term, sign * doubt.sigma))[0] for sign in (1, -1))
    north, east, _ = (high - low) / 2
    return float(north), float(east)
