"""The area of a polygon of pixels in square metres of the ground it lies on, and how sure that is."""

from dataclasses import dataclass

import numpy as np

from vision.geolocation import NoFix, Refusal, depression, facet_at
from vision.geometry import Points, area
from vision.line_of_sight import Nudge, doubts, exact, landings, nudged
from vision.pin import OWN, Term
from vision.pose import Lens, Origin, Pose
from vision.surface import Facet, Surface, Vector


@dataclass(frozen=True, slots=True)
class GroundArea:
    """Along the ground, not on the map: a wet streak on a dam's face counts at its full length.

    `term` and `origin` say which doubt the standard deviation owes most to.
    """

    m2: float
    sigma_m2: float
    term: Term
    origin: Origin


def area_on_ground(
    pose: Pose, lens: Lens, surface: Surface, polygon_px: Points, *, edge_sigma_px: float = 1.0
) -> GroundArea:
    """Of one polygon (n, 2) whose outline is sure to `edge_sigma_px`. The ground within it counts as flat.

    Raises NoFix when a part of it runs to the horizon.
    """
    spot = polygon_px.mean(axis=0)
    middle = (float(spot[0]), float(spot[1]))
    outline = _Outline(pose, lens, facet_at(pose, lens, surface, middle), polygon_px)
    known = doubts(pose, lens, surface.doubt, edge_sigma_px)
    changes = {term: outline.change(term, doubt.sigma) for term, doubt in known.items() if term not in OWN}
    changes[Term.ACROSS] = outline.rim_m2(edge_sigma_px)
    m2, sigma = _flat_area(outline.shape(exact())), float(np.linalg.norm(list(changes.values())))
    if not np.isfinite([m2, sigma]).all():
        raise NoFix(Refusal.NEAR_HORIZON, middle, depression(pose, lens, middle))
    worst = max(changes, key=lambda term: abs(changes[term]))
    return GroundArea(m2, sigma, worst, known[worst].origin)


@dataclass(frozen=True, slots=True, eq=False)
class _Outline:
    pose: Pose
    lens: Lens
    facet: Facet
    polygon_px: Points

    def shape(self, nudge: Nudge) -> Vector:
        return landings(self.pose, self.lens, self.facet, self.polygon_px, nudge)

    def change(self, term: Term, sigma: float) -> float:
        """Half of what the area gains from one standard deviation below to one above."""
        high, low = (_flat_area(self.shape(nudged(term, sign * sigma))) for sign in (1, -1))
        return (high - low) / 2

    def rim_m2(self, edge_sigma_px: float) -> float:
        """What an outline drawn too wide by its doubt all around adds."""
        shape = self.shape(exact())
        around = float(np.linalg.norm(shape - np.roll(shape, -1, axis=0), axis=1).sum())
        return around * edge_sigma_px * float(np.sqrt(_flat_area(shape) / max(area(self.polygon_px), 1e-9)))


def _flat_area(shape: Vector) -> float:
    """Of a flat polygon in space (n, 3), whichever way it leans."""
    return float(np.linalg.norm(np.cross(shape, np.roll(shape, -1, axis=0)).sum(axis=0)) / 2)
