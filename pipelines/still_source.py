"""A folder of stills as a source: every sampled picture in the order of time."""

from collections import deque
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np

from clock import Clock
from pipelines.footage import BadSource, Delivered, SourceBroke, SourceEnded, SourceState
from pipelines.observation import CameraState
from pipelines.sampling import DueTimes
from pipelines.still_times import Still, stills_in
from pipelines.tally import Health, Tally
from vision.types import Frame, FrameRef, Image

_MOST_SAID = 3


class StillSource:
    """Reads the pictures of `folder` once. Times without a zone are in that of `captured_from`, else UTC."""

    def __init__(
        self, folder: Path, source_id: str, *, rate_hz: float, clock: Clock, captured_from: datetime | None
    ) -> None:
        self.source_id = source_id
        self._folder = folder
        self._clock = clock
        self._zone = (captured_from.tzinfo if captured_from else None) or UTC
        self._due = DueTimes(rate_hz)
        self._tally = Tally(rate_hz)
        self._left: deque[Still] = deque()
        self._unread: list[str] = []
        self._closed = False

    def open(self) -> None:
        stills, undated = stills_in(self._folder, self._zone)
        if not stills:
            raise BadSource(
                f"no picture in {self._folder} says when it was taken. Write a times.csv: name.jpg,ISO time"
            )
        self._unread = [f"{path.name} does not say when it was taken" for path in undated]
        self._health = Health(CameraState.OK, stills[0].taken_at)
        self._left = deque(self._sampled(stills))
        self._say(stills[0].taken_at)

    def close(self) -> None:
        self._closed = True

    def look(self, timeout_s: float) -> Frame | None:
        while self._left and not self._closed:
            still = self._left.popleft()
            image = read_picture(still.path)
            if image is not None:
                return self._frame(still, image)
            self._miss(still)
        raise self._ending()

    def state(self) -> SourceState:
        return self._health.state()

    def delivered(self) -> Delivered:
        return self._tally.delivered()

    def cut(self, start: datetime, end: datetime, path: Path) -> bool:
        """Stills are evidence as they are: there is no clip of them."""
        return False

    def _sampled(self, stills: list[Still]) -> list[Still]:
        times = [(still.taken_at - stills[0].taken_at).total_seconds() for still in stills]
        wanted = set(self._due.take(times, None))
        return [still for still, time in zip(stills, times, strict=True) if time in wanted]

    def _frame(self, still: Still, image: Image) -> Frame:
        ref = FrameRef(self.source_id, self._tally.sampled, still.taken_at, self._clock.now(), still.time_source)
        self._tally.handed_out(still.taken_at)
        return Frame(ref, image)

    def _miss(self, still: Still) -> None:
        self._tally.dropped += 1
        self._unread.append(f"{still.path.name} cannot be read or is cut off")
        self._say(still.taken_at)

    def _say(self, at: datetime) -> None:
        if self._unread:
            self._health.say(CameraState.DEGRADED, at, f"{len(self._unread)} pictures left out: {self._examples()}")

    def _examples(self) -> str:
        return "; ".join(self._unread[:_MOST_SAID]) + ("; …" if len(self._unread) > _MOST_SAID else "")

    def _ending(self) -> SourceBroke | SourceEnded:
        if self._tally.sampled or self._closed:
            return SourceEnded(f"{self._folder} ended after {self._tally.sampled} pictures")
        self._health.say(CameraState.BLIND, self._health.state().since, "not one picture could be read")
        why = f"not one picture in {self._folder} could be read: {self._examples()}. Copy them again"
        return SourceBroke(why, at=None, again=False)


def read_picture(path: Path) -> Image | None:
    """The pixels, turned upright as EXIF says. None: it cannot be read, or only in part."""
    data = np.fromfile(path, np.uint8)
    image = cv2.imdecode(data, cv2.IMREAD_COLOR) if data.size else None
    return None if image is None else np.asarray(image, np.uint8)
