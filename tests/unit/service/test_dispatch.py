"""The dispatch's table of moves, walked pair by pair, and what dispatches mean for their incident."""

from collections.abc import Sequence
from itertools import product

import pytest

from service import incident
from service.dispatch import OVER, PROOF_OF_DELIVERY, TRANSITIONS, Dispatch, Event, Part, Status, after, delivered
from service.errors import IllegalMove
from service.incident import derived
from tests.clocks import MORNING


@pytest.mark.parametrize(("status", "event"), list(product(Status, Event)))
def test_every_pair_moves_as_the_table_says_or_is_refused(status: Status, event: Event) -> None:
    if (status, event) in TRANSITIONS:
        assert after(status, event) is TRANSITIONS[status, event]
    else:
        with pytest.raises(IllegalMove, match=status):
            after(status, event)


def test_every_status_can_be_reached_from_the_queue() -> None:
    assert _reachable(Status.QUEUED) == set(Status)


@pytest.mark.parametrize("status", Status)
def test_every_status_can_come_to_an_end(status: Status) -> None:
    assert _reachable(status) & OVER


def test_nothing_leads_out_of_an_end() -> None:
    assert not [status for status, _ in TRANSITIONS if status in OVER]


@pytest.mark.parametrize("status", PROOF_OF_DELIVERY)
def test_an_answer_brings_every_undelivered_dispatch_to_delivered(status: Status) -> None:
    for event in PROOF_OF_DELIVERY[status]:
        status = after(status, event)
    assert status is Status.DELIVERED


def test_the_departments_clock_starts_at_the_first_delivery_only() -> None:
    first = delivered(_dispatch(Status.DELIVERED), MORNING)
    assert delivered(first, MORNING.replace(hour=5)).delivered_at == MORNING


@pytest.mark.parametrize(
    ("status", "dispatches", "event"),
    [
        (incident.Status.DISPATCHED, [Status.DELIVERED, Status.SENT], None),
        (incident.Status.DISPATCHED, [Status.DELIVERED, Status.ACKNOWLEDGED], incident.Event.FIRST_ACK),
        (incident.Status.DISPATCHED, [Status.RETURNED, Status.RECALLED], incident.Event.ALL_RETURNED),
        (incident.Status.DISPATCHED, [Status.RETURNED, Status.SENT], None),
        (incident.Status.IN_PROGRESS, [Status.RESOLVED, Status.ARRIVED], None),
        (incident.Status.IN_PROGRESS, [Status.RESOLVED, Status.UNDELIVERABLE], None),
        (incident.Status.IN_PROGRESS, [Status.RESOLVED, Status.RETURNED], incident.Event.ALL_RESOLVED),
        (incident.Status.IN_PROGRESS, [Status.ACCEPTED, Status.RETURNED], incident.Event.ALL_RETURNED),
        (incident.Status.CONFIRMED, [Status.RETURNED], None),
        (incident.Status.RESOLVED, [Status.RESOLVED], None),
        (incident.Status.CLOSED, [Status.ACCEPTED], None),
    ],
)
def test_what_the_dispatches_together_mean(
    status: incident.Status, dispatches: Sequence[Status], event: incident.Event | None
) -> None:
    assert derived(status, [_dispatch(one) for one in dispatches]) is event


def _dispatch(status: Status) -> Dispatch:
    return Dispatch(
        id="d",
        incident_id="i",
        department="fire",
        part=Part.LEAD,
        attempt=1,
        status=status,
        version=1,
        created_at=MORNING,
        updated_at=MORNING,
        limit_continuous_hours=None,
        due_at=None,
        by="",
    )


def _reachable(start: Status) -> set[Status]:
    found, before = {start}, set[Status]()
    while found != before:
        before = set(found)
        found |= {to for (status, _), to in TRANSITIONS.items() if status in before}
    return found
