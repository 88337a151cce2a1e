"""What lens and air add to a clean picture: rain, clouds, lamps' halos, blur, noise, the recorder's stamp."""

import math
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import cv2
import numpy as np
from numpy.typing import NDArray

from samples.render.description import Light
from samples.render.reel import Picture

Canvas = NDArray[np.float32]
_CLOUD_PERIOD_S = 23.0
_GLOWS_FROM = 205
"""Grey level from which a lamp or a lit sign spreads a halo in the lens."""

_HALOS = ((4.0, 0.35), (18.0, 0.45))
"""Width in pixels and strength of the halo's core and of its veil."""


@dataclass(slots=True)
class Lens:
    """One camera for one clip. The same seed adds the same noise to the same frame."""

    light: Light
    seed: int
    noise: float = 1.6
    stamp: str = "SIM-CAM-01"
    started: datetime = datetime(2026, 5, 1, 10)
    _fixed: Canvas | None = field(default=None, init=False)

    def through(self, picture: Picture, at: float) -> Picture:
        """As the recorder keeps it, with its name and clock in the corner."""
        return _stamped(self.weathered(picture, at), f"{self.stamp}  {self._clock(at)}")

    def weathered(self, picture: Picture, at: float) -> Picture:
        rng = np.random.RandomState((self.seed * 100_003 + round(at * 1000)) % 2**31)
        canvas = picture.astype(np.float32) * self._cloud(at)
        if self.light.rain:
            canvas = _rained_on(canvas, self.light.rain, rng)
        if self.light.lamps:
            canvas = _with_halos(canvas)
        canvas = cv2.GaussianBlur(canvas, (0, 0), 0.55)
        canvas += self._grain(canvas, rng)
        return np.asarray(np.clip(canvas, 0, 255), np.uint8)

    def _clock(self, at: float) -> str:
        return f"{self.started + timedelta(seconds=int(at)):%Y-%m-%d %H:%M:%S}"

    def _cloud(self, at: float) -> float:
        return 1 - self.light.clouds * 0.5 * (1 - math.cos(2 * math.pi * at / _CLOUD_PERIOD_S))

    def _grain(self, canvas: Canvas, rng: np.random.RandomState) -> Canvas:
        if self._fixed is None:
            fixed = np.random.RandomState(self.seed).normal(0, 0.6, (*canvas.shape[:2], 1))
            self._fixed = fixed.astype(np.float32)
        live = rng.standard_normal((*canvas.shape[:2], 1)).astype(np.float32) * 0.8
        darker = 0.6 + 0.4 * (1 - canvas.mean(2, keepdims=True) / 255)
        return np.asarray((self._fixed + live) * self.noise * darker, np.float32)


def _rained_on(canvas: Canvas, drops: int, rng: np.random.RandomState) -> Canvas:
    """Streaks that fall a little aslant: near ones long and pale, far ones short and faint."""
    height, width = canvas.shape[:2]
    veil = np.zeros((height, width), np.uint8)
    for x, y, near in zip(
        rng.uniform(0, width, drops), rng.uniform(-40, height, drops), rng.uniform(0, 1, drops) ** 2, strict=True
    ):
        fall = 10 + 40 * near
        end = (int(x - 0.12 * fall), int(y + fall))
        cv2.line(veil, (int(x), int(y)), end, int(50 + 90 * near), 1, cv2.LINE_AA)
    share = cv2.GaussianBlur(veil, (0, 0), 0.8).astype(np.float32)[..., None] / 255 * 0.55
    return np.asarray(canvas * (1 - share) + 205 * share, np.float32)


def _with_halos(canvas: Canvas) -> Canvas:
    bright = np.maximum(canvas - _GLOWS_FROM, 0) * (255 / (255 - _GLOWS_FROM))
    for wide, strong in _HALOS:
        halo = cv2.GaussianBlur(bright, (0, 0), wide) * strong
        canvas = 255 - (255 - canvas) * (255 - np.clip(halo, 0, 255)) / 255
    return np.asarray(canvas, np.float32)


def _stamped(picture: Picture, text: str) -> Picture:
    for colour, thick in (((0, 0, 0), 4), ((255, 255, 255), 2)):
        cv2.putText(picture, text, (24, 40), cv2.FONT_HERSHEY_SIMPLEX, 0.8, colour, thick, cv2.LINE_AA)
    return picture
