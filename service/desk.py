"""The duty desk: every act on an incident or a dispatch, each in one transaction with its stamps and its letters."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from clock import Clock
from pipelines.observation import CameraReport, Evidence, Observation, Where
from service import intake, posting, replies, triage, verification
from service.county import County
from service.dispatch import Dispatch
from service.exhibits import Exhibit
from service.incident import Incident
from service.store import Store
from service.work import Work


class Desk:
    """Safe to share between threads. Every method may raise a ServiceError; what raised changed nothing."""

    def __init__(self, store: Store, clock: Clock, county: County) -> None:
        self._store = store
        self._clock = clock
        self._county = county

    @contextmanager
    def _work(self) -> Iterator[Work]:
        with self._store.begin() as tx:
            yield Work(tx, self._clock.now(), self._county)

    # What the patrols say.

    def record(self, observation: Observation) -> Incident:
        """Safe to repeat. The incident may be a rejected one: what was judged is not asked again."""
        with self._work() as work:
            return intake.record(work, observation)

    def report(self, report: CameraReport) -> list[str]:
        """Safe to repeat. Answers with the zones of which a still is wanted."""
        with self._work() as work:
            return verification.report(work, report)

    # What the operator does.

    def shown(self, incident_id: str, *, by: str) -> Incident:
        """Only the first time counts."""
        with self._work() as work:
            return triage.shown(work, incident_id, by=by)

    def claim(self, incident_id: str, *, by: str, seconds: float = 120) -> Incident:
        """So that two do not work on the same. Runs out by itself. Raises ClaimedByAnother."""
        with self._work() as work:
            return triage.claim(work, incident_id, by=by, seconds=seconds)

    def release(self, incident_id: str, *, by: str) -> Incident:
        with self._work() as work:
            return triage.release(work, incident_id, by=by)

    def confirm(self, incident_id: str, *, by: str) -> Incident:
        with self._work() as work:
            return triage.confirm(work, incident_id, by=by)

    def reject(self, incident_id: str, *, by: str, reason: str, note: str = "") -> Incident:
        """`reason` is the id of one of the county's reasons."""
        with self._work() as work:
            return triage.reject(work, incident_id, by=by, reason=reason, note=note)

    def merge(self, incident_id: str, into_id: str, *, by: str) -> Incident:
        """The first is the same as the second. Can be undone."""
        with self._work() as work:
            return triage.merge(work, incident_id, into_id, by=by)

    def unmerge(self, incident_id: str, *, by: str, reason: str) -> Incident:
        with self._work() as work:
            return triage.unmerge(work, incident_id, by=by, reason=reason)

    def handle_on_spot(
        self, incident_id: str, *, by: str, note: str = "", after_photo: Evidence | None = None
    ) -> Incident:
        """Done without a dispatch, e.g. the driver was called; the camera verifies it all the same."""
        with self._work() as work:
            return triage.handle_on_spot(work, incident_id, by=by, note=note, after_photo=after_photo)

    def verify(
        self, incident_id: str, *, by: str, ok: bool, reason: str = "", picture: Evidence | None = None
    ) -> Incident:
        """A person's verdict where no camera gives one."""
        with self._work() as work:
            return verification.verify(work, incident_id, by=by, ok=ok, reason=reason, picture=picture)

    def close(self, incident_id: str, *, by: str) -> Incident:
        with self._work() as work:
            return triage.close(work, incident_id, by=by)

    def reopen(self, incident_id: str, *, by: str, reason: str) -> Incident:
        with self._work() as work:
            return triage.reopen(work, incident_id, by=by, reason=reason)

    def opened_original(self, exhibit_id: int, *, by: str, reason: str) -> Exhibit:
        """Whoever looks at an unblurred file says why, and it is written down before they see it."""
        with self._work() as work:
            return triage.opened_original(work, exhibit_id, by=by, reason=reason)

    def dispatch(self, incident_id: str, *, by: str, departments: Sequence[str] | None = None) -> list[Dispatch]:
        """To those named, the first leads; without names the county's routing rule says who."""
        with self._work() as work:
            return posting.dispatch(work, incident_id, by=by, departments=departments)

    def recall(self, dispatch_id: str, *, by: str, reason: str) -> Dispatch:
        with self._work() as work:
            return posting.recall(work, dispatch_id, by=by, reason=reason)

    def manual_delivered(self, dispatch_id: str, *, by: str, note: str) -> Dispatch:
        """They were telephoned."""
        with self._work() as work:
            return posting.manual_delivered(work, dispatch_id, by=by, note=note)

    # What the department does. `device_time` is what its phone says; the server's time counts.

    def acknowledge(self, dispatch_id: str, *, by: str, device_time: datetime | None = None) -> Dispatch:
        with self._work() as work:
            return replies.acknowledge(work, dispatch_id, by=by, device_time=device_time)

    def arrive(
        self, dispatch_id: str, *, by: str, where: Where | None = None, device_time: datetime | None = None
    ) -> Dispatch:
        with self._work() as work:
            return replies.arrive(work, dispatch_id, by=by, where=where, device_time=device_time)

    def resolve(
        self,
        dispatch_id: str,
        *,
        by: str,
        after_photo: Evidence | None = None,
        note: str = "",
        device_time: datetime | None = None,
    ) -> Dispatch:
        """Raises AfterPhotoNeeded where the county asks for one."""
        with self._work() as work:
            return replies.resolve(
                work, dispatch_id, by=by, after_photo=after_photo, note=note, device_time=device_time
            )

    def not_found(self, dispatch_id: str, *, by: str, note: str = "", device_time: datetime | None = None) -> Dispatch:
        """They came and nothing was there: a result, not a failure."""
        with self._work() as work:
            return replies.not_found(work, dispatch_id, by=by, note=note, device_time=device_time)

    def refuse(self, dispatch_id: str, *, by: str, reason: str) -> Dispatch:
        """非本单位: not theirs."""
        with self._work() as work:
            return replies.refuse(work, dispatch_id, by=by, reason=reason)

    def suspend(self, dispatch_id: str, *, by: str, reason: str, until: datetime) -> Dispatch:
        """挂账: their clock stands still until then."""
        with self._work() as work:
            return replies.suspend(work, dispatch_id, by=by, reason=reason, until=until)

    def resume(self, dispatch_id: str, *, by: str) -> Dispatch:
        with self._work() as work:
            return replies.resume(work, dispatch_id, by=by)

    # What time does.

    def tick(self) -> int:
        """Ends the suspensions whose time is over; returns how many."""
        with self._store.read() as tx:
            if not tx.dispatches.suspended_until_before(self._clock.now()):
                return 0
        with self._work() as work:
            return replies.end_suspensions(work)
