"""Flights: what a drone team declares and how far it has come. Their bytes come through uploads.py."""

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fastapi import Query
from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, StringConstraints, model_validator

from service.access import Role
from service.accounts import Actor
from service.api.door import Admitted
from service.api.edge import AtEdge, Edge
from service.api.parts import Id, Line, router
from service.api.present import plain
from service.api.refusals import Refused
from service.flights import (
    CaptureClock,
    Declared,
    Facts,
    FileKind,
    FileStatus,
    Flight,
    FlightFile,
    FlightStatus,
    Mission,
)
from service.upload_errors import NoSuchFlight

CARD_LIMIT = 4 * 1024 * 1024  # five thousand declared files

flights = router("flights")


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"no such time zone: {name}") from error
    return name


class NewFile(BaseModel):
    """One file of the card: its path there, size in bytes, SHA-256 in lower-case hexadecimal."""

    name: Annotated[str, Field(min_length=1, max_length=1000)]
    size: Annotated[int, Field(ge=1, lt=2**62)]
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    kind: FileKind


class NewFlight(BaseModel):
    """Times of capture with their offset; left out when nobody knows them. `timezone` (IANA) is for files that carry
    local time; `took_off_at` is an anchor for a drone whose clock was wrong.
    """

    mission: Mission
    place: Line = ""
    note: Line = ""
    timezone: Annotated[str, Field(max_length=100), AfterValidator(_known_zone)] | None = None
    captured_from: AwareDatetime | None = None
    captured_until: AwareDatetime | None = None
    took_off_at: AwareDatetime | None = None
    clock_error_s: Annotated[float, Field(ge=0, le=86400 * 366)] | None = None
    files: Annotated[list[NewFile], Field(min_length=1)]

    @model_validator(mode="after")
    def _in_order(self) -> "NewFlight":
        if self.captured_from and self.captured_until and self.captured_until < self.captured_from:
            raise ValueError("captured_until lies before captured_from")
        return self

    @property
    def facts(self) -> Facts:
        return Facts(**self.model_dump(exclude={"files"}))

    @property
    def card(self) -> list[Declared]:
        return [Declared(one.name, one.size, one.sha256, one.kind) for one in self.files]


class MediaView(BaseModel):
    """What the probe saw; `trouble` says why it could not look, in the words of the one who reads the file."""

    format: str
    duration_s: float | None = None
    width: int | None = None
    height: int | None = None
    codec: str | None = None
    trouble: str | None = None


class FlightFileView(BaseModel):
    """`url` takes the bytes (tus 1.0), `offset` of `size` are here. A file that waits and is whole is being checked."""

    id: str
    url: str
    name: str
    size: int
    sha256: str
    kind: FileKind
    status: FileStatus
    offset: int
    fault: Refused | None
    media: MediaView | None
    duplicate_of: str | None
    uploaded_at: datetime | None
    settled_at: datetime | None


class FlightSummary(BaseModel):
    """`ingest_lag_s`: from the end of capture to the last byte; null when the clock can't be believed."""

    id: str
    team: str
    status: FlightStatus
    mission: Mission
    place: str
    note: str
    timezone: str | None
    captured_from: datetime | None
    captured_until: datetime | None
    took_off_at: datetime | None
    clock_error_s: float | None
    clock: CaptureClock
    declared_at: datetime
    declared_by: str
    uploaded_at: datetime | None
    ingest_lag_s: float | None
    expires_at: datetime | None


class FlightView(FlightSummary):
    files: list[FlightFileView]


class FlightList(BaseModel):
    flights: list[FlightSummary]
    now: datetime


@flights.post("/flights", max_body_size=CARD_LIMIT)
def create_flight(edge: AtEdge, actor: Admitted, wanted: NewFlight) -> FlightView:
    """Declares a card. The same card again is the same flight, as far as it has come: a client that lost everything
    goes on by declaring once more.
    """
    assert actor.team is not None
    return _view(edge, edge.uploads.declare(wanted.facts, wanted.card, team=actor.team, by=actor.by))


@flights.get("/flights")
def list_flights(edge: AtEdge, actor: Admitted, limit: Annotated[int, Query(ge=1, le=200)] = 50) -> FlightList:
    """Newest first; a team's own."""
    with edge.store.read() as tx:
        found = tx.flights.newest(actor.team, limit)
    return FlightList(flights=[FlightSummary.model_validate(_said(edge, one)) for one in found], now=edge.clock.now())


@flights.get("/flights/{flight_id}")
def get_flight(edge: AtEdge, actor: Admitted, flight_id: Id) -> FlightView:
    return _view(edge, own_flight(edge, actor, flight_id))


@flights.post("/flights/{flight_id}/withdraw")
def withdraw_flight(edge: AtEdge, actor: Admitted, flight_id: Id) -> FlightView:
    """Throws away what has come of a flight that was not received yet."""
    own_flight(edge, actor, flight_id)
    return _view(edge, edge.uploads.withdraw(flight_id, by=actor.by))


def own_flight(edge: Edge, actor: Actor, flight_id: str) -> Flight:
    """Raises NoSuchFlight for a team whose flight it is not: to them it does not exist."""
    with edge.store.read() as tx:
        flight = tx.flights.get(flight_id)
    if actor.role is Role.PILOT and flight.team != actor.team:
        raise NoSuchFlight(flight_id)
    return flight


def file_url(file: FlightFile) -> str:
    return f"/api/uploads/{file.id}"


def _view(edge: Edge, flight: Flight) -> FlightView:
    with edge.store.read() as tx:
        files = tx.flights.files(flight.id)
    return FlightView.model_validate(_said(edge, flight) | {"files": [_file_view(edge, one) for one in files]})


def _said(edge: Edge, flight: Flight) -> dict[str, object]:
    lag = flight.ingest_lag
    uploading = flight.status is FlightStatus.UPLOADING
    return plain(flight) | {
        "clock": flight.clock,
        "ingest_lag_s": None if lag is None else lag.total_seconds(),
        "expires_at": flight.touched_at + edge.uploads.limits.kept if uploading else None,
    }


def _file_view(edge: Edge, file: FlightFile) -> dict[str, object]:
    return plain(file) | {"url": file_url(file), "offset": edge.uploads.held(file)}
