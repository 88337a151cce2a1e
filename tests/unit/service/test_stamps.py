"""The chain of hashes: whatever is changed afterwards shows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from service.errors import LedgerBroken
from service.stamps import FIRST_HASH, Source, Stamp, Step, chained, verify
from tests.clocks import MORNING


def a_ledger(length: int = 5) -> list[Stamp]:
    stamps: list[Stamp] = []
    for n in range(length):
        last_id, last_hash = (stamps[-1].id, stamps[-1].hash) if stamps else (0, FIRST_HASH)
        fresh = Stamp(step=Step.CONTINUED, at=MORNING, recorded_at=MORNING, by="op", details={"n": n, "字": "汉"})
        stamps.append(chained(fresh, after_id=last_id, after_hash=last_hash))
    return stamps


def test_an_untouched_chain_gives_its_head() -> None:
    ledger = a_ledger()
    assert verify(ledger) == (5, ledger[-1].hash)


def test_an_empty_ledger_is_whole() -> None:
    assert verify([]) == (0, FIRST_HASH)


@pytest.mark.parametrize(
    "forgery",
    [
        {"step": Step.CONFIRMED},
        {"at": MORNING + timedelta(microseconds=1)},
        {"recorded_at": MORNING + timedelta(microseconds=1)},
        {"source": Source.CAMERA},
        {"error_ms": 1.0},
        {"by": "oq"},
        {"incident_id": "i"},
        {"dispatch_id": "d"},
        {"camera_id": "c"},
        {"details": {"n": 2, "字": "漢"}},
        {"prev_hash": FIRST_HASH},
    ],
)
def test_no_field_can_be_changed_unseen(forgery: dict[str, object]) -> None:
    ledger = a_ledger()
    ledger[2] = replace(ledger[2], **forgery)  # type: ignore[arg-type]
    with pytest.raises(LedgerBroken) as broken:
        verify(ledger)
    assert broken.value.stamp_id == 3


def test_a_row_taken_out_leaves_a_gap() -> None:
    ledger = a_ledger()
    del ledger[2]
    with pytest.raises(LedgerBroken) as broken:
        verify(ledger)
    assert broken.value.stamp_id == 3


def test_a_row_rewritten_with_its_own_hash_breaks_the_next_one() -> None:
    ledger = a_ledger()
    ledger[2] = chained(replace(ledger[2], by="forger"), after_id=2, after_hash=ledger[1].hash)
    with pytest.raises(LedgerBroken) as broken:
        verify(ledger)
    assert broken.value.stamp_id == 4


def test_cutting_off_the_end_changes_the_head() -> None:
    ledger = a_ledger()
    assert verify(ledger[:-1]) != verify(ledger)
