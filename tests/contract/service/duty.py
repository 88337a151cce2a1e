"""A night on duty: a desk with its store and clock, and short words for what a test often needs."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from pipelines.observation import ZoneState
from service.county import County
from service.desk import Desk
from service.dispatch import Dispatch
from service.exhibits import Exhibit
from service.incident import Incident
from service.letters import Letter
from service.stamps import Stamp
from service.store import Store
from tests.clocks import FakeClock
from tests.facts import FIRE, OPERATOR, a_report, a_still, a_zone, an_observation


class Duty:
    def __init__(self, store: Store, clock: FakeClock, county: County) -> None:
        self.store = store
        self.clock = clock
        self.county = county
        self.desk = Desk(store, clock, county)

    def under(self, county: County) -> "Duty":
        """The same night under other rules."""
        return Duty(self.store, self.clock, county)

    def raised(self, **changes: Any) -> Incident:
        now = self.clock.now()
        return self.desk.record(an_observation(now, **{"began": now} | changes))

    def dispatched(self, departments: Sequence[str] | None = (FIRE,)) -> tuple[Incident, list[Dispatch]]:
        incident = self.desk.confirm(self.raised().id, by=OPERATOR)
        sent = self.desk.dispatch(incident.id, by=OPERATOR, departments=departments)
        return self.incident(incident.id), sent

    def acknowledged(self) -> tuple[Incident, Dispatch]:
        incident, (sent,) = self.dispatched()
        answered = self.desk.acknowledge(sent.id, by="department:fire")
        return self.incident(incident.id), answered

    def resolved(self) -> tuple[Incident, Dispatch]:
        incident, sent = self.acknowledged()
        done = self.desk.resolve(sent.id, by="department:fire", after_photo=a_still("after.jpg"))
        return self.incident(incident.id), done

    def sees(self, state: ZoneState, *, picture: str | None = None, since: datetime | None = None) -> list[str]:
        """The camera reports its lane as it is now."""
        now = self.clock.now()
        still = None if picture is None else a_still(picture, now)
        return self.desk.report(a_report(now, a_zone(state, now, since=since, still=still)))

    def after(self, **span: float) -> datetime:
        return self.clock.move(timedelta(**span).total_seconds())

    def incident(self, incident_id: str) -> Incident:
        with self.store.read() as tx:
            return tx.incidents.get(incident_id)

    def dispatch(self, dispatch_id: str) -> Dispatch:
        with self.store.read() as tx:
            return tx.dispatches.get(dispatch_id)

    def dispatches(self, incident_id: str) -> list[Dispatch]:
        with self.store.read() as tx:
            return tx.dispatches.of(incident_id)

    def stamps(self, incident_id: str) -> list[Stamp]:
        with self.store.read() as tx:
            return tx.stamps.of(incident_id)

    def steps(self, incident_id: str) -> list[str]:
        return [stamp.step.value for stamp in self.stamps(incident_id)]

    def exhibits(self, incident_id: str) -> list[Exhibit]:
        with self.store.read() as tx:
            return tx.exhibits.of(incident_id)

    def letters(self, incident_id: str) -> list[Letter]:
        with self.store.read() as tx:
            return tx.outbox.of(incident_id)

    def count(self) -> int:
        with self.store.read() as tx:
            return sum(tx.incidents.count_by_status().values())
