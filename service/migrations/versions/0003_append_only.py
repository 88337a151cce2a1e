"""The database itself refuses to change or forget a row of the ledger."""

from alembic import op

revision = "0003"
down_revision = "0002"

_SQLITE = """
CREATE TRIGGER stamps_refuse_{word} BEFORE {word} ON stamps
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
"""
_POSTGRESQL_FUNCTION = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$
"""
_POSTGRESQL = """
CREATE TRIGGER stamps_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON stamps
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_POSTGRESQL_FUNCTION)
        op.execute(_POSTGRESQL)
        return
    for word in ("UPDATE", "DELETE"):
        op.execute(_SQLITE.format(word=word))
