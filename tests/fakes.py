"""Fakes at the seams of a patrol: a source, a detector and an audience that do what a test says."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pipelines.camera_patrol import Seen
from pipelines.footage import Delivered, SourceEnded, SourceState
from pipelines.observation import CameraState, Observation
from pipelines.runner import Post
from tests.builders import MODEL, MORNING, Shot, at, detections_in
from vision.detector import DetectorFailed
from vision.types import Detections, Frame


@dataclass(eq=False)
class ListedSource:
    """Hands out listed shots in order (None: nothing came in time), then raises `then`."""

    taken: Sequence[Shot | None]
    source_id: str = "north-gate"
    then: Exception = field(default_factory=lambda: SourceEnded("the list is over"))
    says: CameraState = CameraState.OK
    given: int = 0

    def open(self) -> None: ...

    def close(self) -> None: ...

    def look(self, timeout_s: float) -> Frame | None:
        if self.given == len(self.taken):
            raise self.then
        self.given += 1
        taken = self.taken[self.given - 1]
        return None if taken is None else taken.frame(self.source_id)

    def state(self) -> SourceState:
        return SourceState(self.says, MORNING, "as the test says")

    def delivered(self) -> Delivered:
        return Delivered(1.0, 0.9, self.given, 3, keyframes_only=False)

    def cut(self, start: datetime, end: datetime, path: Path) -> bool:
        return False


class PaintedDetector:
    """Returns what was painted. `refuses` are raised first, one a call."""

    name = MODEL

    def __init__(self, *sources: ListedSource, refuses: Sequence[DetectorFailed] = ()) -> None:
        self._painted = {(s.source_id, at(t.when)): t.painting for s in sources for t in s.taken if t is not None}
        self._refuses = list(refuses)
        self.batches: list[list[str]] = []

    def detect(self, frames: Sequence[Frame]) -> list[Detections]:
        self.batches.append([frame.ref.source_id for frame in frames])
        if self._refuses:
            raise self._refuses.pop(0)
        return [detections_in(self._painted[f.ref.source_id, f.ref.captured_at], f.ref) for f in frames]


class Listener:
    """An audience that remembers what it was told, by camera."""

    def __init__(self) -> None:
        self.looks: dict[str, list[datetime]] = {}
        self.told: dict[str, list[Observation]] = {}

    def seen(self, post: Post, frame: Frame, detections: Detections | None, seen: Seen) -> None:
        camera = post.patrol.camera.id
        self.looks.setdefault(camera, []).append(frame.ref.captured_at)
        self.told.setdefault(camera, []).extend(seen.observations)
