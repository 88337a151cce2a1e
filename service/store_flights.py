"""Flights and their files as rows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from service.errors import NotFound
from service.flight_tables import flight_files, flights
from service.flights import FileStatus, Flight, FlightFile, FlightStatus
from service.rows import Rows, all_built, built, values
from service.upload_errors import NoSuchFlight

_HELD = (FileStatus.WAITING, FileStatus.VERIFIED)
_STEP = 500  # values in one IN: far below what either database takes


class Flights(Rows):
    def find(self, flight_id: str) -> Flight | None:
        row = self._db.execute(select(flights).where(flights.c.id == flight_id)).one_or_none()
        return None if row is None else built(Flight, row)

    def get(self, flight_id: str) -> Flight:
        flight = self.find(flight_id)
        if flight is None:
            raise NoSuchFlight(flight_id)
        return flight

    def newest(self, team: str | None, limit: int) -> list[Flight]:
        """Of one team, or of all."""
        of_team = select(flights) if team is None else select(flights).where(flights.c.team == team)
        ordered = of_team.order_by(flights.c.declared_at.desc(), flights.c.id).limit(limit)
        return all_built(Flight, self._db.execute(ordered))

    def put(self, flight: Flight, files: Sequence[FlightFile]) -> None:
        """In place of what was there under the same id."""
        self._db.execute(delete(flight_files).where(flight_files.c.flight_id == flight.id))
        self._db.execute(delete(flights).where(flights.c.id == flight.id))
        self._db.execute(insert(flights), values(flight))
        self._db.execute(insert(flight_files), [values(one) for one in files])

    def files(self, flight_id: str) -> list[FlightFile]:
        """By name."""
        of_it = select(flight_files).where(flight_files.c.flight_id == flight_id)
        return all_built(FlightFile, self._db.execute(of_it.order_by(flight_files.c.name)))

    def file(self, file_id: str) -> FlightFile:
        row = self._db.execute(select(flight_files).where(flight_files.c.id == file_id)).one_or_none()
        if row is None:
            raise NotFound("file", file_id)
        return built(FlightFile, row)

    def change(self, flight_id: str, **fields: Any) -> None:
        self._db.execute(update(flights).where(flights.c.id == flight_id).values(**fields))

    def change_file(self, file_id: str, **fields: Any) -> None:
        self._db.execute(update(flight_files).where(flight_files.c.id == file_id).values(**fields))

    def withdraw_files(self, flight_id: str, at: datetime) -> None:
        of_it = update(flight_files).where(flight_files.c.flight_id == flight_id)
        self._db.execute(of_it.values(status=FileStatus.WITHDRAWN, settled_at=at))

    def waits(self, flight_id: str) -> bool:
        """Whether any of its files is not settled."""
        waiting = (flight_files.c.flight_id == flight_id) & (flight_files.c.status == FileStatus.WAITING)
        return self._db.execute(select(flight_files.c.id).where(waiting).limit(1)).first() is not None

    def states(self, flight_id: str) -> set[FileStatus]:
        of_it = select(flight_files.c.status).where(flight_files.c.flight_id == flight_id).distinct()
        return set(self._db.execute(of_it).scalars())

    def last_byte_at(self, flight_id: str) -> datetime | None:
        """When the last byte of its verified files came."""
        came = (flight_files.c.flight_id == flight_id) & (flight_files.c.status == FileStatus.VERIFIED)
        last: datetime | None = self._db.execute(select(func.max(flight_files.c.uploaded_at)).where(came)).scalar()
        return last

    def whole(self) -> list[FlightFile]:
        """Those whose last byte has come and that wait for their check, the oldest first."""
        columns = flight_files.c
        due = select(flight_files).where(columns.status == FileStatus.WAITING, columns.uploaded_at.is_not(None))
        return all_built(FlightFile, self._db.execute(due.order_by(columns.uploaded_at, columns.name)))

    def unfinished(self) -> list[FlightFile]:
        """Those whose last byte has not come, as far as was written down."""
        columns = flight_files.c
        waiting = select(flight_files).where(columns.status == FileStatus.WAITING, columns.uploaded_at.is_(None))
        return all_built(FlightFile, self._db.execute(waiting))

    def abandoned(self, before: datetime) -> list[Flight]:
        """Those for which nothing has come since."""
        idle = (flights.c.status == FlightStatus.UPLOADING) & (flights.c.touched_at < before)
        return all_built(Flight, self._db.execute(select(flights).where(idle)))

    def bytes_of(self, team: str) -> int:
        """What a team's files take, or will take, on the disk."""
        total = select(func.sum(flight_files.c.size)).join(flights).where(flights.c.team == team)
        return int(self._db.execute(total.where(flight_files.c.status.in_(_HELD))).scalar() or 0)

    def owed(self) -> int:
        """Bytes that were declared and are not verified yet, over all teams."""
        total = select(func.sum(flight_files.c.size)).where(flight_files.c.status == FileStatus.WAITING)
        return int(self._db.execute(total).scalar() or 0)

    def received(self, team: str, contents: Sequence[str]) -> Mapping[str, str]:
        """SHA-256 -> the team's flight in which that content was received."""
        known: dict[str, str] = {}
        for at in range(0, len(contents), _STEP):
            known |= self._received(flights.c.team == team, contents[at : at + _STEP])
        return known

    def teams_of(self, flight_ids: Iterable[str]) -> Mapping[str, str]:
        wanted = select(flights.c.id, flights.c.team).where(flights.c.id.in_(sorted(flight_ids)))
        return {row.id: row.team for row in self._db.execute(wanted)}

    def _received(self, of_team: ColumnElement[bool], contents: Sequence[str]) -> dict[str, str]:
        columns = flight_files.c
        wanted = select(columns.sha256, columns.flight_id).join(flights)
        there = wanted.where(of_team, flights.c.status == FlightStatus.RECEIVED, columns.status == FileStatus.VERIFIED)
        return {row.sha256: row.flight_id for row in self._db.execute(there.where(columns.sha256.in_(contents)))}
