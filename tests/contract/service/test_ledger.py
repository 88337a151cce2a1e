"""The ledger in the database: it refuses to be changed, and whoever changes it all the same is found out."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from service.errors import LedgerBroken
from service.stamps import Stamp, Step
from tests.clocks import MORNING
from tests.contract.service.duty import Duty


@pytest.mark.parametrize(
    "statement", ["UPDATE stamps SET by = 'forger' WHERE id = 3", "DELETE FROM stamps WHERE id = 3"]
)
def test_the_database_refuses_to_change_or_forget_a_stamp(duty: Duty, tmp_path: Path, statement: str) -> None:
    duty.raised()
    with _behind_our_back(tmp_path) as connection, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(statement)


def test_a_byte_flipped_behind_our_back_is_found(duty: Duty, tmp_path: Path) -> None:
    duty.raised()
    with duty.store.read() as tx:
        assert tx.stamps.verify()[0] == 7
    with _behind_our_back(tmp_path) as connection:
        connection.execute("DROP TRIGGER stamps_refuse_UPDATE")
        connection.execute("UPDATE stamps SET at = at + 1 WHERE id = 3")
    with duty.store.read() as tx, pytest.raises(LedgerBroken) as broken:
        tx.stamps.verify()
    assert broken.value.stamp_id == 3


def test_a_long_ledger_is_verified_to_its_end(duty: Duty) -> None:
    with duty.store.begin() as tx:
        for _ in range(1100):
            tx.stamps.append(Stamp(step=Step.CONTINUED, at=MORNING, recorded_at=MORNING))
    with duty.store.read() as tx:
        assert tx.stamps.verify()[0] == 1100


def test_microseconds_survive_the_database(duty: Duty) -> None:
    odd = MORNING.replace(microsecond=123457)
    incident = duty.raised(began_at=odd)
    assert duty.incident(incident.id).began_at == odd
    assert duty.stamps(incident.id)[0].at == odd


def test_what_is_taken_back_leaves_no_stamp(duty: Duty) -> None:
    with pytest.raises(IntegrityError), duty.store.begin() as tx:
        tx.stamps.append(Stamp(step=Step.CONTINUED, at=MORNING, recorded_at=MORNING, incident_id="nobody"))
    with duty.store.read() as tx:
        assert tx.stamps.last_id() == 0


def test_a_reader_who_asks_for_what_came_after_misses_nothing(duty: Duty) -> None:
    seen: list[int] = []
    for lane in ("a", "b", "c"):
        duty.raised(zone_id=lane)
        with duty.store.read() as tx:
            seen += [stamp.id for stamp in tx.stamps.after(seen[-1] if seen else 0, limit=5)]
            seen += [stamp.id for stamp in tx.stamps.after(seen[-1], limit=5)]
    assert seen == list(range(1, 22))


def _behind_our_back(tmp_path: Path) -> sqlite3.Connection:
    return sqlite3.connect(tmp_path / "patrol.db", isolation_level=None)
