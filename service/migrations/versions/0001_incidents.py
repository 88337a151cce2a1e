"""Incidents, dispatches and the ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# SQLite gives out row numbers only to a column that is exactly INTEGER.
_ROW = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _incidents()
    _numbers()
    _dispatches()
    _lives()
    _observations()
    _exhibits()
    _stamps()


def _incidents() -> None:
    op.create_table(
        "incidents",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("life", sa.String(length=64), nullable=False),
        sa.Column("camera_id", sa.String(length=200), nullable=False),
        sa.Column("zone_id", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("colour", sa.Integer(), nullable=False),
        sa.Column("why_zh", sa.Text(), nullable=False),
        sa.Column("why_en", sa.Text(), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("already_there", sa.Boolean(), nullable=False),
        sa.Column("raised_at", sa.BigInteger(), nullable=False),
        sa.Column("last_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("seen_s", sa.Float(), nullable=False),
        sa.Column("unseen_s", sa.Float(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("measures", sa.JSON(), nullable=False),
        sa.Column("where", sa.JSON()),
        sa.Column("cleared_at", sa.BigInteger()),
        sa.Column("shown_at", sa.BigInteger()),
        sa.Column("resolved_at", sa.BigInteger()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("merged_into", sa.String(length=64)),
        sa.Column("recurrence_of", sa.String(length=64)),
        sa.Column("recurrences", sa.Integer(), nullable=False),
        sa.Column("reworks", sa.Integer(), nullable=False),
        sa.Column("lead", sa.String(length=200)),
        sa.Column("claimed_by", sa.String(length=200)),
        sa.Column("claimed_until", sa.BigInteger()),
        sa.Column("doubt_since", sa.BigInteger()),
        sa.Column("still_asked_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["merged_into"], ["incidents.id"]),
        sa.ForeignKeyConstraint(["recurrence_of"], ["incidents.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index("incidents_by_camera", "incidents", ["camera_id", "status"])
    op.create_index("incidents_by_place", "incidents", ["place", "raised_at"])
    op.create_index("incidents_by_status", "incidents", ["status", "raised_at"])
    op.create_index("incidents_gravest_first", "incidents", ["colour", "raised_at", "id"])
    op.create_index("incidents_newest_first", "incidents", ["raised_at", "id"])
    op.create_index(
        "one_open_incident_per_place",
        "incidents",
        ["kind", "place"],
        unique=True,
        sqlite_where=sa.text("status IN ('confirmed', 'dispatched', 'in_progress', 'raised', 'resolved')"),
        postgresql_where=sa.text("status IN ('confirmed', 'dispatched', 'in_progress', 'raised', 'resolved')"),
    )


def _numbers() -> None:
    op.create_table(
        "numbers",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year"),
    )


def _dispatches() -> None:
    op.create_table(
        "dispatches",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("incident_id", sa.String(length=64), nullable=False),
        sa.Column("department", sa.String(length=200), nullable=False),
        sa.Column("part", sa.String(32), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("limit_continuous_hours", sa.Float()),
        sa.Column("due_at", sa.BigInteger()),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("delivered_at", sa.BigInteger()),
        sa.Column("suspended_until", sa.BigInteger()),
        sa.Column("reworks", sa.Integer(), nullable=False),
        sa.Column("found", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("incident_id", "department", "attempt", name="one_dispatch_per_attempt"),
    )
    op.create_index("dispatches_by_department", "dispatches", ["department", "status"])
    op.create_index("dispatches_suspended", "dispatches", ["status", "suspended_until"])


def _lives() -> None:
    op.create_table(
        "lives",
        sa.Column("life", sa.String(length=64), nullable=False),
        sa.Column("incident_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"]),
        sa.PrimaryKeyConstraint("life"),
    )


def _observations() -> None:
    op.create_table(
        "observations",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("incident_id", sa.String(length=64), nullable=False),
        sa.Column("phase", sa.String(32), nullable=False),
        sa.Column("captured_at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("observations_by_incident", "observations", ["incident_id", "captured_at"])


def _exhibits() -> None:
    op.create_table(
        "exhibits",
        sa.Column("id", _ROW, nullable=False),
        sa.Column("incident_id", sa.String(length=64), nullable=False),
        sa.Column("dispatch_id", sa.String(length=64)),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("captured_at", sa.BigInteger(), nullable=False),
        sa.Column("original", sa.Text()),
        sa.Column("original_sha256", sa.String(length=64)),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["dispatch_id"], ["dispatches.id"]),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("incident_id", "role", "name", "sha256", name="one_exhibit_once"),
    )


def _stamps() -> None:
    op.create_table(
        "stamps",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("step", sa.String(32), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(32), nullable=False),
        sa.Column("error_ms", sa.Float()),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("incident_id", sa.String(length=64)),
        sa.Column("dispatch_id", sa.String(length=64)),
        sa.Column("camera_id", sa.String(length=200)),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("prev_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["dispatch_id"], ["dispatches.id"]),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("stamps_by_incident", "stamps", ["incident_id", "id"])
