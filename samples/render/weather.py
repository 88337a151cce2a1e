"""What the lens and the air add to a clean picture: rain, passing clouds, blur, sensor noise, the recorder's stamp."""

import math
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from samples.render.description import Light
from samples.render.reel import Picture

Canvas = NDArray[np.float32]
_CLOUD_PERIOD_S = 23.0


@dataclass(slots=True)
class Lens:
    """One camera for one clip. The same seed adds the same noise to the same frame."""

    light: Light
    seed: int
    noise: float = 1.6
    stamp: str = "SIM-CAM-01"
    _fixed: Canvas | None = field(default=None, init=False)

    def through(self, picture: Picture, at: float) -> Picture:
        """As the recorder keeps it, with its name and clock in the corner."""
        return _stamped(self.weathered(picture, at), f"{self.stamp}  {_clock(at)}")

    def weathered(self, picture: Picture, at: float) -> Picture:
        rng = np.random.RandomState((self.seed * 100_003 + round(at * 1000)) % 2**31)
        canvas = picture.astype(np.float32) * self._cloud(at)
        if self.light.rain:
            canvas = _rained_on(canvas, self.light.rain, rng)
        canvas = cv2.GaussianBlur(canvas, (0, 0), 0.55)
        canvas += self._grain(canvas, rng)
        return np.clip(canvas, 0, 255).astype(np.uint8)

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


def _clock(at: float) -> str:
    return f"2026-05-01 10:{int(at) // 60:02d}:{int(at) % 60:02d}"


def _stamped(picture: Picture, text: str) -> Picture:
    for colour, thick in (((0, 0, 0), 4), ((255, 255, 255), 2)):
        cv2.putText(picture, text, (24, 40), cv2.FONT_HERSHEY_SIMPLEX, 0.8, colour, thick, cv2.LINE_AA)
    return picture
