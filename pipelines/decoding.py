"""Decodes no more than the pictures that are wanted lean on."""

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass
from heapq import heappop, heappush
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
    leaving out a picture act on that very picture. `by_order`: the container knows no order of showing, so pictures
    get the times in the order in which they come out.
    """

    def __init__(self, codec_context: Any, *, by_order: bool = False) -> None:
        self._codec = codec_context
        self._codec.thread_count = 1
        self._codec.copy_opaque = True
        self.by_order = by_order
        self._inside: list[float] = []
        self._wanted: set[float] = set()
        self._key_failed = False
        self.failed = 0

    @property
    def reorders(self) -> bool:
        """Whether pictures come out in another order than they go in, as far as is known by now."""
        return bool(self._codec.has_b_frames)

    def decode(self, coded: Coded, *, wanted: bool) -> list[Shown]:
        """The wanted pictures that come out, perhaps of earlier calls.

        A picture that is not wanted and that no other leans on is not decoded. Nothing leans on a keyframe that failed.
        """
        self._expect(coded, wanted)
        failed_before = self.failed
        shown = self._send(coded.packet)
        if coded.is_key:
            self._key_failed = self.failed > failed_before
        return [] if self._key_failed else shown

    def finish(self) -> list[Shown]:
        """What is still inside. The next packet must be a keyframe."""
        shown = self._send(None)
        self._codec.flush_buffers()
        self._inside.clear()
        self._wanted.clear()
        return [] if self._key_failed else shown

    def _expect(self, coded: Coded, wanted: bool) -> None:
        coded.packet.opaque = coded.time
        self._codec.skip_frame = "DEFAULT" if wanted or self.by_order else "NONREF"
        if wanted:
            self._wanted.add(coded.time)
        if self.by_order:
            heappush(self._inside, coded.time)

    def _send(self, packet: Any | None) -> list[Shown]:
        try:
            frames = self._codec.decode(packet)
        except av.FFmpegError:
            self.failed += 1
            return []
        return [shown for frame in frames if (shown := self._whole(frame)) is not None]

    def _whole(self, frame: Any) -> Shown | None:
        """A picture patched over damage shows what was not there: it is counted, not shown."""
        time = heappop(self._inside) if self._inside else frame.opaque
        self.failed += frame.is_corrupt
        if frame.is_corrupt or time not in self._wanted:
            return None
        self._wanted.discard(time)
        return Shown(frame, time)


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
        self._todo = deque(run.pictures if self._decoder.by_order else _needed(run, self._wanted))
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
