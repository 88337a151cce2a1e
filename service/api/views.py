"""What the API answers: one model per noun, built from the service's own values."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from pipelines.observation import Kind
from service.dispatch import Part
from service.dispatch import Status as DispatchStatus
from service.incident import Status as IncidentStatus


class Words(BaseModel):
    """The same in both languages."""

    zh: str
    en: str


class MeasureView(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    value: float
    unit: str


class PlaceView(BaseModel):
    """WGS-84 degrees; the semi-major axis of the 95 % error ellipse in metres."""

    model_config = ConfigDict(from_attributes=True)

    latitude: float
    longitude: float
    error_m: float


class StampView(BaseModel):
    """One moment of the ledger: when it happened, when it was written down, and by whose clock."""

    id: int
    step: str
    at: datetime
    recorded_at: datetime
    source: str
    by: str
    dispatch_id: str | None


class StopView(BaseModel):
    """One step of the road; `at` is null while it lies ahead."""

    step: str
    at: datetime | None


class StageView(BaseModel):
    """The time from one reached step to the next; negative when two clocks disagree."""

    start: str
    end: str
    seconds: float


class EvidenceView(BaseModel):
    """A picture or clip. `url` shows it with faces and plates unreadable."""

    id: int
    role: str
    url: str
    sha256: str
    media_type: str
    captured_at: datetime
    has_original: bool


class DispatchView(BaseModel):
    id: str
    incident_id: str
    department: str
    department_name: Words
    part: Part
    attempt: int
    status: DispatchStatus
    version: int
    created_at: datetime
    delivered_at: datetime | None
    due_at: datetime | None
    suspended_until: datetime | None
    reworks: int
    found: bool
    reason: str
    note: str
    actions: list[str]


class IncidentView(BaseModel):
    """An incident with its whole road. `level` 1 is the gravest; `actions` is what the asker may do now."""

    id: str
    number: str
    kind: Kind
    status: IncidentStatus
    version: int
    level: int
    colour: str
    why: Words
    camera_id: str
    camera_name: Words
    zone_id: str
    subject: str
    began_at: datetime
    already_there: bool
    raised_at: datetime
    last_seen_at: datetime
    cleared_at: datetime | None
    resolved_at: datetime | None
    confidence: float
    seen_s: float
    unseen_s: float
    measures: dict[str, MeasureView]
    where: PlaceView | None
    reason: str
    merged_into: str | None
    recurrence_of: str | None
    reworks: int
    claimed_by: str | None
    claimed_until: datetime | None
    stamps: list[StampView]
    road: list[StopView]
    stages: list[StageView]
    evidence: list[EvidenceView]
    dispatches: list[DispatchView]
    actions: list[str]


class IncidentPage(BaseModel):
    """`at_event` is the ledger's last row in this answer: go on from there with /api/events?after=…"""

    incidents: list[IncidentView]
    next_cursor: str | None
    at_event: int
    now: datetime
