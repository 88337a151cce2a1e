"""Hides what moves between two pictures: whoever walks on after the detector looked is hidden by walking."""

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.privacy import frosted
from vision.types import Image

Mask = NDArray[np.uint8]
"""(height, width) of a small copy of the picture; 1 where something moved."""

_WIDTH = 240
_CHANGED_GREY = 10
_AROUND = np.ones((7, 7), np.uint8)
_SAMPLES = 80


def moved(a: Image, b: Image) -> Mask:
    """Where two pictures of the same size differ by more than noise, and some way around."""
    changed = cv2.absdiff(_small(a), _small(b)) > _CHANGED_GREY
    mask: Mask = cv2.dilate(changed.astype(np.uint8), _AROUND)
    return mask


def veiled(image: Image, mask: Mask) -> Image:
    """The image with everything under the mask unreadable."""
    if not mask.any():
        return image
    large = cv2.resize(mask, image.shape[1::-1], interpolation=cv2.INTER_NEAREST)
    out: Image = np.where(large[..., None] > 0, frosted(image, image.shape[1] / _SAMPLES), image)
    return out


def _small(image: Image) -> NDArray[np.uint8]:
    height = max(1, round(image.shape[0] * _WIDTH / image.shape[1]))
    small = cv2.resize(image, (_WIDTH, height), interpolation=cv2.INTER_AREA)
    grey: NDArray[np.uint8] = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    return grey
