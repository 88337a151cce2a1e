"""Pixels to lines of sight and back, and where they end when one of the camera's figures is a little off."""

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.attitude import rotation
from vision.geometry import Points
from vision.pin import Term
from vision.pose import Doubt, Lens, Origin, Pose
from vision.surface import Facet, Vector

TERMS = tuple(Term)
Nudge = NDArray[np.float64]
"""By how much every term, in the order of TERMS, is off: metres, degrees, pixels; the focal length as a share."""

_AT = {term: i for i, term in enumerate(TERMS)}
_STRAIGHT_UP = np.array([0.0, 0.0, 1.0])
_STEEP = np.sqrt(0.5)
_UP = np.array([1.0, 1.0, -1.0])
"""North, east, down to north, east, up."""


def exact() -> Nudge:
    return np.zeros(len(TERMS))


def nudged(term: Term, by: float) -> Nudge:
    nudge = exact()
    nudge[_AT[term]] = by
    return nudge


def doubts(pose: Pose, lens: Lens, ground: Doubt, pixel_sigma: float) -> dict[Term, Doubt]:
    """One standard deviation of everything that a place depends on."""
    of = pose.doubts
    pixel = Doubt(pixel_sigma, Origin.PICTURE)
    return {
        Term.NORTH: of.position_m,
        Term.EAST: of.position_m,
        Term.HEIGHT: of.height_m,
        Term.YAW: of.yaw_deg,
        Term.PITCH: of.pitch_deg,
        Term.ROLL: of.roll_deg,
        Term.FOCAL: lens.doubt,
        Term.ACROSS: pixel,
        Term.DOWN: pixel,
        Term.GROUND: ground,
        Term.CLOCK: of.along_m,
    }


def rays(pose: Pose, lens: Lens, pixels: Points, nudge: Nudge) -> Vector:
    """Lines of sight of the pixels (n, 2): (n, 3) north, east, up, of length 1."""
    shifted = pixels + nudge[[_AT[Term.ACROSS], _AT[Term.DOWN]]]
    tangents = _undistorted(lens, shifted) / (1 + nudge[_AT[Term.FOCAL]])
    body = np.column_stack([np.ones(len(tangents)), tangents])
    seen = body @ _turn(pose, nudge).T * _UP
    return np.asarray(seen / np.linalg.norm(seen, axis=1, keepdims=True))


def landings(pose: Pose, lens: Lens, facet: Facet, pixels: Points, nudge: Nudge) -> Vector:
    """Where they end on the facet: (n, 3) north, east, up in metres from beneath the camera; NaN where they miss it."""
    start = _start(pose, nudge)
    lines = rays(pose, lens, pixels, nudge)
    met = Facet(_raised(facet, start, _turn(pose, nudge)[:, 0] * _UP, nudge[_AT[Term.GROUND]]), facet.normal)
    return np.asarray(start + met.along(start, lines)[:, None] * lines)


def _raised(facet: Facet, start: Vector, axis: Vector, by: float) -> Vector:
    """A point of the facet when the ground, or what a laser said of it, is off by `by`.

    The ground's doubt is of its height, but across a face steeper than 45 degrees.
    """
    if facet.range_m is not None:
        return np.asarray(start + (facet.range_m + by) * axis)
    return np.asarray(facet.point + by * (_STRAIGHT_UP if abs(facet.normal[2]) > _STEEP else facet.normal))


def pixels_of(pose: Pose, lens: Lens, metres: Vector) -> Points:
    """Where points (n, 3), north, east, up from beneath the camera, are seen; NaN behind it."""
    body = ((metres - _start(pose, exact())) * _UP) @ _turn(pose, exact())
    ahead = np.where(body[:, :1] > 0, body[:, :1], np.nan)
    return _distorted(lens, body[:, 1:] / ahead)


def _start(pose: Pose, nudge: Nudge) -> Vector:
    north, east, height, clock = nudge[[_AT[t] for t in (Term.NORTH, Term.EAST, Term.HEIGHT, Term.CLOCK)]]
    course = np.radians(pose.doubts.course_deg)
    return np.array([north + clock * np.cos(course), east + clock * np.sin(course), pose.height_m + height])


def _turn(pose: Pose, nudge: Nudge) -> Vector:
    """A doubt of roll is how far the gimbal is off the level across its azimuth: looking straight down it moves the
    place sideways, where a turn about the optical axis would not.
    """
    yaw, pitch, roll = (float(nudge[_AT[t]]) for t in (Term.YAW, Term.PITCH, Term.ROLL))
    return np.asarray(rotation(pose.yaw_deg + yaw, 0, roll) @ rotation(0, pose.pitch_deg + pitch, pose.roll_deg))


def _matrix(lens: Lens) -> NDArray[np.float64]:
    return np.array([[lens.focal_px, 0, lens.cx_px], [0, lens.focal_px, lens.cy_px], [0, 0, 1]])


def _undistorted(lens: Lens, pixels: Points) -> Points:
    """Tangents right and down of the axis. Enough rounds for k1 = -0.39, as thermal cameras have it."""
    if not any(lens.distortion):
        return np.asarray((pixels - [lens.cx_px, lens.cy_px]) / lens.focal_px)
    rounds = (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, 50, 1e-9)
    bent = cv2.undistortPoints(pixels.reshape(-1, 1, 2), _matrix(lens), np.array(lens.distortion), criteria=rounds)
    return np.asarray(bent, np.float64).reshape(-1, 2)


def _distorted(lens: Lens, tangents: Points) -> Points:
    """NaN stays NaN."""
    if not any(lens.distortion):
        return np.asarray(tangents * lens.focal_px + [lens.cx_px, lens.cy_px])
    flat = np.column_stack([tangents, np.ones(len(tangents))])
    seen, _ = cv2.projectPoints(flat, np.zeros(3), np.zeros(3), _matrix(lens), np.array(lens.distortion))
    return np.asarray(seen, np.float64).reshape(-1, 2)
