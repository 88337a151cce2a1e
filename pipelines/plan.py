"""The plan: cameras, their zones, timetables and limits."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from pipelines.observation import Kind
from pipelines.timetable import Timetable
from vision.geometry import Ground, Points

CLEAR_WIDTH_M = 4.0
"""GB 50016: a fire lane keeps 4.0 m clear width."""
PASSAGE_M = 1.2
"""GB 55019-2021: an accessible way keeps 1.20 m clear width."""


class BadPlan(Exception):
    """The plan can't be used; a person must mend it. `problems` says each thing that is wrong, and where."""

    def __init__(self, path: Path, problems: list[str]) -> None:
        super().__init__(f"{path}: " + "; ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """Points of the picture (fractions of its width and height) with their ground positions in metres."""

    image: Points
    ground_m: Points

    def ground(self, size_wh: tuple[int, int]) -> Ground:
        return Ground.through(self.image * size_wh, self.ground_m)


class Surface(StrEnum):
    """What a vending zone's polygon outlines."""

    PAVEMENT = "pavement"
    ROAD = "road"


REQUIRED_WIDTH_M = {Surface.PAVEMENT: PASSAGE_M, Surface.ROAD: CLEAR_WIDTH_M}
"""What must be left beside stalls unless the plan says otherwise."""


@dataclass(frozen=True, slots=True, eq=False)
class Selling:
    """What a plan says of selling in a zone. Polygons and lines (n, 2) are in fractions of the frame.

    permitted: where selling is allowed within the zone: a terrace, market pitches. min_size_m: what is narrower is
    no stall; it takes a calibration to tell. frontage: the line of the shop fronts, whose goods may spill over.
    """

    surface: Surface = Surface.PAVEMENT
    permitted: tuple[Points, ...] = ()
    min_size_m: float = 0.0
    frontage: Points | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Zone:
    """A part of the picture with a rule. `polygon` (n, 2) is in fractions of the frame's width and height.

    exempt: labels that may stay. legal: when staying is allowed. clear_width_m: the width that must be left.
    """

    id: str
    kind: Kind
    polygon: Points
    allowed_s: float
    name: str
    exempt: frozenset[str]
    legal: Timetable
    calibration: Calibration | None
    clear_width_m: float = CLEAR_WIDTH_M
    selling: Selling = field(default_factory=Selling)


@dataclass(frozen=True, slots=True, eq=False)
class Camera:
    """captured_from: when the first frame of a recording was taken, aware UTC. rate_hz: looks per second asked for."""

    id: str
    source: str
    name: str
    zones: tuple[Zone, ...]
    captured_from: datetime | None
    rate_hz: float
    timezone: ZoneInfo


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    path: Path
    cameras: tuple[Camera, ...]

    def camera(self, camera_id: str | None) -> Camera:
        """The one with that id, or the only one. Raises BadPlan."""
        wanted = [c for c in self.cameras if camera_id is None or c.id == camera_id]
        if len(wanted) == 1:
            return wanted[0]
        known = ", ".join(c.id for c in self.cameras)
        if camera_id is None:
            raise BadPlan(self.path, [f"has {len(self.cameras)} cameras; say which with --camera ({known})"])
        raise BadPlan(self.path, [f'has no camera "{camera_id}" (it has {known})'])
