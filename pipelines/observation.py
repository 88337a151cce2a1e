"""What a patrol tells the service: the contract between the two. Standard library only.

An observation is a fact about a place. Its id is derived from the fact, so a worker may send it twice.
"""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Protocol

_NAMESPACE = uuid.UUID("6f1f9d58-58a8-5f0e-9f0b-3f6d5b1c7a20")


class Kind(StrEnum):
    """The three things the county watches for."""

    FIRE_LANE = "fire_lane"
    STREET_VENDING = "street_vending"
    DAM_SEEPAGE = "dam_seepage"


class Phase(StrEnum):
    """Where in its life the observed thing is. Silence is not ENDED: it is said, with the clear place seen."""

    BEGAN = "began"
    CONTINUES = "continues"
    ENDED = "ended"


class CameraState(StrEnum):
    OK = "ok"
    DEGRADED = "degraded"
    BLIND = "blind"


class ZoneState(StrEnum):
    """What a zone looks like now. UNKNOWN: could not look, or not long enough."""

    CLEAR = "clear"
    OCCUPIED = "occupied"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"


class EvidenceRole(StrEnum):
    ONSET = "onset"
    DWELL = "dwell"
    LATEST = "latest"
    CLEAR = "clear"
    CLIP = "clip"


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with its unit, e.g. Measure(2.6, "m")."""

    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One file that proves something.

    `name` is relative to the evidence folder and is what people may see (faces and plates blurred); `original`
    is the unblurred file beside it, for roles with a reason. Each has its SHA-256.
    """

    role: EvidenceRole
    name: str
    sha256: str
    media_type: str
    captured_at: datetime
    original: str | None = None
    original_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """A place on the ground, WGS-84 degrees, with the semi-major axis of its 95 % error ellipse in metres."""

    latitude: float
    longitude: float
    error_m: float


@dataclass(frozen=True, slots=True)
class Observation:
    """A fact about a place, as the rule decided it. All times are aware UTC.

    began_at: capture time of the first frame in which the condition held (onset).
    dwell_met_at: capture time of the first frame at which it had lasted long enough.
    detected_at: when our detector first saw it (this machine's clock). decided_at: when the rule decided.
    seen_s / unseen_s: of the time since onset, how long we looked and saw it, how long we could not look.
    began_at + seen_s + unseen_s is the last time it was seen. already_there: it stood there in the first frame we
    saw, so began_at is only a bound.
    """

    kind: Kind
    source_id: str
    zone_id: str
    subject: str
    phase: Phase
    began_at: datetime
    dwell_met_at: datetime
    captured_at: datetime
    received_at: datetime
    detected_at: datetime
    decided_at: datetime
    time_source: str
    seen_s: float
    unseen_s: float
    confidence: float
    measures: Mapping[str, Measure] = field(default_factory=dict)
    evidence: Sequence[Evidence] = ()
    decided_by: str = ""
    already_there: bool = False
    where: Where | None = None

    @property
    def place(self) -> str:
        """The key of the thing observed: one open incident per place."""
        return f"{self.kind}/{self.source_id}/{self.zone_id}"

    @property
    def life(self) -> uuid.UUID:
        """The same for every observation of one uninterrupted blockage."""
        return uuid.uuid5(_NAMESPACE, f"{self.place}|{self.began_at.astimezone(UTC).isoformat()}")

    @property
    def id(self) -> uuid.UUID:
        return uuid.uuid5(self.life, f"{self.phase}|{self.captured_at.astimezone(UTC).isoformat()}")


@dataclass(frozen=True, slots=True)
class ZoneReport:
    """What one zone looks like. `since` and `captured_at` are capture times; a still when one was asked for."""

    zone_id: str
    kind: Kind
    state: ZoneState
    since: datetime
    captured_at: datetime
    still: Evidence | None = None


@dataclass(frozen=True, slots=True)
class CameraReport:
    """A camera's heartbeat: can it see, how much was really looked at, and how its zones look.

    `asked_hz` and `delivered_hz` are frames per second of capture time; `sampled` and `dropped` are counts since
    the patrol started.
    """

    source_id: str
    state: CameraState
    since: datetime
    reported_at: datetime
    why: str = ""
    asked_hz: float = 0.0
    delivered_hz: float = 0.0
    sampled: int = 0
    dropped: int = 0
    zones: Sequence[ZoneReport] = ()


class Sink(Protocol):
    """Where a patrol's facts go. Both calls may be repeated safely."""

    def observe(self, observation: Observation) -> None: ...

    def report(self, report: CameraReport) -> None: ...


def to_json(fact: Observation | CameraReport) -> str:
    """Times become ISO-8601 with offset; enums their value."""
    return json.dumps(asdict(fact), default=_plain, ensure_ascii=False)


def observation_from(body: Mapping[str, Any]) -> Observation:
    """Raises KeyError, ValueError or TypeError when a field is missing or of the wrong shape."""
    values = dict(body)
    for name in ("began_at", "dwell_met_at", "captured_at", "received_at", "detected_at", "decided_at"):
        values[name] = _time(values[name])
    values["kind"] = Kind(values["kind"])
    values["phase"] = Phase(values["phase"])
    values["measures"] = {name: Measure(**m) for name, m in values.get("measures", {}).items()}
    values["evidence"] = tuple(_evidence(e) for e in values.get("evidence", ()))
    where = values.get("where")
    values["where"] = None if where is None else Where(**where)
    return Observation(**values)


def report_from(body: Mapping[str, Any]) -> CameraReport:
    """Raises KeyError, ValueError or TypeError when a field is missing or of the wrong shape."""
    values = dict(body)
    values["state"] = CameraState(values["state"])
    for name in ("since", "reported_at"):
        values[name] = _time(values[name])
    values["zones"] = tuple(_zone(z) for z in values.get("zones", ()))
    return CameraReport(**values)


def _zone(body: Mapping[str, Any]) -> ZoneReport:
    still = body.get("still")
    return ZoneReport(
        zone_id=body["zone_id"],
        kind=Kind(body["kind"]),
        state=ZoneState(body["state"]),
        since=_time(body["since"]),
        captured_at=_time(body["captured_at"]),
        still=None if still is None else _evidence(still),
    )


def _evidence(body: Mapping[str, Any]) -> Evidence:
    values = dict(body)
    values["role"] = EvidenceRole(values["role"])
    values["captured_at"] = _time(values["captured_at"])
    return Evidence(**values)


def _time(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text} has no time zone")
    return moment.astimezone(UTC)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{value!r} has no JSON form")
