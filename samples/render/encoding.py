"""Frames to an H.264 file that is never larger than asked: the quality gives way, not the size."""

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from samples.render.reel import Picture

_LIMIT = 3_900_000
_QUALITIES = (24, 26, 28, 30, 33, 36)


class TooLarge(Exception):
    """No quality worth looking at fits the limit; film fewer seconds."""


def encoded(frames: Iterable[Picture], path: Path, fps: int, *, limit: int = _LIMIT) -> int:
    """Writes the file and returns its bytes."""
    pictures = list(frames)
    for quality in _QUALITIES:
        size = _encode(pictures, path, fps, quality)
        if size <= limit:
            return size
    raise TooLarge(f"{path.name}: {size} bytes at CRF {_QUALITIES[-1]}")


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
