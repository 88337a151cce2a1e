"""When an undelivered letter is tried again."""

import pytest

from service.letters import Letter, MessageType
from service.schedule import CALM, JITTER, URGENT, Schedule, next_attempt, schedule_of
from tests.clocks import MORNING

DAY_S = 86400


def a_letter(*, urgent: bool = True, webhook_id: str = "w") -> Letter:
    return Letter(
        webhook_id=webhook_id,
        incident_id="i",
        dispatch_id="d",
        department="fire",
        type=MessageType.CREATED,
        body="{}",
        urgent=urgent,
        created_at=MORNING,
        started_at=MORNING,
        next_at=MORNING,
    )


def gap_s(letter: Letter, attempts: int, *, retry_after_s: float | None = None) -> float:
    later = next_attempt(letter, attempts=attempts, now=MORNING, retry_after_s=retry_after_s)
    assert later is not None
    return (later - MORNING).total_seconds()


@pytest.mark.parametrize(("urgent", "schedule"), [(True, URGENT), (False, CALM)])
def test_each_gap_is_within_a_fifth_of_the_schedule(urgent: bool, schedule: Schedule) -> None:
    for attempts, gap in enumerate(schedule.gaps_s, 1):
        assert gap_s(a_letter(urgent=urgent), attempts) == pytest.approx(gap, rel=JITTER)


@pytest.mark.parametrize("letter", [a_letter(urgent=True), a_letter(urgent=False)])
def test_after_the_last_gap_there_is_no_further_attempt(letter: Letter) -> None:
    last = len(schedule_of(letter).gaps_s)
    assert next_attempt(letter, attempts=last, now=MORNING, retry_after_s=None) is not None
    assert next_attempt(letter, attempts=last + 1, now=MORNING, retry_after_s=None) is None


def test_an_urgent_letter_is_tried_six_times_before_the_operator_is_called() -> None:
    within = [
        sum(URGENT.gaps_s[:n]) for n in range(len(URGENT.gaps_s)) if sum(URGENT.gaps_s[:n]) < URGENT.give_up_after_s
    ]
    assert within == [0, 2, 5, 10, 20, 40]


def test_a_calm_letter_is_tried_five_times_before_the_operator_is_called() -> None:
    within = [sum(CALM.gaps_s[:n]) for n in range(len(CALM.gaps_s)) if sum(CALM.gaps_s[:n]) < CALM.give_up_after_s]
    assert within == [0, 5, 30, 120, 300, 600][:5]


def test_letters_that_failed_together_do_not_come_back_together() -> None:
    gaps = {gap_s(a_letter(webhook_id=f"w{n}"), 1) for n in range(20)}
    assert len(gaps) == 20
    assert max(gaps) - min(gaps) > JITTER * URGENT.gaps_s[0]


def test_the_receivers_wish_to_wait_is_honoured() -> None:
    assert gap_s(a_letter(), 1, retry_after_s=90) == 90


def test_a_wish_to_be_tried_sooner_is_not() -> None:
    assert gap_s(a_letter(), 5, retry_after_s=1) > 15


def test_nobody_can_put_us_off_for_more_than_a_day() -> None:
    assert gap_s(a_letter(), 1, retry_after_s=1e9) == DAY_S
