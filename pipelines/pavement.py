"""Where stalls stand on a vending zone's ground, in metres if it is calibrated: how close, how large, what is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipelines.market import Spot
from pipelines.observation import Measure
from pipelines.plan import Zone
from pipelines.standing import foot_of, stands_in
from vision.clusters import gaps
from vision.footprint import footprint
from vision.geometry import Points, area, clear_width, corners, lane_width, long_axis, share_inside
from vision.stay import Stay
from vision.taken import area_taken
from vision.types import Boxes

ROW_GAP_M = 3.0
ROW_GAP = 0.75
"""Stalls nearer to each other than this are one row: metres, or without a calibration shares of the larger's width."""
PERMITTED_SHARE = 0.5
"""How much of a stall's foot must lie where selling is permitted."""
AT_FRONT_M = 1.0
AT_FRONT = 0.15
"""How near to the shop fronts goods are the shop's: metres, or without a calibration shares of the box's width."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands that may not. at_front: at the shop fronts that the plan draws."""

    spot: Spot
    at_front: bool


class Pavement:
    """A zone's ground in one view; `view_wh` is the view's size in pixels, in which all boxes are given."""

    def __init__(self, zone: Zone, view_wh: tuple[int, int]) -> None:
        self._zone = zone
        self.view_wh = view_wh
        self._outline = zone.polygon * view_wh
        self._permitted = [polygon * view_wh for polygon in zone.selling.permitted]
        self._front = None if zone.selling.frontage is None else _stations(zone.selling.frontage * view_wh)
        self._ground = None if zone.calibration is None else zone.calibration.ground(view_wh)
        self._lane_m = None if self._ground is None else self._ground.metres(self._outline)

    def forbids(self, box: Boxes) -> bool:
        """Whether something with this box stands in the zone, in no permitted part of it."""
        if not stands_in(box, self._outline):
            return False
        foot = foot_of(box)
        return not any(share_inside(foot, polygon) >= PERMITTED_SHARE for polygon in self._permitted)

    def place_of(self, stay: Stay) -> Place | None:
        """None where it may stand, and for what is too small to be a stall."""
        if not self.forbids(stay.box) or not self._is_large(stay.box):
            return None
        spot = _spot(self._feet([stay])[0])
        return Place(spot, self._is_at_front(spot))

    def _is_large(self, box: Boxes) -> bool:
        """As wide as the plan asks of a stall; without a calibration nobody can tell."""
        if self._ground is None:
            return True
        near = self._ground.metres(np.array([(box[0], box[3]), (box[2], box[3])], np.float64))
        return float(np.hypot(*(near[1] - near[0]))) >= self._zone.selling.min_size_m

    def close(self, spots: Sequence[Spot]) -> NDArray[np.bool_]:
        """(n, n): which of them are one row."""
        boxes = np.array(spots, np.float64).reshape(-1, 4)
        widths = boxes[:, 2] - boxes[:, 0]
        reach = ROW_GAP * np.maximum(widths[:, None], widths) if self._ground is None else ROW_GAP_M
        return np.asarray(gaps(boxes) <= reach, np.bool_)

    def _is_at_front(self, spot: Spot) -> bool:
        if self._front is None:
            return False
        line = self._front if self._ground is None else self._ground.metres(self._front)
        reach = AT_FRONT * (spot[2] - spot[0]) if self._ground is None else AT_FRONT_M
        low, high = np.array(spot[:2]) - reach, np.array(spot[2:]) + reach
        return bool(((line >= low) & (line <= high)).all(axis=1).any())

    def measures(self, stalls: Sequence[Stay]) -> dict[str, Measure]:
        """What they take, and the width that they leave."""
        feet = self._feet(stalls)
        if self._lane_m is None:
            share = area_taken(self._outline, feet) / area(self._outline)
            return {"area_share": Measure(round(share, 3), "1")}
        return {
            "area": Measure(round(area_taken(self._lane_m, feet), 1), "m2"),
            "zone_width": Measure(round(lane_width(self._lane_m), 2), "m"),
            "clear_width": Measure(round(clear_width(self._lane_m, feet), 2), "m"),
            "required_width": Measure(self._zone.clear_width_m, "m"),
        }

    @property
    def is_metric(self) -> bool:
        """Whether spots are metres."""
        return self._ground is not None

    def _feet(self, stalls: Sequence[Stay]) -> list[Points]:
        """What each stands on: metres, or without a calibration pixels."""
        if self._ground is None or self._lane_m is None:
            return [corners(foot_of(stall.box)) for stall in stalls]
        axis = long_axis(self._lane_m)
        return [footprint(stall.box, stall.label, self._ground, axis) for stall in stalls]


def _spot(shape: Points) -> Spot:
    (x1, y1), (x2, y2) = shape.min(axis=0), shape.max(axis=0)
    return float(x1), float(y1), float(x2), float(y2)


def _stations(line: Points, per_side: int = 32) -> Points:
    """Points along a line of straight pieces."""
    shares = np.linspace(0, 1, per_side)[:, None]
    return np.vstack([a + (b - a) * shares for a, b in pairwise(line)])
