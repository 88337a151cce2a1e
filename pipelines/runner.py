"""Source, detector, rules, told facts: the loop that patrols one or more cameras in one process.

Frames of all cameras that have a new one go through the detector as one batch.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from clock import Clock
from pipelines.camera_patrol import CameraPatrol, Seen
from pipelines.footage import BadSource, Source, SourceBroke, SourceEnded
from pipelines.observation import CameraReport, CameraState
from vision.detector import Detector, DetectorFailed
from vision.types import Detections, Frame

IDLE_S = 0.02


@dataclass(slots=True, eq=False)
class Post:
    """A camera at its post: where its frames come from and what is made of them.

    broke: why its footage stopped before its end. failed: why the detector can't look, empty while it can.
    """

    patrol: CameraPatrol
    source: Source
    ended: bool = False
    broke: BadSource | SourceBroke | None = None
    failed: str = ""
    looked: int = 0
    slept: int = 0


class Audience(Protocol):
    """Who is told what a look brought. Called on the runner's thread, in order of capture per camera."""

    def seen(self, post: Post, frame: Frame, detections: Detections | None, seen: Seen) -> None: ...


class Runner:
    """Owns no thread and no file: `turn` is one round over all cameras, `run` repeats it until nothing is left."""

    def __init__(self, posts: Sequence[Post], detector: Detector, audience: Audience, clock: Clock) -> None:
        self._posts = posts
        self._detector = detector
        self._audience = audience
        self._clock = clock

    def run(self, *, until: Callable[[], bool] = lambda: False) -> None:
        """Until every source ended or `until` says so. A camera that breaks ends alone; its post says why."""
        while not until() and not all(post.ended for post in self._posts):
            if not self.turn():
                self._clock.sleep(IDLE_S)

    def turn(self) -> int:
        """One frame of every camera that has one. Returns how many there were."""
        waiting = [(post, frame) for post in self._posts if (frame := self._next(post)) is not None]
        asleep = {id(post) for post, frame in waiting if post.patrol.may_sleep(frame)}
        seen = self._detect([(post, frame) for post, frame in waiting if id(post) not in asleep])
        for post, frame in waiting:
            if id(post) in asleep or id(post) in seen:
                self._look(post, frame, seen.get(id(post)))
        return len(waiting)

    def _next(self, post: Post) -> Frame | None:
        if post.ended:
            return None
        try:
            frame = post.source.look(0.0 if len(self._posts) > 1 else 1.0)
        except SourceEnded:
            post.ended = True
            return None
        except (BadSource, SourceBroke) as error:
            post.ended, post.broke = True, error
            return None
        return None if frame is None or post.patrol.knows(frame) else frame

    def _detect(self, waiting: Sequence[tuple[Post, Frame]]) -> dict[int, Detections]:
        """By post. A frame that could not be looked at is left out: that is no look, and no empty street."""
        if not waiting:
            return {}
        try:
            found = self._detector.detect([frame for _, frame in waiting])
        except DetectorFailed as error:
            if not error.again:
                raise
            for post, _ in waiting:
                post.failed = str(error)
            return {}
        for post, _ in waiting:
            post.failed = ""
        return {id(post): detections for (post, _), detections in zip(waiting, found, strict=True)}

    def _look(self, post: Post, frame: Frame, detections: Detections | None) -> None:
        post.looked += 1
        post.slept += detections is None
        seen = post.patrol.look(frame, detections, now=self._clock.now(), model=self._detector.name)
        self._audience.seen(post, frame, detections, seen)


def report(post: Post, clock: Clock) -> CameraReport:
    """The camera's heartbeat."""
    state, delivered, now = post.source.state(), post.source.delivered(), clock.now()
    sees = state.state is not CameraState.BLIND and not post.failed and not post.ended
    return CameraReport(
        source_id=post.patrol.camera.id,
        state=_state(post, state.state),
        since=state.since,
        reported_at=now,
        why=post.failed or str(post.broke or "") or ("the footage is over" if post.ended else state.why),
        asked_hz=delivered.asked_hz,
        delivered_hz=delivered.delivered_hz,
        sampled=delivered.sampled,
        dropped=delivered.dropped,
        zones=post.patrol.zones(now, can_see=sees),
    )


def _state(post: Post, source: CameraState) -> CameraState:
    """A camera whose footage is over sees nothing more; one whose detector fails is not what it should be."""
    if post.ended:
        return CameraState.BLIND
    return CameraState.DEGRADED if post.failed and source is CameraState.OK else source
