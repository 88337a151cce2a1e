"""Angles of a camera or an aircraft as a rotation, and back.

A rotation takes forward, right, down of the body to north, east, down: Rz(yaw) Ry(pitch) Rx(roll), degrees.
"""

import math

import numpy as np
from numpy.typing import NDArray

Rotation = NDArray[np.float64]


def rotation(yaw_deg: float, pitch_deg: float, roll_deg: float) -> Rotation:
    """(3, 3). A gimbal on an aircraft is `rotation(*aircraft) @ rotation(*gimbal)` when its angles are the aircraft's,
    as MISB ST 0601 gives them; a drone's gimbal angles are the earth's already.
    """
    yaw, pitch, roll = (math.radians(v) for v in (yaw_deg, pitch_deg, roll_deg))
    cy, sy, cp, sp, cr, sr = (f(a) for a in (yaw, pitch, roll) for f in (math.cos, math.sin))
    about_z = np.array([[cy, -sy, 0], [sy, cy, 0], [0, 0, 1]])
    about_y = np.array([[cp, 0, sp], [0, 1, 0], [-sp, 0, cp]])
    about_x = np.array([[1, 0, 0], [0, cr, -sr], [0, sr, cr]])
    return np.asarray(about_z @ about_y @ about_x)


def angles(turn: Rotation) -> tuple[float, float, float]:
    """Yaw, pitch and roll in degrees. Straight down or up, where only the two together mean something, roll is 0."""
    pitch = math.asin(max(-1.0, min(1.0, -float(turn[2, 0]))))
    if math.hypot(turn[0, 0], turn[1, 0]) < 1e-9:
        return math.degrees(math.atan2(-turn[0, 1], turn[1, 1])), math.degrees(pitch), 0.0
    yaw, roll = math.atan2(turn[1, 0], turn[0, 0]), math.atan2(turn[2, 1], turn[2, 2])
    return math.degrees(yaw), math.degrees(pitch), math.degrees(roll)
