"""What a radiometric camera would read: temperature from material, wetness and sun, through its optics and noise.

A rule set by hand, not a simulation of heat: fit to exercise code, never to justify a threshold.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from samples.render.flights import KELVIN_COUNTS

_SUN_WARMS_K = 2.2
_PSF_PX = 0.85

Plane = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Passes:
    """Of one still, each (h, w): how wet, kelvin above the air, and the light that falls there."""

    wet: Plane
    warmer: Plane
    sunlit: Plane


def temperature_c(passes: Passes, air_c: float) -> Plane:
    """Apparent temperature of the still, before the sensor. The sky is cold."""
    light = cv2.GaussianBlur(cv2.medianBlur(passes.sunlit, 5), (0, 0), 2.5)
    light /= max(float(np.percentile(light, 95)), 1e-6)
    ground = air_c + passes.warmer + _SUN_WARMS_K * (np.clip(light, 0, 1.3) - 0.7)
    sky = (passes.warmer == 0) & (light < 0.02)
    rows = np.linspace(-28, -6, ground.shape[0], dtype=np.float32)[:, None]
    return cv2.GaussianBlur(np.where(sky, rows, ground).astype(np.float32), (0, 0), _PSF_PX)


@dataclass(frozen=True, slots=True, eq=False)
class Sensor:
    """An uncooled detector: a pattern that stays for the flight, and noise of 50 mK in every frame."""

    seed: int
    size: tuple[int, int]

    def reads(self, scene_c: Plane, frame: int) -> Plane:
        width, height = self.size
        fixed = np.random.RandomState(self.seed)
        columns, shading = fixed.normal(0, 0.035, (1, width)), fixed.normal(0, 0.08, (8, 10)).astype(np.float32)
        live = np.random.RandomState(self.seed * 10_007 + frame)
        noise = live.normal(0, 0.05, (height, width)) + live.normal(0, 0.015, (height, 1))
        smooth = cv2.resize(shading, (width, height), interpolation=cv2.INTER_CUBIC)
        return np.asarray(scene_c + columns + smooth + noise, np.float32)


def counts(celsius: Plane) -> NDArray[np.uint16]:
    return np.clip(np.rint((celsius + 273.15) * KELVIN_COUNTS), 0, 65535).astype(np.uint16)


def shown(celsius: Plane, low: float, high: float) -> NDArray[np.uint8]:
    """Grey levels over a fixed span of temperature, white hot."""
    return np.asarray(np.clip((celsius - low) / (high - low), 0, 1) * 255, np.uint8)
