"""Fits a picture of any size into a network's input without changing its proportions, and boxes back out of it."""

from dataclasses import dataclass

import cv2
import numpy as np

from vision.types import Boxes, Image

GREY = (114, 114, 114)
STRIDE = 32
PROPORTIONS = (0.6, 0.75, 1.0)
"""Short side : long side of the few inputs a network is compiled for: wide screen, 4:3, square."""


def input_size(frame_wh: tuple[int, int], side: int) -> tuple[int, int]:
    """The (width, height) of the smallest input in which the frame's long side keeps `side` pixels."""
    width, height = frame_wh
    proportion = next((p for p in PROPORTIONS if min(frame_wh) <= p * max(frame_wh)), 1.0)
    short = int(np.ceil(proportion * side / STRIDE)) * STRIDE
    return (side, short) if width >= height else (short, side)


@dataclass(frozen=True, slots=True)
class Letterbox:
    """One frame's place in the input: scaled, centred, grey bars where it does not reach."""

    frame_wh: tuple[int, int]
    input_wh: tuple[int, int]

    @property
    def scale(self) -> float:
        return min(self.input_wh[0] / self.frame_wh[0], self.input_wh[1] / self.frame_wh[1])

    @property
    def scaled_wh(self) -> tuple[int, int]:
        width, height = self.frame_wh
        return max(1, round(width * self.scale)), max(1, round(height * self.scale))

    @property
    def corner(self) -> tuple[int, int]:
        """Where the frame's top left pixel lies in the input."""
        return (self.input_wh[0] - self.scaled_wh[0]) // 2, (self.input_wh[1] - self.scaled_wh[1]) // 2

    def put(self, image: Image) -> Image:
        (left, top), (width, height) = self.corner, self.scaled_wh
        canvas = np.full((self.input_wh[1], self.input_wh[0], 3), GREY, np.uint8)
        canvas[top : top + height, left : left + width] = cv2.resize(image, self.scaled_wh)
        return canvas

    def back(self, boxes: Boxes) -> Boxes:
        """Boxes of the input in pixels of the frame, cut at its edges."""
        width, height = self.frame_wh
        moved = (boxes - np.array(self.corner * 2, np.float32)) / np.float32(self.scale)
        return np.asarray(np.clip(moved, 0, np.array([width, height] * 2)), np.float32)
