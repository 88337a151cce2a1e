"""What stands close enough together to be one group: a row of stalls is one row, however long."""

import numpy as np
from numpy.typing import NDArray


def gaps(boxes: NDArray[np.floating]) -> NDArray[np.float64]:
    """(n, 4) boxes in any unit: the (n, n) distances between their nearest points, 0 where they touch."""
    low = np.maximum(boxes[:, None, :2], boxes[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], boxes[None, :, 2:])
    apart = np.clip(low - high, 0, None)
    return np.asarray(np.hypot(apart[..., 0], apart[..., 1]), np.float64)


def clusters(close: NDArray[np.bool_]) -> tuple[tuple[int, ...], ...]:
    """Rows that hang together over any number of others; `close` (n, n) is symmetric. In order of their first row."""
    left, found = list(range(len(close))), []
    while left:
        group = _reached(close, left[0])
        found.append(group)
        left = [row for row in left if row not in group]
    return tuple(found)


def _reached(close: NDArray[np.bool_], start: int) -> tuple[int, ...]:
    reached, waiting = {start}, [start]
    while waiting:
        fresh = {int(row) for row in np.flatnonzero(close[waiting.pop()])} - reached
        reached |= fresh
        waiting += fresh
    return tuple(sorted(reached))
