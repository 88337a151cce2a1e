"""The incident's table of moves, walked pair by pair."""

from itertools import product

import pytest

from service.errors import IllegalMove
from service.incident import DISCARDED, OPEN, TRANSITIONS, Event, Status, after

ENDS = DISCARDED | {Status.CLOSED}


@pytest.mark.parametrize(("status", "event"), list(product(Status, Event)))
def test_every_pair_moves_as_the_table_says_or_is_refused(status: Status, event: Event) -> None:
    if (status, event) in TRANSITIONS:
        assert after(status, event) is TRANSITIONS[status, event]
    else:
        with pytest.raises(IllegalMove, match=status):
            after(status, event)


def test_every_status_can_be_reached_from_a_candidate() -> None:
    assert _reachable(Status.CANDIDATE) == set(Status)


@pytest.mark.parametrize("status", Status)
def test_every_status_can_come_to_an_end(status: Status) -> None:
    assert _reachable(status) & ENDS


def test_every_event_moves_something() -> None:
    assert {event for _, event in TRANSITIONS} == set(Event)


def test_only_a_reopening_leads_out_of_an_end() -> None:
    ways_out = {event for status, event in TRANSITIONS if status in ENDS}
    assert ways_out == {Event.REOPEN, Event.UNMERGE}


def test_a_verified_place_is_free_for_the_next_incident() -> None:
    assert Status.VERIFIED not in OPEN


def test_a_refused_move_is_not_worth_repeating() -> None:
    assert IllegalMove("incident", "closed", "confirm").again is False


def _reachable(start: Status) -> set[Status]:
    found, before = {start}, set[Status]()
    while found != before:
        before = set(found)
        found |= {to for (status, _), to in TRANSITIONS.items() if status in before}
    return found
