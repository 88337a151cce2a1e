"""Resumable uploads: flights are declared, their bytes come in pieces, and what is abandoned is cleared away.

Bytes are not believed: a file counts once its check (upload_checks.py) has compared it with what was declared.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta

from clock import Clock
from service.flights import (
    Declared,
    Facts,
    FileStatus,
    Flight,
    FlightFile,
    FlightStatus,
    file_id_of,
    flight_id_of,
)
from service.rows import values
from service.stamps import Step
from service.store import Store, Tx
from service.upload_content import HEAD, format_of
from service.upload_errors import DiskFull, NotFootage, NothingNew, NotUploading
from service.upload_limits import Limits
from service.upload_parts import Part, Parts
from service.upload_settling import end, fault_of, settle, stamp

_GOES_ON = (FlightStatus.UPLOADING, FlightStatus.RECEIVED)
_TOUCHED_EVERY = timedelta(minutes=10)  # noting every piece would make each a write to the database


class Uploads:
    """Everything that happens to a flight until the last byte of a file has come."""

    def __init__(self, store: Store, clock: Clock, parts: Parts, limits: Limits) -> None:
        self._store = store
        self._clock = clock
        self._parts = parts
        self.limits = limits

    def open(self) -> None:
        """Notices files whose last byte came just before a crash."""
        self._parts.open()
        with self._store.read() as tx:
            unfinished = tx.flights.unfinished()
        for file in unfinished:
            self.held(file)

    def declare(self, facts: Facts, files: Sequence[Declared], *, team: str, by: str) -> Flight:
        """The same files again are the same flight, as far as it has come; one that ended without being received
        starts anew. Raises BadName, TooManyFiles, FileTooLarge, QuotaSpent, DiskFull or NothingNew.
        """
        card = self.limits.checked(files)
        flight_id = flight_id_of(team, card)
        with self._store.begin() as tx:
            there = tx.flights.find(flight_id)
            if there is not None and there.status in _GOES_ON:
                return there
            new = _told_apart(tx, flight_id, team, card)
            self.limits.make_room(tx.flights, self._parts, team, _bytes_to_come(new))
            flight = self._begun(facts, flight_id, team, by)
            tx.flights.put(flight, new)
            tx.stamps.append(stamp(Step.FLIGHT_DECLARED, flight, now=flight.declared_at, by=by, files=len(new)))
            return flight

    def held(self, file: FlightFile) -> int:
        """How many bytes of it are here. The whole of it wakes the check, should a crash have prevented that."""
        if file.status is not FileStatus.WAITING:
            return file.size if file.status is FileStatus.VERIFIED else 0
        size = self._parts.size(file)
        if size == file.size and file.uploaded_at is None:
            self._note_whole(file)
        return size

    @contextmanager
    def writing(self, file: FlightFile) -> Iterator[Part]:
        """Its part, locked. Raises NotUploading, DiskFull or BeingWritten."""
        self._note_use(file)
        if self._parts.free() < self.limits.floor:
            raise DiskFull
        with self._parts.locked(file) as part:
            yield part

    def written(self, file: FlightFile, part: Part, since: int) -> None:
        """The part has grown from `since`, and is still locked. What is no footage is refused as soon as its first
        bytes say so. Raises NotFootage or DiskFull.
        """
        part.keep()
        if since < HEAD and part.size >= min(HEAD, file.size) and format_of(part.head()) is None:
            self._refuse(file, NotFootage(file.name))
        if part.size == file.size:
            self._note_whole(file)

    def remove(self, file: FlightFile, *, by: str) -> None:
        """The file is no longer one of the flight's. Raises NotUploading or BeingWritten."""
        self._note_use(file)
        with self._parts.locked(file):
            self._parts.discard(file)
        with self._store.begin() as tx:
            settle(tx, file.id, FileStatus.WITHDRAWN, now=self._clock.now(), by=by)

    def withdraw(self, flight_id: str, *, by: str) -> Flight:
        """Nothing of it is kept. Raises NotUploading, also once it was received."""
        return self._end(flight_id, FlightStatus.WITHDRAWN, by)

    def expire(self) -> int:
        """Clears away the flights that nobody has gone on with; how many."""
        with self._store.read() as tx:
            idle = tx.flights.abandoned(self._clock.now() - self.limits.kept)
        for flight in idle:
            self._end(flight.id, FlightStatus.EXPIRED, "patrol")
        return len(idle)

    def _begun(self, facts: Facts, flight_id: str, team: str, by: str) -> Flight:
        now = self._clock.now()
        return Flight(
            id=flight_id,
            team=team,
            status=FlightStatus.UPLOADING,
            declared_at=now,
            declared_by=by,
            touched_at=now,
            **values(facts),
        )

    def _note_use(self, file: FlightFile) -> None:
        """Raises NotUploading."""
        with self._store.read() as tx:
            flight = tx.flights.get(file.flight_id)
        _still_open(flight)
        if file.status is not FileStatus.WAITING:
            raise NotUploading("file", file.status)
        now = self._clock.now()
        if now - flight.touched_at >= _TOUCHED_EVERY:
            with self._store.begin() as tx:
                tx.flights.change(flight.id, touched_at=now)

    def _note_whole(self, file: FlightFile) -> None:
        """The commit wakes the check."""
        with self._store.begin() as tx:
            tx.flights.change_file(file.id, uploaded_at=self._clock.now())

    def _refuse(self, file: FlightFile, why: NotFootage) -> None:
        self._parts.discard(file)
        with self._store.begin() as tx:
            settle(tx, file.id, FileStatus.REFUSED, now=self._clock.now(), by="patrol", fault=fault_of(why))
        raise why

    def _end(self, flight_id: str, status: FlightStatus, by: str) -> Flight:
        with self._store.begin() as tx:
            flight = tx.flights.get(flight_id)
            _still_open(flight)
            files = tx.flights.files(flight_id)
            ended = end(tx, flight, status, now=self._clock.now(), by=by)
        for file in files:
            self._parts.discard(file)
        return ended


def _still_open(flight: Flight) -> None:
    if flight.status is not FlightStatus.UPLOADING:
        raise NotUploading("flight", flight.status)


def _told_apart(tx: Tx, flight_id: str, team: str, card: Sequence[Declared]) -> list[FlightFile]:
    """What was received before need not come again: cards keep the files of earlier flights. Raises NothingNew."""
    known = tx.flights.received(team, [one.sha256 for one in card])
    files = [_declared(flight_id, one, known) for one in card]
    if all(one.status is FileStatus.DUPLICATE for one in files):
        raise NothingNew(sorted(set(known.values())))
    return files


def _declared(flight_id: str, one: Declared, known: Mapping[str, str]) -> FlightFile:
    earlier = known.get(one.sha256)
    return FlightFile(
        id=file_id_of(flight_id, one.name),
        flight_id=flight_id,
        **values(one),
        status=FileStatus.WAITING if earlier is None else FileStatus.DUPLICATE,
        duplicate_of=earlier,
    )


def _bytes_to_come(files: Sequence[FlightFile]) -> int:
    return sum(one.size for one in files if one.status is FileStatus.WAITING)
