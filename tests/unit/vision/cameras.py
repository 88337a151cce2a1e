"""Builders of cameras over a place by hand, and of what they may really have been."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from vision.attitude import rotation
from vision.ellipsoid import Local
from vision.pin import Pin
from vision.pose import GPS_OVER_TERRAIN, Doubts, Lens, Pose

LAT, LON = 30.5928, 114.3055
LENS = Lens(1920, 1080, 1500.0, 960.0, 540.0)
MIDDLE = (960.0, 540.0)


def a_pose(
    yaw: float = 40.0,
    pitch: float = -45.0,
    *,
    roll: float = 0.0,
    height: float = 100.0,
    doubts: Doubts = GPS_OVER_TERRAIN,
) -> Pose:
    return Pose(LAT, LON, height, yaw, pitch, roll, doubts)


def place(north: float, east: float, height: float = 0.0) -> tuple[float, float, float]:
    """Latitude, longitude, height of what lies so many metres from beneath the camera."""
    lat, lon, _ = Local(LAT, LON).places(np.array([[north, east, 0.0]]))[0]
    return float(lat), float(lon), height


def from_camera(pin: Pin) -> NDArray[np.float64]:
    """Metres north and east from beneath the camera: (2,)."""
    return Local(LAT, LON).metres(np.array([[pin.lat_deg, pin.lon_deg, 0.0]]))[0, :2]


def moved(pose: Pose, north: float, east: float) -> Pose:
    lat, lon, _ = Local(pose.lat_deg, pose.lon_deg).places(np.array([[north, east, 0.0]]))[0]
    return replace(pose, lat_deg=float(lat), lon_deg=float(lon))


def as_it_may_have_looked(pose: Pose, rng: np.random.Generator) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where the camera may have been and the optical axis have pointed by its doubts: north, east, up in metres.

    The gimbal is off level across its azimuth by the doubt of roll.
    """
    of = pose.doubts
    up, yaw, pitch, roll = (rng.normal(0, d.sigma) for d in (of.height_m, of.yaw_deg, of.pitch_deg, of.roll_deg))
    turn = rotation(pose.yaw_deg + yaw, 0, roll) @ rotation(0, pose.pitch_deg + pitch, pose.roll_deg)
    start = np.array([*rng.normal(0, of.position_m.sigma, 2), pose.height_m + up])
    return start, np.asarray(turn[:, 0] * [1, 1, -1])
