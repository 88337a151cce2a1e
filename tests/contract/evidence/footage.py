"""A camera for tests whose recording is made on the spot and whose cuts are real mp4 files."""

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path

import av

from pipelines.footage import BadSource
from tests.unit.vision.pictures import NOON
from vision.types import Image

FPS = 25
Painter = Callable[[float], Image]
"""Seconds from the recording's beginning -> the picture at that moment."""


def record(path: Path, seconds: float, paint: Painter) -> Path:
    """H.264, a keyframe a second, nearly lossless."""
    with av.open(str(path), "w") as target:
        stream = target.add_stream("libx264", rate=FPS, options={"crf": "12", "g": str(FPS), "preset": "ultrafast"})
        stream.height, stream.width = paint(0.0).shape[:2]
        stream.pix_fmt = "yuv420p"
        for index in range(round(seconds * FPS)):
            frame = av.VideoFrame.from_ndarray(paint(index / FPS), format="bgr24")
            frame.pts, frame.time_base = index, Fraction(1, FPS)
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return path


class Camera:
    """A source that hands out its recording whatever is asked for; without a recording nothing is at hand."""

    def __init__(self, recording: Path | None = None, source_id: str = "north-gate") -> None:
        self.source_id = source_id
        self.recording = recording
        self.asked: list[tuple[datetime, datetime]] = []

    def cut(self, start: datetime, end: datetime, path: Path) -> bool:
        self.asked.append((start, end))
        if self.recording is None:
            return False
        shutil.copy(self.recording, path)
        return True


class BrokenCamera(Camera):
    def cut(self, start: datetime, end: datetime, path: Path) -> bool:
        raise BadSource("the recorder says no")


def pictures_of(path: Path) -> list[tuple[float, Image]]:
    with av.open(str(path)) as container:
        return [(frame.time, frame.to_ndarray(format="bgr24")) for frame in container.decode(video=0)]


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)
