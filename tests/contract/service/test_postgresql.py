"""The same promises on PostgreSQL: the road, the ledger, the races and the leases."""

import importlib.util
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from pipelines.observation import ZoneState
from service.dispatch import Status
from service.incident import Incident
from service.incident import Status as IncidentStatus
from service.incident_filter import Filter, Order
from service.outbox import LEASE, Outbox
from service.stamps import Stamp
from service.store import Store
from service.tables import metadata
from service.timing import measure
from tests.clocks import MORNING, FakeClock
from tests.contract.service.duty import Duty
from tests.contract.service.test_outbox import Post
from tests.facts import FIRE, OPERATOR, a_county, an_observation
from tests.postgres import Postgres, a_server, binaries

PROGRAMS = binaries()
pytestmark = [
    pytest.mark.skipif(
        PROGRAMS is None, reason="no PostgreSQL server is installed here (Debian: apt install postgresql)"
    ),
    pytest.mark.skipif(importlib.util.find_spec("psycopg") is None, reason="psycopg is not installed"),
]


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    assert PROGRAMS is not None
    with a_server(PROGRAMS) as server:
        yield server


@pytest.fixture
def store(postgres: Postgres, request: pytest.FixtureRequest) -> Iterator[Store]:
    name = f"t{abs(hash(request.node.name)):x}"
    engine = create_engine(postgres.url("postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    store = Store(postgres.url(name))
    store.open()
    yield store
    store.close()


@pytest.fixture
def duty(store: Store) -> Duty:
    return Duty(store, FakeClock(), a_county(close_after_verified=True))


def test_the_migrations_make_the_same_tables(duty: Duty) -> None:
    engine = create_engine(duty.store.url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_the_whole_road_from_camera_to_closing(duty: Duty) -> None:
    incident, (fire, urban) = duty.dispatched(None)
    post = Post()
    post.clock = duty.clock
    assert Outbox(duty.store, duty.clock, duty.county, {"webhook": post}).deliver_due() == 2
    for one in (fire, urban):
        duty.desk.acknowledge(one.id, by="department:any")
        duty.desk.resolve(one.id, by="department:any")
    duty.after(seconds=4)
    duty.sees(ZoneState.CLEAR, picture="clear.jpg")
    assert duty.incident(incident.id).status is IncidentStatus.CLOSED
    with duty.store.read() as tx:
        assert tx.stamps.verify()[0] == tx.stamps.last_id()
        figures = {one.metric.id: one for one in measure(tx.timing.rows(), now=duty.clock.now())}
        assert figures["handling_closed"].p50 == 4
        assert tx.observations.of(incident.id) == [an_observation()]
        assert tx.incidents.page(Filter(text="0001 2.6", order=Order.GRAVEST, department=FIRE)).incidents


@pytest.mark.parametrize("statement", ["UPDATE stamps SET by = 'forger'", "DELETE FROM stamps", "TRUNCATE stamps"])
def test_the_database_refuses_to_change_or_forget_a_stamp(duty: Duty, statement: str) -> None:
    duty.raised()
    with pytest.raises(DBAPIError, match="append-only"), duty.store.begin() as tx:
        tx.stamps._db.execute(text(statement))


def test_fifty_who_raise_the_same_place_raise_one_incident(duty: Duty) -> None:
    lives = [an_observation(began=MORNING + timedelta(seconds=n), at=MORNING + timedelta(seconds=n)) for n in range(50)]
    with ThreadPoolExecutor(10) as pool:
        raised = list(pool.map(duty.desk.record, lives))
    assert len({one.id for one in raised if isinstance(one, Incident)}) == 1
    assert duty.count() == 1


def test_many_deliverers_deliver_each_letter_once(duty: Duty) -> None:
    for n in range(5):
        incident = duty.desk.confirm(duty.raised(zone_id=f"lane-{n}").id, by=OPERATOR)
        duty.desk.dispatch(incident.id, by=OPERATOR)
    post = Post()
    post.clock = duty.clock
    outbox = Outbox(duty.store, duty.clock, duty.county, {"webhook": post})
    while _has_due(duty):
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: outbox.deliver_due(), range(4)))
    assert len({webhook_id for _, webhook_id in post.sent}) == len(post.sent) == 10


def test_a_lease_that_ran_out_is_taken_by_another(duty: Duty) -> None:
    _, (sent,) = duty.dispatched([FIRE])
    with duty.store.begin() as tx:
        assert tx.outbox.claim(now=duty.clock.now(), lease="dead", until=duty.clock.now() + LEASE) is not None
    post = Post()
    post.clock = duty.clock
    outbox = Outbox(duty.store, duty.clock, duty.county, {"webhook": post})
    assert outbox.deliver_due() == 0
    duty.clock.move(LEASE.total_seconds())
    assert outbox.deliver_due() == 1
    assert duty.dispatch(sent.id).status is Status.DELIVERED


def test_ledger_ids_become_visible_in_their_order(duty: Duty) -> None:
    """A reader that asks for everything after the last id it saw must never miss one that commits later."""
    over = threading.Event()
    seen: list[Stamp] = []

    def read() -> None:
        while True:
            last = over.is_set()
            with duty.store.read() as tx:
                seen.extend(tx.stamps.after(seen[-1].id if seen else 0))
            if last:
                return

    reader = threading.Thread(target=read)
    reader.start()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: duty.raised(zone_id=f"lane-{n}"), range(20)))
    over.set()
    reader.join()
    assert [stamp.id for stamp in seen] == list(range(1, 141))


def _has_due(duty: Duty) -> bool:
    with duty.store.read() as tx:
        return tx.outbox.has_due(duty.clock.now())
