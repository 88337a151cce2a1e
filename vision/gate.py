"""The motion gate: may the detector sleep, because nothing changed where it matters?"""

import numpy as np
from numpy.typing import NDArray

from vision.types import Grey

_BLOCK = 16
CHANGED = 5.0
"""Mean grey levels by which a 16 px block must differ, beyond the change of the whole picture. Sensor noise and
H.264 at 4 Mb/s stay below 3; a passer-by at 60 px exceeds 12 (measured on the sample clips)."""


def changed(before: Grey, now: Grey, area: tuple[int, int, int, int]) -> bool:
    """Whether anything differs inside the area (x1, y1, x2, y2 in pixels of both pictures).

    A common change of level over the area (sun, exposure) doesn't count.
    """
    if before.shape != now.shape:
        return True
    x1, y1, x2, y2 = area
    difference = now[y1:y2, x1:x2].astype(np.int16) - before[y1:y2, x1:x2]
    if difference.size == 0:
        return False
    level = np.median(difference)
    return bool(_block_means(np.abs(difference - level)).max() > CHANGED)


def _block_means(values: NDArray[np.floating]) -> NDArray[np.float64]:
    height, width = values.shape
    rows, columns = -(-height // _BLOCK), -(-width // _BLOCK)
    padded = np.pad(values, ((0, rows * _BLOCK - height), (0, columns * _BLOCK - width)), mode="edge")
    return np.asarray(padded.reshape(rows, _BLOCK, columns, _BLOCK).mean(axis=(1, 3)), np.float64)
