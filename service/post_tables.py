"""The tables of the outbox, the cameras and the keys."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from pipelines.observation import CameraState
from service.columns import Moment, Word
from service.letters import LetterState, MessageType
from service.tables import ID, NAME, ROW, metadata

outbox = Table(
    "outbox",
    metadata,
    Column("id", ROW, primary_key=True),
    Column("webhook_id", String(128), nullable=False, unique=True),
    Column("incident_id", ID, ForeignKey("incidents.id"), nullable=False),
    Column("dispatch_id", ID, ForeignKey("dispatches.id"), nullable=False),
    Column("department", NAME, nullable=False),
    Column("type", Word(MessageType), nullable=False),
    Column("body", Text, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("state", Word(LetterState), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("next_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("lease", String(64)),
    Column("leased_until", Moment),
    Column("gave_up_at", Moment),
    Column("finished_at", Moment),
    Column("last_error", Text, nullable=False),
    Index("outbox_due", "state", "next_at"),
    Index("outbox_by_incident", "incident_id"),
    Index("outbox_by_dispatch", "dispatch_id"),
    Index("outbox_leases", "department", "leased_until"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", ROW, primary_key=True),
    Column("letter_id", ROW, ForeignKey("outbox.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("took_ms", Float, nullable=False),
    Column("http_status", Integer),
    Column("error", Text, nullable=False),
    Index("attempts_by_letter", "letter_id"),
)

endpoints = Table(
    "endpoints",
    metadata,
    Column("department", NAME, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("failing_since", Moment),
    Column("open_until", Moment),
    Column("disabled_at", Moment),
    Column("disabled_why", Text, nullable=False),
)

cameras = Table(
    "cameras",
    metadata,
    Column("id", NAME, primary_key=True),
    Column("state", Word(CameraState), nullable=False),
    Column("since", Moment, nullable=False),
    Column("reported_at", Moment, nullable=False),
    Column("heard_at", Moment, nullable=False),
    Column("why", Text, nullable=False),
    Column("asked_hz", Float, nullable=False),
    Column("delivered_hz", Float, nullable=False),
    Column("sampled", BigInteger, nullable=False),
    Column("dropped", BigInteger, nullable=False),
    Column("zones", JSON, nullable=False),
)

keys = Table(
    "keys",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", NAME, nullable=False),
    Column("role", String(32), nullable=False),
    Column("department", NAME),
    Column("secret_hash", String(128), nullable=False, unique=True),
    Column("parent", ID, ForeignKey("keys.id")),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    Column("last_used_at", Moment),
    Column("team", NAME),
)

answers = Table(
    "answers",
    metadata,
    Column("actor", NAME, primary_key=True),
    Column("key", NAME, primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("status", Integer),
    Column("body", LargeBinary, nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("at", Moment, nullable=False),
    Index("answers_oldest_first", "at"),
)
