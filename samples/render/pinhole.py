"""The camera as mathematics: ground to picture and back, without a renderer."""

import math

import numpy as np
from numpy.typing import NDArray

from samples.render.description import Camera

Array = NDArray[np.float64]


def intrinsics(camera: Camera) -> Array:
    """The 3 x 3 camera matrix in pixels."""
    width, height = camera.size
    focal = width / 2 / math.tan(math.radians(camera.hfov_deg) / 2)
    return np.array([[focal, 0, width / 2], [0, focal, height / 2], [0, 0, 1]])


def rotation(camera: Camera) -> Array:
    """World to camera: rows are the picture's right, down and forward."""
    forward = np.subtract(camera.target, camera.position)
    forward = forward / np.linalg.norm(forward)
    right = np.cross(forward, (0.0, 0.0, 1.0))
    right = right / np.linalg.norm(right)
    return np.array([right, np.cross(forward, right), forward])


def project(camera: Camera, points: Array) -> Array:
    """World points (n, 3) to pixels (n, 2), origin top left. Points behind the camera are drawn far outside."""
    seen = (np.asarray(points, np.float64) - camera.position) @ rotation(camera).T
    depth = np.maximum(seen[:, 2:], 0.05)
    return np.asarray((seen / depth) @ intrinsics(camera).T)[:, :2]


def ground_homography(camera: Camera) -> Array:
    """Pixels (x, y, 1) to metres of the road's plane (x, y, 1), up to scale."""
    turn = rotation(camera)
    shift = -turn @ np.asarray(camera.position)
    to_picture = intrinsics(camera) @ np.column_stack([turn[:, 0], turn[:, 1], shift])
    back = np.linalg.inv(to_picture)
    return np.asarray(back / back[2, 2])


def fractions(camera: Camera, points: Array) -> Array:
    """World points to fractions of the picture's width and height."""
    return project(camera, points) / camera.size
