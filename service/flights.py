"""A drone flight's footage on its way in: what a team declared, and what became of each file. No I/O here."""

import json
import uuid
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

_NAMESPACE = uuid.UUID("0d3f6c52-51de-5c7b-8d8f-2f7f3a6e9b41")


class Mission(StrEnum):
    """What the team flew for; it decides what is looked for."""

    DAM = "dam"
    STREET = "street"


class FileKind(StrEnum):
    VIDEO = "video"
    STILL = "still"
    THERMAL = "thermal"
    TELEMETRY = "telemetry"


class FlightStatus(StrEnum):
    """UPLOADING until every file is settled; only then is it RECEIVED, or REFUSED when none of them could be used."""

    UPLOADING = "uploading"
    RECEIVED = "received"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class FileStatus(StrEnum):
    """WAITING for bytes or for its check; all others are settled. A DUPLICATE lies in another flight of the team."""

    WAITING = "waiting"
    VERIFIED = "verified"
    REFUSED = "refused"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"


class CaptureClock(StrEnum):
    """Whether the times of capture can be believed. UNKNOWN: the team did not say; it is never guessed."""

    SAID = "said"
    DOUBTFUL = "doubtful"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the team says of the flight. Times are aware; `timezone` (an IANA name) is for files that carry local time.

    `took_off_at` is an anchor for clocks that were wrong; `clock_error_s` how far the said times may be off.
    """

    mission: Mission
    place: str = ""
    note: str = ""
    timezone: str | None = None
    captured_from: datetime | None = None
    captured_until: datetime | None = None
    took_off_at: datetime | None = None
    clock_error_s: float | None = None


@dataclass(frozen=True, slots=True)
class Declared:
    """A file that will come: its path on the card, size in bytes, SHA-256 in hexadecimal."""

    name: str
    size: int
    sha256: str
    kind: FileKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Flight:
    """`touched_at`: when bytes last came. `uploaded_at`: when the last byte of the last file did."""

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
    declared_at: datetime
    declared_by: str
    touched_at: datetime
    uploaded_at: datetime | None = None

    @property
    def clock(self) -> CaptureClock:
        """A capture that ends after its declaration comes from a clock that is wrong."""
        if self.captured_from is None or self.captured_until is None:
            return CaptureClock.UNKNOWN
        return CaptureClock.SAID if self.captured_until <= self.declared_at else CaptureClock.DOUBTFUL

    @property
    def ingest_lag(self) -> timedelta | None:
        """From the end of capture to the last byte; None while it uploads or when the clock can't be believed."""
        if self.uploaded_at is None or self.captured_until is None or self.clock is not CaptureClock.SAID:
            return None
        return self.uploaded_at - self.captured_until


@dataclass(frozen=True, slots=True, kw_only=True)
class FlightFile:
    """One declared file. `fault` says why it was refused or must be sent again; `media` what the probe saw in it."""

    id: str
    flight_id: str
    name: str
    size: int
    sha256: str
    kind: FileKind
    status: FileStatus = FileStatus.WAITING
    fault: Mapping[str, Any] | None = None
    media: Mapping[str, Any] | None = None
    duplicate_of: str | None = None
    uploaded_at: datetime | None = None
    settled_at: datetime | None = None


def flight_id_of(team: str, files: Iterable[Declared]) -> str:
    """Derived from the fact, so that declaring the same card again finds the same flight."""
    card = sorted((one.name, one.size, one.sha256) for one in files)
    return str(uuid.uuid5(_NAMESPACE, json.dumps([team, card], ensure_ascii=False)))


def file_id_of(flight_id: str, name: str) -> str:
    return str(uuid.uuid5(uuid.UUID(flight_id), name))


def outcome(states: Set[FileStatus]) -> FlightStatus:
    """Of a flight, from what became of its files. A broken file spoils only itself."""
    if FileStatus.WAITING in states:
        return FlightStatus.UPLOADING
    if FileStatus.VERIFIED in states:
        return FlightStatus.RECEIVED
    return FlightStatus.REFUSED if FileStatus.REFUSED in states else FlightStatus.WITHDRAWN
