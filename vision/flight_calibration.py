"""A flight's height above the ground and its compass error, from what its own overlapping pictures show.

Height above take-off was 17.7 m off over trees and roofs (95.0 for 77.3 m); the pictures' motion against the positions'
says what it really was. Every picture is used at its own attitude, so frames in a turn or looking ahead serve as well.
"""

import cmath
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from vision.agreement import Overlap, agreed, disagreement, per_metre, positions
from vision.ellipsoid import Local
from vision.pose import Doubt, Lens, Origin, Pose

_LEAST_PAIRS = 3
_LEAST_BASELINE = 0.05
"""Of the height: by so much the picture has to move, 4 m at 80 m, above the noise between neighbouring fixes."""
_MOST_YAW_DEG = 20.0
_MOST_APART = 0.1
"""Of the height: pictures that land farther apart than this were matched wrongly."""
_TO_SIGMA = 1.4826
"""From a median absolute deviation to a standard deviation."""
_RELIEF = 0.087
"""Of the height, one standard deviation: trees have the features and the meadow between them has none. Over trees and
roofs at 77 m it was 4.5 m off a laser at the median."""
_LEAST_SIGMA_DEG = 0.5


class NoOverlap(Exception):
    """Too few pairs of pictures say the same. Asking again does not help: the flight keeps its stated height."""

    again = False


@dataclass(frozen=True, slots=True)
class Calibration:
    """`ground_m` is the height of the ground seen, above the datum of the poses; `yaw_deg` is to be added to theirs.

    `poses` are the flight's own, corrected one by one so that their pictures agree.
    """

    ground_m: float
    ground_sigma_m: float
    yaw_deg: float
    yaw_sigma_deg: float
    pairs: int
    poses: tuple[Pose, ...] = ()

    def applied(self, pose: Pose) -> Pose:
        """Any pose of the flight, above the ground seen, which is then `Level()`."""
        return self._surer(pose, pose.height_m - self.ground_m, self.yaw_deg)

    def _surer(self, pose: Pose, height_m: float, yaw_deg: float) -> Pose:
        height = Doubt(self.ground_sigma_m, Origin.IMAGE_MOTION)
        yaw = Doubt(self.yaw_sigma_deg, Origin.IMAGE_MOTION)
        doubts = replace(pose.doubts, height_m=height, yaw_deg=yaw)
        return replace(pose, height_m=height_m, yaw_deg=pose.yaw_deg + yaw_deg, doubts=doubts)

    def corrected(self, lens: Lens, poses: Sequence[Pose], overlaps: Sequence[Overlap]) -> "Calibration":
        """Every pose moved, turned and raised a little, until the overlaps agree."""
        heights = np.array([pose.height_m - self.ground_m for pose in poses])
        kept = [o for o in overlaps if self._is_credible(lens, poses, o)]
        moves, turns = agreed(lens, poses, kept, heights * cmath.rect(1, math.radians(self.yaw_deg)))
        return replace(self, poses=tuple(map(self._moved, poses, moves, turns)))

    def _moved(self, pose: Pose, move: complex, turn: complex) -> Pose:
        lat, lon, _ = Local(pose.lat_deg, pose.lon_deg).places(np.array([[move.real, move.imag, 0.0]]))[0]
        surer = self._surer(pose, abs(turn), math.degrees(cmath.phase(turn)))
        return replace(surer, lat_deg=float(lat), lon_deg=float(lon))

    def _is_credible(self, lens: Lens, poses: Sequence[Pose], overlap: Overlap) -> bool:
        first, second = (self.applied(poses[i]) for i in (overlap.first, overlap.second))
        apart = disagreement(lens, first, second, overlap)
        return bool(np.median(apart) <= _MOST_APART * max(first.height_m, 0.0))


def calibrated(lens: Lens, poses: Sequence[Pose], overlaps: Sequence[Overlap]) -> Calibration:
    """The median over the pairs, with their scatter as the doubt, and every pose corrected. Raises NoOverlap.

    The pictures must show one stretch of ground, the camera looking down at it: a level that rises or falls by more
    than a tenth of the height within the flight widens the doubt.
    """
    said = [said for overlap in overlaps if (said := _ground_and_yaw(lens, poses, overlap)) is not None]
    if len(said) < _LEAST_PAIRS:
        raise NoOverlap(f"{len(said)} pairs of pictures say how high the flight was, {_LEAST_PAIRS} are needed")
    middle = np.median(said, axis=0)
    scatter = _TO_SIGMA * np.median(np.abs(said - middle), axis=0)
    height = poses[0].height_m - float(middle[0])
    sigma_m, sigma_deg = math.hypot(scatter[0], _RELIEF * height), max(float(scatter[1]), _LEAST_SIGMA_DEG)
    flight = Calibration(float(middle[0]), sigma_m, float(middle[1]), sigma_deg, len(said))
    return flight.corrected(lens, poses, overlaps)


def _ground_and_yaw(lens: Lens, poses: Sequence[Pose], overlap: Overlap) -> tuple[float, float] | None:
    turn = _turn(lens, poses, overlap)
    yaw = math.degrees(cmath.phase(turn))
    if not cmath.isfinite(turn) or abs(yaw) > _MOST_YAW_DEG:
        return None
    if abs(_step(poses, overlap)) <= _LEAST_BASELINE * abs(turn):
        return None
    return poses[overlap.first].height_m - abs(turn), yaw


def _turn(lens: Lens, poses: Sequence[Pose], overlap: Overlap) -> complex:
    """Height times the turn of the compass, as one complex number, by least squares over all features.

    With q the level part of a line of sight per metre of fall, the same ground is first + h q1 = second + h q2 when
    everything is right; a compass off by psi turns both q alike. So h e^(i psi) = -step / (q2 - q1).
    """
    first, second = poses[overlap.first], poses[overlap.second]
    ahead = per_metre(second, lens, overlap.second_px)
    moved = ahead - per_metre(first, lens, overlap.first_px)
    step = _step(poses, overlap) + (second.height_m - first.height_m) * ahead
    length = float((np.abs(moved) ** 2).sum())
    return complex(-np.sum(step * moved.conj()) / length) if length > 0 else complex(math.inf)


def _step(poses: Sequence[Pose], overlap: Overlap) -> complex:
    here, there = positions([poses[overlap.first], poses[overlap.second]])
    return complex(there - here)


def apart_m(lens: Lens, poses: Sequence[Pose], overlaps: Sequence[Overlap]) -> NDArray[np.float64]:
    """How far apart the same ground lands from two pictures, over all features of all overlaps: (n,) metres."""
    pairs = [disagreement(lens, poses[o.first], poses[o.second], o) for o in overlaps]
    return np.concatenate([np.zeros(0), *pairs])
