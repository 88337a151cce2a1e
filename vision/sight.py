"""From what a drone says of itself to a camera in a local frame of metres."""

import numpy as np

from vision.attitude import rotation
from vision.ellipsoid import Local
from vision.face import Matrix, Sight
from vision.pose import Lens, Pose

_NED_OF_ENU = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, -1.0]])
_CAMERA_OF_BODY = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]])
"""Body axes are forward, right, down; a camera's are right, down, forward."""


def sight(pose: Pose, lens: Lens, around: Local) -> Sight:
    """Distortion is left out: a picture is to be undistorted before it is laid."""
    turn = _CAMERA_OF_BODY @ rotation(pose.yaw_deg, pose.pitch_deg, pose.roll_deg).T @ _NED_OF_ENU
    matrix = np.array([[lens.focal_px, 0, lens.cx_px], [0, lens.focal_px, lens.cy_px], [0, 0, 1]])
    centre = local_m(np.array([[pose.lat_deg, pose.lon_deg, pose.height_m]]), around)[0]
    return Sight(centre, turn, matrix, (lens.width_px, lens.height_px))


def local_m(places: Matrix, around: Local) -> Matrix:
    """Latitude, longitude, height (n, 3) as metres east, north, up (n, 3)."""
    return np.asarray(around.metres(places)[:, [1, 0, 2]], np.float64)


def places_of(metres: Matrix, around: Local) -> Matrix:
    """The way back."""
    return around.places(metres[:, [1, 0, 2]])
