"""Where stalls stand on a vending zone's ground, in metres if it is calibrated: how close, how large, what is left."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipelines.market import Spot
from pipelines.observation import Measure
from pipelines.plan import Zone
from pipelines.standing import foot_of, stands_in
from vision.clusters import gaps
from vision.footprint import footprint
from vision.geometry import Ground, Points, area, clear_width, corners, lane_width, long_axis, share_inside
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

    def is_large(self, box: Boxes) -> bool:
        """Whether it is as wide as the plan asks of a stall; without a calibration nobody can tell."""
        if self._ground is None:
            return True
        near = self._ground.metres(np.array([(box[0], box[3]), (box[2], box[3])], np.float64))
        return float(np.hypot(*(near[1] - near[0]))) >= self._zone.selling.min_size_m

    def spots(self, stalls: Sequence[Stay]) -> list[Spot]:
        """The rectangle that each takes: metres, or without a calibration pixels."""
        if self._ground is None:
            return [_spot(corners(foot_of(stall.box))) for stall in stalls]
        return [_spot(foot) for foot in self._feet(stalls, self._ground)]

    def close(self, spots: Sequence[Spot]) -> NDArray[np.bool_]:
        """(n, n): which of them are one row."""
        boxes = np.array(spots, np.float64).reshape(-1, 4)
        widths = boxes[:, 2] - boxes[:, 0]
        reach = ROW_GAP * np.maximum(widths[:, None], widths) if self._ground is None else ROW_GAP_M
        return np.asarray(gaps(boxes) <= reach, np.bool_)

    def is_at_front(self, stall: Stay) -> bool:
        """Whether it stands at the shop fronts; never, where the plan draws none."""
        if self._front is None:
            return False
        line = self._front if self._ground is None else self._ground.metres(self._front)
        (spot,) = self.spots([stall])
        reach = AT_FRONT * (spot[2] - spot[0]) if self._ground is None else AT_FRONT_M
        low, high = np.array(spot[:2]) - reach, np.array(spot[2:]) + reach
        return bool(((line >= low) & (line <= high)).all(axis=1).any())

    def measures(self, stalls: Sequence[Stay]) -> dict[str, Measure]:
        """What they take, and the width that they leave."""
        if self._ground is None or self._lane_m is None:
            feet = [corners(foot_of(stall.box)) for stall in stalls]
            share = area_taken(self._outline, feet) / area(self._outline)
            return {"area_share": Measure(round(share, 3), "1")}
        feet = self._feet(stalls, self._ground)
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

    def _feet(self, stalls: Sequence[Stay], ground: Ground) -> list[Points]:
        assert self._lane_m is not None
        axis = long_axis(self._lane_m)
        return [footprint(stall.box, stall.label, ground, axis) for stall in stalls]


def _spot(shape: Points) -> Spot:
    (x1, y1), (x2, y2) = shape.min(axis=0), shape.max(axis=0)
    return float(x1), float(y1), float(x2), float(y2)


def _stations(line: Points, per_side: int = 32) -> Points:
    """Points along a line of straight pieces."""
    shares = np.linspace(0, 1, per_side)[:, None]
    return np.vstack([a + (b - a) * shares for a, b in pairwise(line)])
