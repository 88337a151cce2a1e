"""Pictures of one flight made to agree on where the ground lies that two of them show.

Level places are complex numbers here, metres north + i metres east, since a turn of the compass and a height are then
one factor and everything stays linear.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vision.ellipsoid import Local
from vision.geometry import Points
from vision.line_of_sight import exact, rays
from vision.pose import Lens, Pose

Level = NDArray[np.complex128]

_FEATURES = 40.0
"""However many features an overlap has, it counts as this many that are 1 m off."""
_MOVE_M = 0.5
"""How far a fix may be off its neighbours; a bias that all share is not seen here."""
_TURN_M = 3.0
"""How far height, or yaw times height, may differ between frames: 2 degrees at 80 m."""


@dataclass(frozen=True, slots=True, eq=False)
class Overlap:
    """The same ground in two pictures, by their numbers in the flight; rows (n, 2) of pixels belong together."""

    first: int
    second: int
    first_px: Points
    second_px: Points


def positions(poses: Sequence[Pose]) -> Level:
    """From beneath the first camera."""
    places = np.array([(pose.lat_deg, pose.lon_deg, 0.0) for pose in poses])
    north, east, _ = Local(poses[0].lat_deg, poses[0].lon_deg).metres(places).T
    return np.asarray(north + 1j * east)


def per_metre(pose: Pose, lens: Lens, pixels: Points) -> Level:
    """How far a line of sight goes for every metre that it falls; NaN for one that rises."""
    north, east, up = rays(pose, lens, pixels, exact()).T
    return np.asarray((north + 1j * east) / np.where(up < 0, -up, np.nan))


def disagreement(lens: Lens, first: Pose, second: Pose, overlap: Overlap) -> NDArray[np.float64]:
    """How far apart the same ground lands from two poses above level ground: (n,) metres."""
    here, there = positions([first, second])
    a = here + first.height_m * per_metre(first, lens, overlap.first_px)
    b = there + second.height_m * per_metre(second, lens, overlap.second_px)
    return np.asarray(np.abs(b - a), np.float64)


def agreed(
    lens: Lens, poses: Sequence[Pose], overlaps: Sequence[Overlap], turns: Level
) -> tuple[list[complex], list[complex]]:
    """How far every camera is to be moved, and its height times the turn of its compass, beginning at `turns` (n,).

    Least squares over all features at once; what no overlap speaks of stays as it was.
    """
    n = len(poses)
    matrix = np.diag(np.repeat([_MOVE_M**-2, _TURN_M**-2], n)).astype(np.complex128)
    right = np.concatenate([np.zeros(n), turns / _TURN_M**2])
    at = positions(poses)
    for overlap in overlaps:
        rows, where = _equations(lens, poses, overlap)
        weight = _FEATURES / len(rows)
        matrix[np.ix_(where, where)] += weight * rows.conj().T @ rows
        right[where] += weight * rows.conj().sum(axis=0) * (at[overlap.first] - at[overlap.second])
    solved = np.linalg.solve(matrix, right)
    return list(map(complex, solved[:n])), list(map(complex, solved[n:]))


def _equations(lens: Lens, poses: Sequence[Pose], overlap: Overlap) -> tuple[Level, list[int]]:
    """One row a feature: second move - first move + second turn q2 - first turn q1 = first place - second place."""
    i, j = overlap.first, overlap.second
    q1, q2 = per_metre(poses[i], lens, overlap.first_px), per_metre(poses[j], lens, overlap.second_px)
    ones = np.ones(len(q1))
    rows = np.column_stack([-ones, ones, -q1, q2])
    return rows[np.isfinite(rows).all(axis=1)], [i, j, len(poses) + i, len(poses) + j]
