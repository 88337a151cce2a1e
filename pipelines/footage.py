"""The words of footage: what a source of frames is, what it says about itself, and how it fails."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from pipelines.observation import CameraState
from vision.types import Frame


class BadSource(Exception):
    """Trying again does not help: the address, the file or the right to read it is wrong. A person must look."""

    again = False


class SourceBroke(Exception):
    """Footage stopped before its end. `at`: seconds of media time reached, None when none was.

    `again` says whether the same source may come back by itself.
    """

    def __init__(self, why: str, *, at: float | None, again: bool) -> None:
        super().__init__(why)
        self.at = at
        self.again = again


class SourceEnded(Exception):
    """A file or a folder came to its end. Nothing is wrong."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What was asked for and what really came, since the source was opened.

    `delivered_hz` is frames per second of capture time. `dropped` counts frames that were due and did not come
    out: overtaken by a newer one, or not decodable. Frames nobody asked for are not dropped.
    """

    asked_hz: float
    delivered_hz: float
    sampled: int
    dropped: int
    keyframes_only: bool


@dataclass(frozen=True, slots=True)
class SourceState:
    """How well the source sees, since when (capture time for footage, arrival for live), and why in words."""

    state: CameraState
    since: datetime
    why: str


class Source(Protocol):
    """Anything that gives frames with truthful times. Used by one thread, except `close`, which any may call."""

    @property
    def source_id(self) -> str: ...

    def open(self) -> None:
        """Raises BadSource. A live source opens without waiting for its camera: its state says how it goes."""

    def close(self) -> None:
        """Safe to repeat. Wakes whoever waits in `look`, which then raises SourceEnded."""

    def look(self, timeout_s: float) -> Frame | None:
        """The next sampled frame: in order from a file or folder, the newest from a live source.

        None: nothing came within `timeout_s` (live or paced only). Raises SourceEnded, SourceBroke, BadSource.
        """

    def state(self) -> SourceState: ...

    def delivered(self) -> Delivered: ...

    def cut(self, start: datetime, end: datetime, path: Path) -> bool:
        """Write what was captured from `start` to `end` (from the keyframe before) to an mp4, without re-encoding.

        False, and no file, when nothing of it is at hand or an mp4 cannot hold it.
        """
