"""Makes the clip that is measured: the sample as a street camera would send it, 1080p at 25 pictures a second."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np

FPS = 25
SIZE = (1920, 1080)
BITS_PER_SECOND = 4_000_000
_GRAINS = 16


def street_camera(sample: Path, clip: Path, *, seconds: float, keyframe_s: float) -> Path:
    """H.264 at a constant rate without B-frames, as cameras send it. Sensor noise, since a repeated picture is free."""
    grains = _grains()
    with av.open(str(sample)) as source, av.open(str(clip), "w") as target:
        stream = _stream(target, keyframe_s)
        for index, picture in enumerate(_steady(source, seconds)):
            _write(target, stream, cv2.add(picture, grains[index % _GRAINS], dtype=cv2.CV_8U), index)
        target.mux(stream.encode(None))
    return clip


def _grains() -> list[Any]:
    random = np.random.default_rng(7)
    return [random.normal(0, 2.0, (SIZE[1], SIZE[0], 3)).astype(np.int16) for _ in range(_GRAINS)]


def _stream(target: Any, keyframe_s: float) -> Any:
    gop = round(keyframe_s * FPS)
    pace = {"maxrate": str(BITS_PER_SECOND), "bufsize": str(BITS_PER_SECOND // 2)}
    options = {"preset": "veryfast", "bf": "0", "g": str(gop), "keyint_min": str(gop), "sc_threshold": "0"}
    stream = target.add_stream("libx264", rate=FPS, options=options | pace)
    stream.width, stream.height = SIZE
    stream.pix_fmt, stream.bit_rate = "yuv420p", BITS_PER_SECOND
    return stream


def _steady(source: Any, seconds: float) -> Any:
    """The picture that the sample shows at every twenty-fifth of a second."""
    index = 0
    for frame in source.decode(video=0):
        if frame.time > seconds:
            return
        picture = cv2.resize(frame.to_ndarray(format="bgr24"), SIZE, interpolation=cv2.INTER_CUBIC)
        ends = frame.time + 1 / float(source.streams.video[0].average_rate)
        while index / FPS < min(ends, seconds) - 1e-6:
            yield picture
            index += 1


def _write(target: Any, stream: Any, picture: Any, index: int) -> None:
    frame = av.VideoFrame.from_ndarray(picture, format="bgr24")
    frame.pts, frame.time_base = index, Fraction(1, FPS)
    target.mux(stream.encode(frame))
