"""The circuit breaker: an endpoint that keeps failing is left alone for a while."""

from datetime import timedelta

from service.breaker import FAILURES, REST, answered, failed
from service.letters import EndpointState
from tests.clocks import MORNING

WELL = EndpointState(department="fire")
SECOND = timedelta(seconds=1)


def failing(times: int, *, every: timedelta = SECOND) -> EndpointState:
    state = WELL
    for n in range(times):
        state = failed(state, MORNING + n * every)
    return state


def test_a_few_failures_do_not_open_it() -> None:
    assert failing(FAILURES - 1).open_until is None


def test_five_failures_within_a_minute_open_it_for_half_a_minute() -> None:
    assert failing(FAILURES).open_until == MORNING + 4 * SECOND + REST


def test_five_failures_over_a_long_time_do_not() -> None:
    assert failing(FAILURES, every=timedelta(seconds=61)).open_until is None


def test_a_probe_that_fails_opens_it_again_at_once() -> None:
    later = MORNING + timedelta(minutes=10)
    assert failed(failing(FAILURES), later).open_until == later + REST


def test_one_answer_closes_it() -> None:
    assert answered(failing(FAILURES)) == WELL
