"""Makes a good picture bad in ways street cameras know: night, a poor sub-stream."""

import cv2
import numpy as np

from vision.types import Image


def at_night(image: Image, *, seed: int, gamma: float = 2.4) -> Image:
    """Dark, little colour, sensor noise."""
    noise = np.random.default_rng(seed).normal(0, 7, image.shape)
    dark = 255 * (image / 255.0) ** gamma * 0.8
    grey = dark.mean(axis=2, keepdims=True)
    return np.asarray(np.clip(0.35 * dark + 0.65 * grey + noise, 0, 255), np.uint8)


def poor_stream(image: Image, *, long_side: int = 288, quality: int = 40) -> Image:
    """Shrunk, squeezed through a bad JPEG, blown up again to the size it had."""
    height, width = image.shape[:2]
    scale = long_side / max(height, width)
    small = cv2.resize(image, (round(width * scale), round(height * scale)), interpolation=cv2.INTER_AREA)
    squeezed = cv2.imdecode(cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_COLOR)
    return np.asarray(cv2.resize(squeezed, (width, height)), np.uint8)
