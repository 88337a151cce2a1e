"""The store: its schema, its transactions, and what can be asked of it."""

import re
from datetime import timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from pipelines.observation import Kind, Measure, Where
from service.colour import Colour
from service.columns import Word
from service.errors import BadInput, NotFound
from service.incident import OPEN, Status
from service.incident_filter import Filter, Order
from service.keys import Key
from service.metrics import METRICS
from service.store import Store
from service.tables import metadata
from service.timing import measure
from tests.clocks import MORNING
from tests.contract.service.duty import Duty
from tests.facts import FIRE, OPERATOR, URBAN, a_still, an_observation

DAY = timedelta(days=1)


def test_the_migrations_make_the_tables_that_the_code_believes_in(duty: Duty) -> None:
    engine = create_engine(duty.store.url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_the_database_guards_exactly_the_places_of_open_incidents(duty: Duty) -> None:
    with duty.store.read() as tx:
        asked = "SELECT sql FROM sqlite_master WHERE name = 'one_open_incident_per_place'"
        made = str(tx.incidents._db.exec_driver_sql(asked).scalar())
    assert set(re.findall(r"'(\w+)'", made)) == set(OPEN)


def test_opening_twice_changes_nothing(duty: Duty, store: Store) -> None:
    incident = duty.raised()
    store.close()
    store.open()
    assert duty.incident(incident.id) == incident


def test_what_raises_inside_a_transaction_leaves_nothing(duty: Duty) -> None:
    def breaks_off() -> None:
        with duty.store.begin() as tx:
            tx.incidents.next_number(2026)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        breaks_off()
    assert duty.raised().number == "2026-0001"


def test_a_commit_survives_a_power_cut_as_far_as_sqlite_can_promise(duty: Duty) -> None:
    with duty.store.read() as tx:
        pragmas = [
            tx.incidents._db.exec_driver_sql(f"PRAGMA {one}").scalar() for one in ("journal_mode", "synchronous")
        ]
    assert pragmas == ["wal", 2]


def test_listeners_hear_of_every_commit_and_of_nothing_else(duty: Duty) -> None:
    rung: list[int] = []
    duty.store.listen(lambda: rung.append(1))
    incident = duty.raised()
    duty.incident(incident.id)
    with pytest.raises(NotFound):
        duty.desk.confirm("nobody", by=OPERATOR)
    assert len(rung) == 1


def test_everything_of_an_incident_survives_the_database(duty: Duty) -> None:
    incident = duty.raised(
        where=Where(35.5, 111.25, 4.0), measures={"clear_width": Measure(2.6, "m")}, already_there=True
    )
    assert duty.incident(incident.id) == incident
    assert incident.where == Where(35.5, 111.25, 4.0)


def test_what_a_patrol_said_can_be_read_word_for_word(duty: Duty) -> None:
    said = an_observation()
    incident = duty.desk.record(said)
    with duty.store.read() as tx:
        assert tx.observations.of(incident.id) == [said]


def a_night(duty: Duty) -> None:
    """Three incidents, an hour apart: a narrow one, a wide one, and a stall at another camera."""
    for lane, width in (("narrow", 1.0), ("wide", 4.5)):
        duty.raised(zone_id=lane, measures={"clear_width": Measure(width, "m")})
        duty.after(hours=1)
    duty.raised(kind=Kind.STREET_VENDING, source_id="market", zone_id="kerb", measures={})


def zones(duty: Duty, **wanted: object) -> list[str]:
    with duty.store.read() as tx:
        return [one.zone_id for one in tx.incidents.page(Filter(**wanted)).incidents]  # type: ignore[arg-type]


def test_incidents_come_newest_or_gravest_first(duty: Duty) -> None:
    a_night(duty)
    assert zones(duty) == ["kerb", "wide", "narrow"]
    assert zones(duty, order=Order.GRAVEST) == ["narrow", "kerb", "wide"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"kind": Kind.FIRE_LANE}, ["wide", "narrow"]),
        ({"camera": "market"}, ["kerb"]),
        ({"colour": Colour.ORANGE}, ["narrow"]),
        ({"since": MORNING + timedelta(hours=1)}, ["kerb", "wide"]),
        ({"statuses": [Status.CONFIRMED]}, []),
        ({"open_only": True}, ["kerb", "wide", "narrow"]),
        ({"text": "MARKET kerb"}, ["kerb"]),
        ({"text": "0002"}, ["wide"]),
        ({"text": "剩余净宽 1.0"}, ["narrow"]),
        ({"text": "100%"}, []),
        ({"kind": Kind.FIRE_LANE, "colour": Colour.BLUE}, ["wide"]),
    ],
)
def test_incidents_can_be_filtered(duty: Duty, wanted: dict[str, object], found: list[str]) -> None:
    a_night(duty)
    assert zones(duty, **wanted) == found


def test_a_department_finds_what_was_dispatched_to_it(duty: Duty) -> None:
    a_night(duty)
    duty.dispatched([FIRE])
    assert zones(duty, department=FIRE) == ["lane-1"]
    assert zones(duty, department=URBAN) == []


