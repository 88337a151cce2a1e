"""From a decoded FFmpeg frame to upright BGR pixels."""

import struct
from typing import Any

import av
import numpy as np

from vision.types import Image

_MATRIX = struct.Struct("=9i")
_ONE = 1 << 16

_Turn = tuple[int, bool]

_TURNS: dict[tuple[int, int, int, int], _Turn] = {
    (1, 0, 0, 1): (0, False),
    (0, 1, -1, 0): (3, False),
    (-1, 0, 0, -1): (2, False),
    (0, -1, 1, 0): (1, False),
    (-1, 0, 0, 1): (0, True),
    (1, 0, 0, -1): (2, True),
    (0, 1, 1, 0): (1, True),
    (0, -1, -1, 0): (3, True),
}
"""Display matrix (a, b, c, d) -> quarter turns counter-clockwise, then whether left and right are swapped."""


class Pictures:
    """Converts frames of one stream; keeps FFmpeg's scaler between frames, which costs more than it converts."""

    def __init__(self) -> None:
        self._reformatter = av.video.reformatter.VideoReformatter()

    def upright(self, frame: Any) -> Image:
        """Any pixel format to BGR, turned as the container's display matrix says."""
        image: Image = self._reformatter.reformat(frame, format="bgr24").to_ndarray()
        turns, mirrored = _turn(frame)
        if turns:
            image = np.rot90(image, turns)
        return np.ascontiguousarray(image[:, ::-1] if mirrored else image)


def _turn(frame: Any) -> _Turn:
    matrix = frame.side_data.get("DISPLAYMATRIX")
    if matrix is None:
        return 0, False
    a, b, _, c, d, *_ = _MATRIX.unpack(bytes(matrix))
    return _TURNS.get((_unit(a), _unit(b), _unit(c), _unit(d)), (0, False))


def _unit(fixed_point: int) -> int:
    return round(fixed_point / _ONE)
