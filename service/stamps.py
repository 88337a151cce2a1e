"""The ledger's words: what is stamped, by whose clock, and the chain of hashes that betrays a changed row."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from service.errors import LedgerBroken

FIRST_HASH = "0" * 64


class Step(StrEnum):
    """Every moment worth keeping, in the order of an incident's road; then what may come between."""

    CAPTURED = "captured"
    RECEIVED = "received"
    DETECTED = "detected"
    ONSET = "onset"
    DWELL_MET = "dwell_met"
    DECIDED = "decided"
    RAISED = "raised"
    SHOWN = "shown"
    CONFIRMED = "confirmed"
    DISPATCHED = "dispatched"
    SENT = "sent"
    DELIVERED = "delivered"
    ACKNOWLEDGED = "acknowledged"
    ARRIVED = "arrived"
    RESOLVED = "resolved"
    VERIFIED = "verified"
    CLOSED = "closed"

    CONTINUED = "continued"
    CLEARED = "cleared"
    RECURRED = "recurred"
    COLOURED = "coloured"
    CLAIMED = "claimed"
    RELEASED = "released"
    REJECTED = "rejected"
    MERGED = "merged"
    UNMERGED = "unmerged"
    EXPIRED = "expired"
    REOPENED = "reopened"
    IN_PROGRESS = "in_progress"
    ALL_RETURNED = "all_returned"
    UNDELIVERABLE = "undeliverable"
    RETRIED = "retried"
    RETURNED = "returned"
    RECALLED = "recalled"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    REWORK = "rework"
    ACCEPTED = "accepted"
    DEAD_LETTER = "dead_letter"
    REPLAYED = "replayed"
    ENDPOINT_DISABLED = "endpoint_disabled"
    ENDPOINT_ENABLED = "endpoint_enabled"
    CAMERA_OK = "camera_ok"
    CAMERA_DEGRADED = "camera_degraded"
    CAMERA_BLIND = "camera_blind"
    ORIGINAL_OPENED = "original_opened"
    FLIGHT_DECLARED = "flight_declared"
    FLIGHT_RECEIVED = "flight_received"
    FLIGHT_REFUSED = "flight_refused"
    FLIGHT_WITHDRAWN = "flight_withdrawn"
    FLIGHT_EXPIRED = "flight_expired"
    KEY_CREATED = "key_created"
    KEY_REVOKED = "key_revoked"


class Source(StrEnum):
    """Whose clock said so. SERVER is any machine of ours; DEVICE a phone."""

    CAMERA = "camera"
    CONTAINER = "container"
    ARRIVAL = "arrival"
    SERVER = "server"
    DEVICE = "device"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """One row of the ledger. `at` is when it happened, `recorded_at` when we wrote it down; both aware UTC.

    id, prev_hash and hash are given by the ledger when it is appended.
    """

    step: Step
    at: datetime
    recorded_at: datetime
    source: Source = Source.SERVER
    error_ms: float | None = None
    by: str = ""
    incident_id: str | None = None
    dispatch_id: str | None = None
    camera_id: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    id: int = 0
    prev_hash: str = ""
    hash: str = ""

    @property
    def flight_id(self) -> str | None:
        found = self.details.get("flight")
        return None if found is None else str(found)


def chained(stamp: Stamp, *, after_id: int, after_hash: str) -> Stamp:
    """The stamp in its place behind the last one."""
    placed = replace(stamp, id=after_id + 1, prev_hash=after_hash)
    return replace(placed, hash=hash_of(placed))


def hash_of(stamp: Stamp) -> str:
    body = {
        "id": stamp.id,
        "prev": stamp.prev_hash,
        "step": stamp.step,
        "at": stamp.at.isoformat(timespec="microseconds"),
        "recorded_at": stamp.recorded_at.isoformat(timespec="microseconds"),
        "source": stamp.source,
        "error_ms": stamp.error_ms,
        "by": stamp.by,
        "incident": stamp.incident_id,
        "dispatch": stamp.dispatch_id,
        "camera": stamp.camera_id,
        "details": stamp.details,
    }
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def verify(stamps: Iterable[Stamp], *, after_id: int = 0, after_hash: str = FIRST_HASH) -> tuple[int, str]:
    """The head (id, hash) of an unbroken chain; raises LedgerBroken at the first row that does not fit.

    Rows cut off at the end leave an unbroken, shorter chain: compare the head with one noted elsewhere.
    """
    for stamp in stamps:
        if stamp.id != after_id + 1:
            raise LedgerBroken(after_id + 1, "the row is missing")
        if stamp.prev_hash != after_hash or stamp.hash != hash_of(stamp):
            raise LedgerBroken(stamp.id, "the row is not what was written")
        after_id, after_hash = stamp.id, stamp.hash
    return after_id, after_hash
