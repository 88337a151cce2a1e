"""What every act of the desk has at hand: its transaction, its moment and the county's rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from service import dispatch, incident
from service.county import County
from service.dispatch import Dispatch
from service.incident import Incident
from service.stamps import Source, Stamp, Step
from service.store import Tx

INCIDENT_STEPS: Mapping[incident.Event, Step] = {
    incident.Event.RAISE: Step.RAISED,
    incident.Event.VANISH: Step.EXPIRED,
    incident.Event.CONFIRM: Step.CONFIRMED,
    incident.Event.REJECT: Step.REJECTED,
    incident.Event.MERGE: Step.MERGED,
    incident.Event.EXPIRE: Step.EXPIRED,
    incident.Event.DISPATCH: Step.DISPATCHED,
    incident.Event.HANDLE_ON_SPOT: Step.RESOLVED,
    incident.Event.FIRST_ACK: Step.IN_PROGRESS,
    incident.Event.ALL_RETURNED: Step.ALL_RETURNED,
    incident.Event.ALL_RESOLVED: Step.RESOLVED,
    incident.Event.VERIFY_OK: Step.VERIFIED,
    incident.Event.VERIFY_FAIL: Step.REWORK,
    incident.Event.CLOSE: Step.CLOSED,
    incident.Event.REOPEN: Step.REOPENED,
    incident.Event.UNMERGE: Step.UNMERGED,
}
DISPATCH_STEPS: Mapping[dispatch.Event, Step] = {
    dispatch.Event.SEND: Step.SENT,
    dispatch.Event.DELIVERED: Step.DELIVERED,
    dispatch.Event.GIVE_UP: Step.UNDELIVERABLE,
    dispatch.Event.RETRY: Step.RETRIED,
    dispatch.Event.MANUAL_DELIVERED: Step.DELIVERED,
    dispatch.Event.ACK: Step.ACKNOWLEDGED,
    dispatch.Event.REFUSE: Step.RETURNED,
    dispatch.Event.ARRIVE: Step.ARRIVED,
    dispatch.Event.RESOLVE: Step.RESOLVED,
    dispatch.Event.NOT_FOUND: Step.RESOLVED,
    dispatch.Event.SUSPEND: Step.SUSPENDED,
    dispatch.Event.RESUME: Step.RESUMED,
    dispatch.Event.VERIFY_OK: Step.ACCEPTED,
    dispatch.Event.VERIFY_FAIL: Step.REWORK,
    dispatch.Event.RECALL: Step.RECALLED,
}


@dataclass(frozen=True, slots=True)
class Work:
    """One act. Whatever moves is saved by compare-and-set and stamped in the same transaction."""

    tx: Tx
    now: datetime
    county: County

    def stamp(
        self,
        step: Step,
        *,
        by: str,
        incident_id: str | None = None,
        dispatch_id: str | None = None,
        camera_id: str | None = None,
        at: datetime | None = None,
        source: Source = Source.SERVER,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        """`at` is now unless it happened earlier."""
        self.tx.stamps.append(
            Stamp(
                step=step,
                at=at or self.now,
                recorded_at=self.now,
                source=source,
                by=by,
                incident_id=incident_id,
                dispatch_id=dispatch_id,
                camera_id=camera_id,
                details=details or {},
            )
        )

    def move(
        self,
        before: Incident,
        event: incident.Event,
        *,
        by: str,
        details: Mapping[str, Any] | None = None,
        **changes: Any,
    ) -> Incident:
        """Raises IllegalMove, Stale or PlaceTaken."""
        moved = before.next(status=incident.after(before.status, event), updated_at=self.now, **changes)
        self.tx.incidents.save(moved)
        self.stamp(INCIDENT_STEPS[event], by=by, incident_id=moved.id, details=details)
        return moved

    def change(self, before: Incident, **changes: Any) -> Incident:
        """The same status, another fact."""
        changed = before.next(updated_at=self.now, **changes)
        self.tx.incidents.save(changed)
        return changed

    def move_dispatch(
        self,
        before: Dispatch,
        event: dispatch.Event,
        *,
        by: str,
        details: Mapping[str, Any] | None = None,
        **changes: Any,
    ) -> Dispatch:
        """Raises IllegalMove or Stale."""
        moved = before.next(status=dispatch.after(before.status, event), updated_at=self.now, **changes)
        if moved.status is dispatch.Status.DELIVERED:
            moved = dispatch.delivered(moved, self.now)
        self.tx.dispatches.save(moved)
        self.stamp(DISPATCH_STEPS[event], by=by, incident_id=moved.incident_id, dispatch_id=moved.id, details=details)
        return moved

    def told_delivered(self, before: Dispatch, *, by: str) -> Dispatch:
        """Whoever answers has the message: catch up with whatever our sender still believes."""
        for event in dispatch.PROOF_OF_DELIVERY.get(before.status, ()):
            before = self.move_dispatch(before, event, by=by, details={"proof": "answer"})
        return before
