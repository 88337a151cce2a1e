"""Frames to an H.264 file that is never larger than asked: the quality gives way, not the size."""

import math
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from samples.render.reel import Picture

_LIMIT = 3_900_000
_BEST, _WORST = 25, 36
_CRF_PER_HALVING = 5
"""By how much the constant rate factor must rise to halve the file."""


class TooLarge(Exception):
    """No quality worth looking at fits the limit; film fewer seconds."""


def encoded(frames: Iterable[Picture], path: Path, fps: int, *, limit: int = _LIMIT) -> int:
    """Writes the file and returns its bytes."""
    pictures, quality = list(frames), _BEST
    while (size := _encode(pictures, path, fps, quality)) > limit:
        quality += max(1, math.ceil(_CRF_PER_HALVING * math.log2(size / limit)))
        if quality > _WORST:
            raise TooLarge(f"{path.name}: {size} bytes, and CRF {_WORST} would not be enough")
    return size


def _encode(pictures: list[Picture], path: Path, fps: int, quality: int) -> int:
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", rate=fps)
        height, width = pictures[0].shape[:2]
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.time_base = Fraction(1, fps)
        stream.options = {"crf": str(quality), "preset": "slow", "g": str(2 * fps)}
        for number, picture in enumerate(pictures):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="bgr24")
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path.stat().st_size