@pytest.mark.parametrize("order", Order)
def test_pages_show_every_incident_once_though_new_ones_come_meanwhile(duty: Duty, order: Order) -> None:
    for n in range(7):
        duty.raised(zone_id=f"lane-{n}")
    seen: list[str] = []
    cursor = None
    while True:
        with duty.store.read() as tx:
            page = tx.incidents.page(Filter(order=order, limit=3, cursor=cursor))
        seen += [one.zone_id for one in page.incidents]
        if (cursor := page.next) is None:
            break
        duty.after(seconds=1)
        duty.raised(zone_id=f"new-{len(seen)}")
    assert sorted(seen) == [f"lane-{n}" for n in range(7)]


@pytest.mark.parametrize("cursor", ["", "nonsense", "WyJ4Il0=", "bnVsbA=="])
def test_a_cursor_that_is_not_ours_is_refused(duty: Duty, cursor: str) -> None:
    with pytest.raises(BadInput), duty.store.read() as tx:
        tx.incidents.page(Filter(cursor=cursor))


def test_a_cursor_belongs_to_its_order(duty: Duty) -> None:
    duty.raised()
    duty.raised(zone_id="lane-2")
    with duty.store.read() as tx:
        cursor = tx.incidents.page(Filter(limit=1)).next
        with pytest.raises(BadInput):
            tx.incidents.page(Filter(order=Order.GRAVEST, cursor=cursor))


@pytest.mark.parametrize("limit", [0, -1, 501])
def test_a_page_has_a_sensible_size(limit: int) -> None:
    with pytest.raises(BadInput):
        Filter(limit=limit)


def test_incidents_are_counted_by_status(duty: Duty) -> None:
    a_night(duty)
    duty.dispatched([FIRE])
    with duty.store.read() as tx:
        assert tx.incidents.count_by_status() == {Status.RAISED: 3, Status.DISPATCHED: 1}


def test_the_whole_road_can_be_timed_from_the_database(duty: Duty) -> None:
    incident = duty.desk.confirm(duty.raised().id, by=OPERATOR)
    duty.after(seconds=5)
    (sent,) = duty.desk.dispatch(incident.id, by=OPERATOR, departments=[FIRE])
    duty.after(seconds=60)
    duty.desk.acknowledge(sent.id, by="department:fire")
    duty.after(seconds=240)
    duty.desk.arrive(sent.id, by="department:fire")
    duty.after(seconds=295)
    duty.desk.resolve(sent.id, by="department:fire", after_photo=a_still("after.jpg"))
    duty.after(seconds=30)
    duty.desk.verify(incident.id, by=OPERATOR, ok=True)
    duty.desk.close(incident.id, by=OPERATOR)
    with duty.store.read() as tx:
        figures = {one.metric.id: one for one in measure(tx.timing.rows(), now=duty.clock.now())}
    assert figures["handling_resolved"].p50 == 600
    assert figures["handling_closed"].p50 == 630
    assert figures["handling_onset"].p50 == 660
    assert figures["travel"].p50 == 240
    assert figures["verify"].p50 == 30
    assert figures["capture_lag"].p50 == 0.2
    assert set(figures) == {metric.id for metric in METRICS}


def test_timing_covers_the_incidents_raised_in_a_span(duty: Duty) -> None:
    a_night(duty)
    with duty.store.read() as tx:
        rows = tx.timing.rows(since=MORNING + timedelta(minutes=30), until=MORNING + timedelta(minutes=90))
    assert {row.number for row in rows} == {"2026-0002"}


def a_key(**changes: object) -> Key:
    values = {"id": "k1", "name": "li", "role": "operator", "department": None, "secret_hash": "h1"}
    return Key(**values | {"created_at": MORNING, "expires_at": MORNING + DAY} | changes)  # type: ignore[arg-type]


def test_keys_are_found_by_their_hash(duty: Duty) -> None:
    with duty.store.begin() as tx:
        tx.keys.add(a_key())
        tx.keys.add(a_key(id="k2", secret_hash="h2", parent="k1", created_at=MORNING + DAY))
        tx.keys.used("k1", MORNING)
        tx.keys.revoke("k2", MORNING)
    with duty.store.read() as tx:
        assert tx.keys.by_hash("h1") == a_key(last_used_at=MORNING)
        assert tx.keys.by_hash("h3") is None
        assert [one.id for one in tx.keys.all()] == ["k2", "k1"]
        assert tx.keys.get("k2").revoked_at == MORNING
        assert tx.keys.count() == 2


def test_an_answer_is_reserved_kept_and_swept(duty: Duty) -> None:
    with duty.store.begin() as tx:
        assert tx.answers.reserve("li", "key", "print", MORNING) is None
        waiting = tx.answers.reserve("li", "key", "print", MORNING + DAY)
        assert waiting is not None
        assert (waiting.status, waiting.at) == (None, MORNING)
        tx.answers.keep("li", "key", 201, b"{}", "application/json", MORNING)
    with duty.store.begin() as tx:
        kept = tx.answers.get("li", "key")
        assert kept is not None
        assert (kept.status, kept.body, kept.fingerprint) == (201, b"{}", "print")
        assert tx.answers.sweep(MORNING) == 0
        assert tx.answers.sweep(MORNING + DAY) == 1
        assert tx.answers.get("li", "key") is None


def test_no_word_is_longer_than_its_column() -> None:
    words = [column.type for table in metadata.tables.values() for column in table.c if isinstance(column.type, Word)]
    assert words
    assert all(len(str(one.value)) <= 32 for word in words for one in word.words)
