"""Reads and writes footage for benchmarks: pictures with the seconds at which they are shown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
Size = tuple[int, int]

_TICKS = 1000
_SLACK_S = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """One picture, `at` seconds after the first."""

    at: float
    image: Image


def read(path: Path, *, rate_hz: float | None = None) -> Iterator[Shot]:
    """The footage from its first picture, thinned to `rate_hz`."""
    due = 0.0
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        zero: float | None = None
        for picture in container.decode(stream):
            seconds = float(picture.pts * stream.time_base)
            zero = seconds if zero is None else zero
            if seconds - zero + _SLACK_S < due:
                continue
            due += 1 / rate_hz if rate_hz else 0.0
            yield Shot(seconds - zero, np.asarray(picture.to_ndarray(format="bgr24"), np.uint8))


def write(path: Path, shots: Iterable[Shot], *, kilobits: int | None = None, size: Size | None = None) -> None:
    """H.264 with the shots' own times; `kilobits` per second when given, else visually lossless."""
    with av.open(str(path), "w") as out:
        stream = None
        for shot in shots:
            image = shot.image if size is None else np.asarray(cv2.resize(shot.image, size), np.uint8)
            image = image[: image.shape[0] // 2 * 2, : image.shape[1] // 2 * 2]
            stream = stream or _stream(out, image, kilobits)
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(image), format="bgr24")
            frame.pts, frame.time_base = round(shot.at * _TICKS), Fraction(1, _TICKS)
            out.mux(stream.encode(frame))
        if stream is not None:
            out.mux(stream.encode(None))


def _stream(out: "av.container.OutputContainer", image: Image, kilobits: int | None) -> "av.VideoStream":
    stream = out.add_stream("libx264", rate=25)
    stream.width, stream.height, stream.pix_fmt = image.shape[1], image.shape[0], "yuv420p"
    stream.codec_context.time_base = Fraction(1, _TICKS)
    stream.codec_context.thread_count = 1
    stream.options = {"preset": "veryfast", "g": "50", "crf": "20"}
    if kilobits:
        stream.options = {"preset": "veryfast", "g": "50"}
        stream.bit_rate = kilobits * 1000
    return stream


def turn_by_metadata(path: Path) -> None:
    """Tells players of the mp4 to show it turned by a quarter, as telephones do."""
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + 4 + 40
    matrix = (0, 1 << 16, 0, -1 << 16, 0, 0, 0, 0, 1 << 30)
    data[at : at + 36] = b"".join(value.to_bytes(4, "big", signed=True) for value in matrix)
    path.write_bytes(data)
