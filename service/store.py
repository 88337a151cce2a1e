"""The one way to the database: transactions on SQLite or PostgreSQL, and in each the rows of every noun."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import OperationalError

from service.errors import Busy
from service.store_answers import Answers
from service.store_cameras import Cameras
from service.store_dispatches import Dispatches
from service.store_endpoints import Endpoints
from service.store_exhibits import Exhibits
from service.store_flights import Flights
from service.store_incidents import Incidents
from service.store_keys import Keys
from service.store_observations import Observations
from service.store_outbox import Letters
from service.store_stamps import Stamps
from service.store_timing import TimingRows

BUSY_S = 15
_LEDGER_LOCK = 0x70_61_74_72  # any number, the same for everyone who appends to the ledger
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # a committed incident survives a power cut
    "PRAGMA foreign_keys=ON",
    f"PRAGMA busy_timeout={BUSY_S * 1000}",
)


class Tx:
    """Everything that can be read and written inside one transaction, by noun."""

    def __init__(self, connection: Connection) -> None:
        self.incidents = Incidents(connection)
        self.observations = Observations(connection)
        self.dispatches = Dispatches(connection)
        self.stamps = Stamps(connection)
        self.exhibits = Exhibits(connection)
        self.cameras = Cameras(connection)
        self.outbox = Letters(connection)
        self.endpoints = Endpoints(connection)
        self.timing = TimingRows(connection)
        self.keys = Keys(connection)
        self.answers = Answers(connection)
        self.flights = Flights(connection)


class Store:
    """Safe to share between threads. `open` brings the schema up to date before anything else happens."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self._engine: Engine | None = None
        self._listeners: tuple[Callable[[], None], ...] = ()

    def open(self) -> None:
        """Two processes may open the same database at once: one migrates, the other waits."""
        self._engine = self._connected()
        with self._transaction(write=True) as connection:
            _migrate(connection)

    def close(self) -> None:
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    def listen(self, listener: Callable[[], None]) -> None:
        """Called after every committed write, in the thread that wrote: it should only take note."""
        self._listeners = (*self._listeners, listener)

    @contextmanager
    def begin(self) -> Iterator[Tx]:
        """Commits when the block ends, takes everything back when it raises. Writers wait for each other.

        Never talk to the network in here.
        """
        with self._transaction(write=True) as connection:
            yield Tx(connection)
        for listener in self._listeners:
            listener()

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """One moment of the database; does not wait for writers."""
        with self._transaction(write=False) as connection:
            yield Tx(connection)

    @contextmanager
    def _transaction(self, *, write: bool) -> Iterator[Connection]:
        if self._engine is None:
            raise RuntimeError("Store.open was not called")
        try:
            with self._engine.connect() as connection, self._begun(connection, write=write):
                yield connection
        except OperationalError as error:
            if _is_busy(error):
                raise Busy from error
            raise

    @contextmanager
    def _begun(self, connection: Connection, *, write: bool) -> Iterator[None]:
        connection.execution_options(**self._options(write))
        with connection.begin():
            if write and connection.dialect.name == "postgresql":
                # Ledger ids must become visible in their order: readers ask for "everything after id n".
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LEDGER_LOCK})
            yield

    def _options(self, write: bool) -> dict[str, Any]:
        if self.url.get_backend_name() == "sqlite":
            return {"begin": "BEGIN IMMEDIATE" if write else "BEGIN"}
        return {} if write else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}

    def _connected(self) -> Engine:
        if self.url.get_backend_name() != "sqlite":
            return create_engine(self.url, pool_pre_ping=True)
        if self.url.database:
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(self.url, connect_args={"timeout": BUSY_S})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine


def _prepare_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves: the driver would say it too late
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def _is_busy(error: OperationalError) -> bool:
    return error.connection_invalidated or "locked" in str(error.orig)


def _migrate(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
