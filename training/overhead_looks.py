"""The same ground through other sensors and in other light; parasols in other colours."""

import cv2
import numpy as np
from numpy.typing import NDArray

from training.pictures import Picture, Truth
from vision.types import Boxes, Image

Chance = np.random.Generator


def turned(picture: Picture, chance: Chance) -> Picture:
    """One of the eight ways to lay a square picture on the table; boxes turn along."""
    quarter, mirrored = int(chance.integers(4)), bool(chance.integers(2))
    image, boxes = np.rot90(picture.image, quarter), picture.truth.boxes
    height, width = picture.image.shape[:2]
    for _ in range(quarter):
        x1, y1, x2, y2 = boxes.T
        boxes = np.stack([y1, width - x2, y2, width - x1], axis=1)
        height, width = width, height
    if mirrored:
        x1, y1, x2, y2 = boxes.T
        image, boxes = image[:, ::-1], np.stack([width - x2, y1, width - x1, y2], axis=1)
    return Picture(picture.name, picture.scene, np.ascontiguousarray(image), Truth(boxes, picture.truth.labels))


def other_sensor(image: Image, chance: Chance) -> Image:
    """White balance, gamma, contrast and saturation anew; sometimes sharper, softer, coarser or squeezed."""
    pixels = image.astype(np.float32) / 255
    pixels = pixels ** chance.uniform(0.6, 1.6) * chance.uniform(0.88, 1.12, 3)
    middle = pixels.mean()
    pixels = (pixels - middle) * chance.uniform(0.7, 1.4) + middle * chance.uniform(0.8, 1.2)
    grey = pixels.mean(axis=2, keepdims=True)
    pixels = grey + (pixels - grey) * chance.uniform(0.4, 1.6)
    return _optics(np.asarray(np.clip(pixels * 255, 0, 255), np.uint8), chance)


def _optics(image: Image, chance: Chance) -> Image:
    lot = chance.uniform()
    if lot < 0.25:
        image = coarser(image, chance.uniform(0.4, 0.8))
    elif lot < 0.45:
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), chance.uniform(0.4, 1.2)), np.uint8)
    elif lot < 0.75:
        soft = cv2.GaussianBlur(image, (0, 0), 1.5)
        image = np.asarray(cv2.addWeighted(image, 1 + (amount := chance.uniform(0.3, 1.5)), soft, -amount, 0), np.uint8)
    if chance.uniform() < 0.4:
        image = squeezed(image, int(chance.integers(25, 80)))
    return image


def coarser(image: Image, scale: float) -> Image:
    """As if filmed from higher up, then blown up again."""
    height, width = image.shape[:2]
    small = cv2.resize(image, (round(width * scale), round(height * scale)), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def squeezed(image: Image, quality: int) -> Image:
    coded = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR), np.uint8)


def repainted(picture: Picture, chance: Chance) -> Picture:
    """Every parasol in a colour of its own; grey ground around it stays grey, since only hue turns and colour grows."""
    image = picture.image.copy()
    for box in picture.truth.boxes:
        _repaint(image, box, chance)
    return Picture(picture.name, picture.scene, image, picture.truth)


def _repaint(image: Image, box: Boxes, chance: Chance) -> None:
    x1, y1, x2, y2 = (max(0, round(float(edge))) for edge in box)
    part = image[y1:y2, x1:x2]
    if not part.size:
        return
    opacity = round_mask(part.shape[1], part.shape[0])[:, :, None]
    image[y1:y2, x1:x2] = (recoloured(part, chance) * opacity + part * (1 - opacity)).astype(np.uint8)


def recoloured(part: Image, chance: Chance) -> Image:
    tones = cv2.cvtColor(part, cv2.COLOR_BGR2HSV).astype(np.int32)
    tones[:, :, 0] = (tones[:, :, 0] + int(chance.integers(180))) % 180
    tones[:, :, 1] = np.clip(tones[:, :, 1] * chance.uniform(0.2, 1.5), 0, 255)
    tones[:, :, 2] = np.clip(tones[:, :, 2] * chance.uniform(0.8, 1.2), 0, 255)
    return np.asarray(cv2.cvtColor(tones.astype(np.uint8), cv2.COLOR_HSV2BGR), np.uint8)


def round_mask(width: int, height: int) -> NDArray[np.float32]:
    """1 in an ellipse that fills the rectangle, falling to 0 towards its corners."""
    y, x = np.mgrid[-1 : 1 : complex(0, height), -1 : 1 : complex(0, width)]
    return np.asarray(np.clip((1.05 - np.hypot(x, y)) / 0.15, 0, 1), np.float32)
