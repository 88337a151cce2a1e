"""The tables of flights and of the files declared for them."""

from sqlalchemy import JSON, BigInteger, Column, Float, ForeignKey, Index, String, Table, Text

from service.columns import Moment, Word
from service.flights import FileKind, FileStatus, FlightStatus, Mission
from service.tables import ID, NAME, metadata

flights = Table(
    "flights",
    metadata,
    Column("id", ID, primary_key=True),
    Column("team", NAME, nullable=False),
    Column("status", Word(FlightStatus), nullable=False),
    Column("mission", Word(Mission), nullable=False),
    Column("place", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("timezone", NAME),
    Column("captured_from", Moment),
    Column("captured_until", Moment),
    Column("took_off_at", Moment),
    Column("clock_error_s", Float),
    Column("declared_at", Moment, nullable=False),
    Column("declared_by", NAME, nullable=False),
    Column("touched_at", Moment, nullable=False),
    Column("uploaded_at", Moment),
    Index("flights_by_team", "team", "declared_at"),
    Index("flights_by_status", "status", "touched_at"),
)

flight_files = Table(
    "flight_files",
    metadata,
    Column("id", ID, primary_key=True),
    Column("flight_id", ID, ForeignKey("flights.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("kind", Word(FileKind), nullable=False),
    Column("status", Word(FileStatus), nullable=False),
    Column("fault", JSON(none_as_null=True)),
    Column("media", JSON(none_as_null=True)),
    Column("duplicate_of", ID),
    Column("uploaded_at", Moment),
    Column("settled_at", Moment),
    Index("flight_files_by_flight", "flight_id", "name", unique=True),
    Index("flight_files_by_content", "sha256"),
    Index("flight_files_to_check", "status", "uploaded_at"),
)
