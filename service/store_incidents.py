"""Incidents as rows: found by life, place or filter, written by compare-and-set."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from pipelines.observation import Kind
from service.errors import NotFound, PlaceTaken, Stale
from service.incident import OPEN, Incident, Status
from service.incident_filter import Filter, Page, cursor_after, statement
from service.rows import Rows, all_built, built, values
from service.tables import incidents, lives, numbers


class Incidents(Rows):
    def get(self, incident_id: str) -> Incident:
        row = self._db.execute(select(incidents).where(incidents.c.id == incident_id)).one_or_none()
        if row is None:
            raise NotFound("incident", incident_id)
        return built(Incident, row)

    def by_number(self, number: str) -> Incident:
        row = self._db.execute(select(incidents).where(incidents.c.number == number)).one_or_none()
        if row is None:
            raise NotFound("incident", number)
        return built(Incident, row)

    def of_life(self, life: str) -> Incident | None:
        return self._first(select(incidents).join(lives).where(lives.c.life == life))

    def open_at(self, kind: Kind, place: str) -> Incident | None:
        here = (incidents.c.kind == kind) & (incidents.c.place == place)
        return self._first(select(incidents).where(here, incidents.c.status.in_(OPEN)))

    def last_at(self, place: str, among: frozenset[Status]) -> Incident | None:
        wanted = select(incidents).where(incidents.c.place == place, incidents.c.status.in_(among))
        return self._first(wanted.order_by(incidents.c.raised_at.desc(), incidents.c.number.desc()))

    def resolved_of(self, camera_id: str) -> list[Incident]:
        """Those that wait for this camera's verdict."""
        waiting = (incidents.c.camera_id == camera_id) & (incidents.c.status == Status.RESOLVED)
        return all_built(Incident, self._db.execute(select(incidents).where(waiting)))

    def page(self, wanted: Filter) -> Page:
        found = all_built(Incident, self._db.execute(statement(wanted)))
        more = len(found) > wanted.limit
        page = found[: wanted.limit]
        return Page(page, cursor_after(page[-1], wanted.order) if more else None)

    def count_by_status(self) -> Mapping[Status, int]:
        counted = select(incidents.c.status, func.count()).group_by(incidents.c.status)
        return {row.status: row[1] for row in self._db.execute(counted)}

    def next_number(self, year: int) -> str:
        """Without gaps: it is taken back with the transaction."""
        dialect = postgresql if self._db.dialect.name == "postgresql" else sqlite
        counter = dialect.insert(numbers).values(year=year, last=1)
        counted = counter.on_conflict_do_update(index_elements=["year"], set_={"last": numbers.c.last + 1})
        return f"{year}-{self._db.execute(counted.returning(numbers.c.last)).scalar_one():04d}"

    def add(self, incident: Incident) -> None:
        """Raises PlaceTaken when another one is open there."""
        try:
            self._db.execute(insert(incidents), values(incident))
        except IntegrityError as error:
            raise PlaceTaken(incident.place) from error
        self.add_life(incident.life, incident.id)

    def add_life(self, life: str, incident_id: str) -> None:
        self._db.execute(insert(lives), {"life": life, "incident_id": incident_id})

    def save(self, incident: Incident) -> None:
        """Write the next version; whoever saved the same version first wins. Raises Stale or PlaceTaken."""
        before = (incidents.c.id == incident.id) & (incidents.c.version == incident.version - 1)
        try:
            changed = self._db.execute(update(incidents).where(before).values(values(incident, without=["id"])))
        except IntegrityError as error:
            raise PlaceTaken(incident.place) from error
        if changed.rowcount != 1:
            raise Stale(incident.number)

    def _first(self, wanted: Select[Any]) -> Incident | None:
        row = self._db.execute(wanted.limit(1)).first()
        return None if row is None else built(Incident, row)
