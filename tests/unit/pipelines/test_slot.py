"""Room for one thing between two threads."""

from threading import Thread

from pipelines.slot import Slot


def test_the_newest_wins_and_what_it_overtakes_is_told() -> None:
    slot: Slot[int] = Slot()
    assert [slot.put(1), slot.put(2)] == [False, True]
    assert slot.take(0) == 2
    assert slot.take(0) is None
    assert slot.put(3) is False


def test_shutting_wakes_whoever_waits() -> None:
    slot: Slot[int] = Slot()
    got: list[int | None] = []
    waiters = [Thread(target=lambda: got.append(slot.take(60))) for _ in range(3)]
    for waiter in waiters:
        waiter.start()
    slot.shut()
    for waiter in waiters:
        waiter.join(10)
    assert got == [None, None, None]


def test_after_shutting_nothing_comes_out() -> None:
    slot: Slot[int] = Slot()
    slot.put(1)
    slot.shut()
    assert slot.take(60) is None
