"""The motion gate: may the detector sleep, because nothing new has come to rest where it matters?

What moves through need not be looked at: a rule about standing things asks for it once it stands, and the onset is
dated back to when it came.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.geometry import Points
from vision.types import Grey

BLOCK = 16
CHANGED = 5.0
"""Mean grey levels by which a 16 px block must differ, beyond the change of the whole picture. Sensor noise and
H.264 at 4 Mb/s stay below 3; a passer-by at 60 px exceeds 12 (measured on the sample clips)."""

AT_REST = 2.0
"""By how much more a block must differ from what was seen than from the last look: rain and noise are in both."""

Blocks = NDArray[np.bool_]
"""(rows, columns) of BLOCK px squares, those at the right and lower edge cut off by the picture."""


def settled(seen: Grey, last: Grey, now: Grey, where: Blocks) -> bool:
    """Whether anything in the blocks differs from the picture last `seen` by the detector, and hardly from the `last`
    look: it has come to rest. A common change of level (sun, exposure) doesn't count."""
    if seen.shape != now.shape or last.shape != now.shape:
        return True
    if not where.any():
        return False
    new = _unlike(seen, now, where)
    return bool(((new > CHANGED) & (new > AT_REST * _unlike(last, now, where))).any())


def rested(seen: Grey, last: Grey, now: Grey) -> Grey:
    """The street at rest: what the detector has just looked at, but for what was moving, which keeps its older look."""
    if seen.shape != now.shape or last.shape != now.shape:
        return now
    moving = (_block_means(cv2.absdiff(now, last)) > CHANGED).astype(np.uint8)
    full = cv2.resize(moving, None, fx=BLOCK, fy=BLOCK, interpolation=cv2.INTER_NEAREST)
    return np.asarray(np.where(full[: now.shape[0], : now.shape[1]], seen, now), np.uint8)


def _unlike(before: Grey, now: Grey, where: Blocks) -> NDArray[np.float32]:
    """Mean difference of each of the blocks, the common level taken out."""
    level = np.median(_block_means(cv2.subtract(now, before, dtype=cv2.CV_16S))[where])
    return _block_means(cv2.absdiff(now, cv2.add(before, float(level))))[where]


def blocks_of(polygons: Sequence[Points], size_wh: tuple[int, int]) -> Blocks:
    """The blocks that the polygons (pixels) touch, and their neighbours."""
    width, height = size_wh
    mask = np.zeros((height, width), np.uint8)
    cv2.fillPoly(mask, [np.round(polygon).astype(np.int32) for polygon in polygons], 255)
    touched = (_block_means(mask) > 0).astype(np.uint8)
    return np.asarray(cv2.dilate(touched, np.ones((3, 3), np.uint8)) > 0, np.bool_)


def _block_means(values: NDArray[np.integer]) -> NDArray[np.float32]:
    height, width = values.shape
    rows, columns = -(-height // BLOCK), -(-width // BLOCK)
    full = cv2.copyMakeBorder(values, 0, rows * BLOCK - height, 0, columns * BLOCK - width, cv2.BORDER_REPLICATE)
    means = cv2.resize(full.astype(np.float32), (columns, rows), interpolation=cv2.INTER_AREA)
    return np.asarray(means, np.float32)
