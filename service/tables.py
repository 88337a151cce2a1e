"""The tables of incidents and dispatches; each column bears the name of the field whose value it keeps."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from pipelines.observation import Kind, Phase
from service import dispatch, incident
from service.colour import Colour
from service.columns import Level, Measures, Moment, Spot, Word
from service.stamps import Source, Step

metadata = MetaData()

ID = String(64)
NAME = String(200)
_OPEN = text("status IN ({})".format(", ".join(f"'{status}'" for status in sorted(incident.OPEN))))

# SQLite gives out row numbers only to a column that is exactly INTEGER.
ROW = BigInteger().with_variant(Integer, "sqlite")

incidents = Table(
    "incidents",
    metadata,
    Column("id", ID, primary_key=True),
    Column("number", String(32), nullable=False, unique=True),
    Column("kind", Word(Kind), nullable=False),
    Column("place", NAME, nullable=False),
    Column("life", ID, nullable=False),
    Column("camera_id", NAME, nullable=False),
    Column("zone_id", NAME, nullable=False),
    Column("subject", NAME, nullable=False),
    Column("status", Word(incident.Status), nullable=False),
    Column("version", Integer, nullable=False),
    Column("colour", Level(Colour), nullable=False),
    Column("why_zh", Text, nullable=False),
    Column("why_en", Text, nullable=False),
    Column("began_at", Moment, nullable=False),
    Column("already_there", Boolean, nullable=False),
    Column("raised_at", Moment, nullable=False),
    Column("last_seen_at", Moment, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("seen_s", Float, nullable=False),
    Column("unseen_s", Float, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("decided_by", NAME, nullable=False),
    Column("measures", Measures, nullable=False),
    Column("where", Spot),
    Column("cleared_at", Moment),
    Column("shown_at", Moment),
    Column("resolved_at", Moment),
    Column("reason", Text, nullable=False),
    Column("merged_into", ID, ForeignKey("incidents.id")),
    Column("recurrence_of", ID, ForeignKey("incidents.id")),
    Column("recurrences", Integer, nullable=False),
    Column("reworks", Integer, nullable=False),
    Column("lead", NAME),
    Column("claimed_by", NAME),
    Column("claimed_until", Moment),
    Column("doubt_since", Moment),
    Column("still_asked_at", Moment),
    Index("one_open_incident_per_place", "kind", "place", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    Index("incidents_by_place", "place", "raised_at"),
    Index("incidents_newest_first", "raised_at", "id"),
    Index("incidents_gravest_first", "colour", "raised_at", "id"),
    Index("incidents_by_status", "status", "raised_at"),
    Index("incidents_by_camera", "camera_id", "status"),
)

lives = Table(
    "lives",
    metadata,
    Column("life", ID, primary_key=True),
    Column("incident_id", ID, ForeignKey("incidents.id"), nullable=False),
)

numbers = Table(
    "numbers",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
)

observations = Table(
    "observations",
    metadata,
    Column("id", ID, primary_key=True),
    Column("incident_id", ID, ForeignKey("incidents.id"), nullable=False),
    Column("phase", Word(Phase), nullable=False),
    Column("captured_at", Moment, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("body", JSON, nullable=False),
    Index("observations_by_incident", "incident_id", "captured_at"),
)

dispatches = Table(
    "dispatches",
    metadata,
    Column("id", ID, primary_key=True),
    Column("incident_id", ID, ForeignKey("incidents.id"), nullable=False),
    Column("department", NAME, nullable=False),
    Column("part", Word(dispatch.Part), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("status", Word(dispatch.Status), nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("limit_continuous_hours", Float),
    Column("due_at", Moment),
    Column("by", NAME, nullable=False),
    Column("delivered_at", Moment),
    Column("suspended_until", Moment),
    Column("reworks", Integer, nullable=False),
    Column("found", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("note", Text, nullable=False),
    UniqueConstraint("incident_id", "department", "attempt", name="one_dispatch_per_attempt"),
    Index("dispatches_by_department", "department", "status"),
    Index("dispatches_suspended", "status", "suspended_until"),
)

stamps = Table(
    "stamps",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("step", Word(Step), nullable=False),
    Column("at", Moment, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("source", Word(Source), nullable=False),
    Column("error_ms", Float),
    Column("by", NAME, nullable=False),
    Column("incident_id", ID, ForeignKey("incidents.id")),
    Column("dispatch_id", ID, ForeignKey("dispatches.id")),
    Column("camera_id", NAME),
    Column("details", JSON, nullable=False),
    Column("prev_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("stamps_by_incident", "incident_id", "id"),
)

exhibits = Table(
    "exhibits",
    metadata,
    Column("id", ROW, primary_key=True),
    Column("incident_id", ID, ForeignKey("incidents.id"), nullable=False),
    Column("dispatch_id", ID, ForeignKey("dispatches.id")),
    Column("role", String(32), nullable=False),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("captured_at", Moment, nullable=False),
    Column("original", Text),
    Column("original_sha256", String(64)),
    Column("added_at", Moment, nullable=False),
    Column("by", NAME, nullable=False),
    UniqueConstraint("incident_id", "role", "name", "sha256", name="one_exhibit_once"),
)
