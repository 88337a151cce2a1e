"""A node at work: cameras patrolled until told to stop, facts journalled and said, heartbeats sent."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from clock import Clock
from pipelines.camera_patrol import Seen
from pipelines.exhibits import Exhibitor
from pipelines.journal import Journal
from pipelines.observation import CameraReport, ZoneReport
from pipelines.runner import IDLE_S, Post, Runner, report
from pipelines.wire import Wire
from vision.types import Detections, Frame

SAVE_EVERY = timedelta(seconds=5)
REPORT_EVERY = timedelta(seconds=2)


class Notebook:
    """Keeps what a look brought: at once when there is something to tell, else every few seconds of capture time."""

    def __init__(self, journal: Journal, wire: Wire) -> None:
        self._journal = journal
        self._wire = wire
        self._saved: dict[str, datetime] = {}

    def seen(self, post: Post, frame: Frame, detections: Detections | None, seen: Seen) -> None:
        camera, at = post.patrol.camera.id, frame.ref.captured_at
        due = camera not in self._saved or at - self._saved[camera] >= SAVE_EVERY
        if seen.observations or due:
            self._journal.keep(camera, post.patrol.memory(), seen.observations)
            self._saved[camera] = at
        if seen.observations:
            self._wire.ring()


class Ushers:
    """Passes each camera's looks to its own audience."""

    def __init__(self, audiences: dict[str, Exhibitor]) -> None:
        self._audiences = audiences

    def seen(self, post: Post, frame: Frame, detections: Detections | None, seen: Seen) -> None:
        self._audiences[post.patrol.camera.id].seen(post, frame, detections, seen)


class Watch:
    """Owns the loop; sources must be open and the wire started."""

    def __init__(
        self, posts: Sequence[Post], runner: Runner, exhibitors: dict[str, Exhibitor], wire: Wire, clock: Clock
    ) -> None:
        self._posts = posts
        self._runner = runner
        self._exhibitors = exhibitors
        self._wire = wire
        self._clock = clock
        self._reported: datetime | None = None

    def run(self, until: Callable[[], bool]) -> None:
        """Until `until` says so or every source has ended."""
        while not until() and not all(post.ended for post in self._posts):
            looked = self._runner.turn()
            self._heartbeat()
            if not looked:
                self._clock.sleep(IDLE_S)
        for post in self._posts:
            self._exhibitors[post.patrol.camera.id].finish(post)
        self._heartbeat(now=True)

    def _heartbeat(self, *, now: bool = False) -> None:
        moment = self._clock.now()
        if not now and self._reported is not None and moment - self._reported < REPORT_EVERY:
            return
        self._reported = moment
        for post in self._posts:
            self._wire.report(self._with_stills(post, report(post, self._clock)))

    def _with_stills(self, post: Post, plain: CameraReport) -> CameraReport:
        wanted = self._wire.wanted(plain.source_id)
        if not wanted:
            return plain
        exhibitor = self._exhibitors[plain.source_id]

        def shown(zone: ZoneReport) -> ZoneReport:
            return exhibitor.look_again(post, zone) if zone.zone_id in wanted else zone

        return replace(plain, zones=tuple(shown(zone) for zone in plain.zones))
