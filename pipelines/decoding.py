"""Decodes no more than the pictures that are wanted lean on."""

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import av

from pipelines.runs import Coded, Run


@dataclass(frozen=True, slots=True)
class Shown:
    """A decoded picture and when it is shown, in seconds of media time."""

    frame: Any
    time: float


class PictureDecoder:
    """FFmpeg's decoder on one thread. `failed` counts pictures that could not be decoded whole.

    One thread, since more change neither the CPU spent nor, at a few frames per second, the delay; and only so does
    leaving out a picture act on that very picture.
    """

    def __init__(self, codec_context: Any) -> None:
        self._codec = codec_context
        self._codec.thread_count = 1
        self._codec.copy_opaque = True
        self.failed = 0

    def decode(self, coded: Coded, *, wanted: bool) -> list[Shown]:
        """The wanted pictures that come out, perhaps of earlier calls.

        A picture that is not wanted and that no other leans on is not decoded.
        """
        coded.packet.opaque = coded.time if wanted else None
        self._codec.skip_frame = "DEFAULT" if wanted else "NONREF"
        return self._send(coded.packet)

    def finish(self) -> list[Shown]:
        """What is still inside. The next packet must be a keyframe."""
        shown = self._send(None)
        self._codec.flush_buffers()
        return shown

    def _send(self, packet: Any | None) -> list[Shown]:
        try:
            return self._whole(self._codec.decode(packet))
        except av.FFmpegError:
            self.failed += 1
            return []

    def _whole(self, frames: list[Any]) -> list[Shown]:
        """A picture patched over damage shows what was not there: it is counted, not shown."""
        self.failed += sum(frame.is_corrupt for frame in frames)
        return [Shown(frame, frame.opaque) for frame in frames if frame.opaque is not None and not frame.is_corrupt]


class RunDecoder:
    """Takes one run at a time, packet by packet, so that few decoded pictures are held at once."""

    def __init__(self, decoder: PictureDecoder) -> None:
        self._decoder = decoder
        self._todo: deque[Coded] = deque()
        self._wanted: frozenset[float] = frozenset()
        self._must_finish = False

    @property
    def is_done(self) -> bool:
        return not self._todo and not self._must_finish

    def start(self, run: Run, wanted: Collection[float]) -> None:
        """`wanted`: times of the pictures to show. What only later, unwanted pictures need is left out."""
        self._wanted = frozenset(wanted)
        self._todo = deque(_needed(run, self._wanted))
        self._must_finish = run.closed and (bool(self._todo) or not run.fresh)

    def step(self) -> list[Shown]:
        """Decode one packet; the wanted pictures that came out of it, in the order of showing."""
        if self._todo:
            coded = self._todo.popleft()
            return self._decoder.decode(coded, wanted=coded.time in self._wanted)
        self._must_finish = False
        return self._decoder.finish()


def _needed(run: Run, wanted: frozenset[float]) -> list[Coded]:
    if not run.closed:
        return list(run.pictures)
    last = max((i for i, coded in enumerate(run.pictures) if coded.time in wanted), default=-1)
    return list(run.pictures[: last + 1])
