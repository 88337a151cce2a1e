"""Runs the migrations on the connection that the store hands over, inside its transaction."""

from alembic import context

from service import flight_tables, post_tables, tables

# All parts of the schema must have been imported before they are compared with a database.
assert post_tables.outbox.metadata is flight_tables.flights.metadata is tables.metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
