"""Flights, their files, and the keys of the teams that fly."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("keys", sa.Column("team", sa.String(length=200)))
    _flights()
    _flight_files()


def _flights() -> None:
    op.create_table(
        "flights",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("team", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("mission", sa.String(32), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("timezone", sa.String(length=200)),
        sa.Column("captured_from", sa.BigInteger()),
        sa.Column("captured_until", sa.BigInteger()),
        sa.Column("took_off_at", sa.BigInteger()),
        sa.Column("clock_error_s", sa.Float()),
        sa.Column("declared_at", sa.BigInteger(), nullable=False),
        sa.Column("declared_by", sa.String(length=200), nullable=False),
        sa.Column("touched_at", sa.BigInteger(), nullable=False),
        sa.Column("uploaded_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("flights_by_team", "flights", ["team", "declared_at"])
    op.create_index("flights_by_status", "flights", ["status", "touched_at"])


def _flight_files() -> None:
    op.create_table(
        "flight_files",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("flight_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("fault", sa.JSON()),
        sa.Column("media", sa.JSON()),
        sa.Column("duplicate_of", sa.String(length=64)),
        sa.Column("uploaded_at", sa.BigInteger()),
        sa.Column("settled_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["flight_id"], ["flights.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("flight_files_by_flight", "flight_files", ["flight_id", "name"], unique=True)
    op.create_index("flight_files_by_content", "flight_files", ["sha256"])
    op.create_index("flight_files_to_check", "flight_files", ["status", "uploaded_at"])
