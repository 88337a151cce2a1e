"""What becomes of a file is written down once; with a flight's last file the flight itself is settled."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from service.errors import ServiceError
from service.flights import FileStatus, Flight, FlightStatus, outcome
from service.stamps import Stamp, Step
from service.store import Tx

_STEPS: Mapping[FlightStatus, Step] = {
    FlightStatus.RECEIVED: Step.FLIGHT_RECEIVED,
    FlightStatus.REFUSED: Step.FLIGHT_REFUSED,
    FlightStatus.WITHDRAWN: Step.FLIGHT_WITHDRAWN,
    FlightStatus.EXPIRED: Step.FLIGHT_EXPIRED,
}


def settle(tx: Tx, file_id: str, status: FileStatus, *, now: datetime, by: str, **fields: Any) -> bool:
    """False, and nothing is changed, when it was settled otherwise meanwhile."""
    file = tx.flights.file(file_id)
    if file.status is not FileStatus.WAITING:
        return False
    tx.flights.change_file(file_id, status=status, settled_at=now, **fields)
    if not tx.flights.waits(file.flight_id):
        _settle_flight(tx, tx.flights.get(file.flight_id), now, by)
    return True


def end(tx: Tx, flight: Flight, status: FlightStatus, *, now: datetime, by: str) -> Flight:
    """The flight and all its files: nothing of it counts any more."""
    tx.flights.change(flight.id, status=status)
    tx.flights.withdraw_files(flight.id, now)
    ended = replace(flight, status=status)
    tx.stamps.append(stamp(_STEPS[status], ended, now=now, by=by))
    return ended


def stamp(step: Step, flight: Flight, *, now: datetime, by: str, **more: Any) -> Stamp:
    details = {"flight": flight.id, "team": flight.team} | more
    return Stamp(step=step, at=now, recorded_at=now, by=by, details=details)


def fault_of(error: ServiceError) -> dict[str, Any]:
    """As every refusal is told; kept with the file."""
    return {"error": error.code, "message_zh": error.zh, "message_en": error.en, "again": error.again}


def _settle_flight(tx: Tx, flight: Flight, now: datetime, by: str) -> None:
    status = outcome(tx.flights.states(flight.id))
    done = replace(flight, status=status, uploaded_at=tx.flights.last_byte_at(flight.id))
    tx.flights.change(flight.id, status=status, uploaded_at=done.uploaded_at)
    tx.stamps.append(stamp(_STEPS[status], done, now=now, by=by, **_times(done)))


def _times(flight: Flight) -> dict[str, Any]:
    """Late facts: when it was taken is said beside when it came, and never in its place."""
    lag = flight.ingest_lag
    return {
        "captured_from": _text(flight.captured_from),
        "captured_until": _text(flight.captured_until),
        "clock": flight.clock,
        "uploaded_at": _text(flight.uploaded_at),
        "ingest_lag_s": None if lag is None else lag.total_seconds(),
    }


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
