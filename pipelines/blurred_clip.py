"""Makes of a clip one that may be shown: smaller, slower, playable in any browser, nobody to be recognised.

Boxes are known only of the moments at which the detector looked. So each picture hides what was seen within a second
of it, and whatever moved just before or after it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2

from pipelines.footage import BadSource
from pipelines.media import open_file, video_stream
from pipelines.pictures import Pictures
from vision.privacy import frosted, hidden, parts_to_hide
from vision.types import Detections, Image
from vision.veil import Mask, moved, veiled

BoxesAt = Callable[[datetime], Detections | None]
"""What was seen nearest to a capture time, in pixels of the clip; None when nothing is known of it."""

WIDEST = 960
FASTEST_HZ = 10
_LONGEST_S = 180.0
_TICK = Fraction(1, 1000)
_NEAR = tuple(timedelta(seconds=seconds) for seconds in (-1, -0.5, 0, 0.5, 1))
_UNKNOWN_SAMPLES = 40
_CODEC = {"preset": "veryfast", "crf": "28", "profile": "main", "maxrate": "1M", "bufsize": "2M", "threads": "1"}


@dataclass(frozen=True, slots=True, eq=False)
class _Picture:
    """`seconds` from the clip's first picture; `shrunk`: its width by the original's."""

    seconds: float
    image: Image
    shrunk: float


def write_blurred(original: Path, shown: Path, *, start: datetime, end: datetime, boxes_at: BoxesAt) -> None:
    """Re-encode. `start`, `end`: what was asked of the original, in capture time. Raises BadSource, FFmpegError."""
    with open_file(original) as container, av.open(str(shown), "w", options={"movflags": "+faststart"}) as target:
        pictures = _thinned(container)
        blur = _Blur(boxes_at, _may_begin_at(container, start, end))
        writer = _Writer(target)
        for picture, mask in _with_motion(pictures):
            writer.write(blur.over(picture, mask), picture.seconds)
        writer.finish()


def _may_begin_at(container: Any, start: datetime, end: datetime) -> tuple[datetime, datetime]:
    """The clip begins at the keyframe before `start`, or where the footage did, and ends at `end`, or where it did.

    Which of it, a copy does not say; what was seen is hidden for both readings.
    """
    length = timedelta(seconds=(container.duration or 0) / av.time_base)
    return start, end - length


def _thinned(container: Any) -> Iterator[_Picture]:
    """No more pictures, and no larger ones, than it takes to see what happened."""
    stream = video_stream(container, "the clip")
    upright, first, due = Pictures(), None, 0.0
    for frame in container.decode(stream):
        first = frame.time if first is None else first
        seconds = frame.time - first
        if seconds > _LONGEST_S:
            return
        if seconds >= due:
            due = seconds + 1 / FASTEST_HZ - 0.01
            yield _shrunk(seconds, upright.upright(frame))


def _shrunk(seconds: float, image: Image) -> _Picture:
    """Even sides: the codec asks for them."""
    height, width = image.shape[:2]
    by = min(1.0, WIDEST / width)
    size = (max(2, round(width * by / 2) * 2), max(2, round(height * by / 2) * 2))
    return _Picture(seconds, cv2.resize(image, size, interpolation=cv2.INTER_AREA), size[0] / width)


def _with_motion(pictures: Iterator[_Picture]) -> Iterator[tuple[_Picture, Mask]]:
    """Each picture with where it differs from the one before or the one after."""
    current = next(pictures, None)
    if current is None:
        return
    before = moved(current.image, current.image)
    for following in pictures:
        change = moved(current.image, following.image)
        yield current, before | change
        current, before = following, change
    yield current, before


class _Blur:
    """Where nothing is known of a moment the latest boxes known stand in, and without any the whole is hidden."""

    def __init__(self, boxes_at: BoxesAt, begins: Sequence[datetime]) -> None:
        self._boxes_at = boxes_at
        self._begins = begins
        self._known: list[Detections] = []

    def over(self, picture: _Picture, mask: Mask) -> Image:
        into = timedelta(seconds=picture.seconds)
        near = (self._boxes_at(begin + into + offset) for begin in self._begins for offset in _NEAR)
        self._known = list({seen.ref: seen for seen in near if seen is not None}.values()) or self._known
        if not self._known:
            return frosted(picture.image, picture.image.shape[1] / _UNKNOWN_SAMPLES)
        parts = (part.scaled(picture.shrunk) for seen in self._known for part in parts_to_hide(seen))
        return hidden(veiled(picture.image, mask), parts)


class _Writer:
    def __init__(self, target: Any) -> None:
        self._target = target
        self._stream: Any = None

    def write(self, image: Image, seconds: float) -> None:
        if self._stream is None:
            self._stream = self._add_stream(image)
        frame = av.VideoFrame.from_ndarray(image, format="bgr24")
        frame.pts, frame.time_base = round(seconds / _TICK), _TICK
        self._target.mux(self._stream.encode(frame))

    def finish(self) -> None:
        if self._stream is None:
            raise BadSource("not one picture of the clip can be decoded")
        self._target.mux(self._stream.encode(None))

    def _add_stream(self, image: Image) -> Any:
        stream = self._target.add_stream("libx264", rate=FASTEST_HZ, options=_CODEC)
        stream.height, stream.width = image.shape[:2]
        stream.pix_fmt, stream.time_base, stream.codec_context.time_base = "yuv420p", _TICK, _TICK
        return stream
