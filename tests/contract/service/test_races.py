"""Many at once: threads on one real database."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from service.dispatch import Status
from service.errors import IllegalMove, PlaceTaken, ServiceError, Stale
from service.incident import Incident
from service.outbox import Outbox
from tests.clocks import MORNING
from tests.contract.service.duty import Duty
from tests.contract.service.test_outbox import Post
from tests.facts import FIRE, OPERATOR, an_observation

CROWD = 50


def all_at_once(act: Callable[[int], object], crowd: int = CROWD) -> list[object]:
    """What each of the crowd got or was refused with."""
    ready = threading.Barrier(crowd)

    def one(n: int) -> object:
        ready.wait()
        try:
            return act(n)
        except ServiceError as error:
            return error

    with ThreadPoolExecutor(crowd) as pool:
        return list(pool.map(one, range(crowd)))


def test_fifty_who_raise_the_same_place_raise_one_incident(duty: Duty) -> None:
    lives = [
        an_observation(began=MORNING + timedelta(seconds=n), at=MORNING + timedelta(seconds=n)) for n in range(CROWD)
    ]
    raised = all_at_once(lambda n: duty.desk.record(lives[n]))
    assert {one.id for one in raised if isinstance(one, Incident)} == {duty_incident(duty).id}
    assert duty.count() == 1
    assert duty_incident(duty).recurrences == CROWD - 1


def test_fifty_who_send_the_same_observation_are_heard_once(duty: Duty) -> None:
    all_at_once(lambda _: duty.desk.record(an_observation()))
    assert len(duty.stamps(duty_incident(duty).id)) == 7


def test_of_many_who_confirm_one_does(duty: Duty) -> None:
    incident = duty.raised()
    results = all_at_once(lambda n: duty.desk.confirm(incident.id, by=f"operator:{n}"), crowd=10)
    assert sum(isinstance(one, Incident) for one in results) == 1
    assert sum(isinstance(one, IllegalMove) for one in results) == 9
    assert duty.steps(incident.id).count("confirmed") == 1


def test_many_deliverers_deliver_each_letter_once(duty: Duty) -> None:
    for n in range(8):
        incident = duty.desk.confirm(duty.raised(zone_id=f"lane-{n}").id, by=OPERATOR)
        duty.desk.dispatch(incident.id, by=OPERATOR)
    post = Post()
    post.clock = duty.clock
    outbox = Outbox(duty.store, duty.clock, duty.county, {"webhook": post})
    while outbox_has_work(duty):
        all_at_once(lambda _: outbox.deliver_due(), crowd=4)
    assert len(post.sent) == 16
    assert len({webhook_id for _, webhook_id in post.sent}) == 16
    with duty.store.read() as tx:
        assert {one.status for one in tx.dispatches.for_department(FIRE)} == {Status.DELIVERED}


def test_who_saves_a_version_second_is_stale_and_may_try_again(duty: Duty) -> None:
    incident = duty.raised()
    with duty.store.begin() as tx:
        tx.incidents.save(incident.next(subject="van"))
    with pytest.raises(Stale) as stale, duty.store.begin() as tx:
        tx.incidents.save(incident.next(subject="bus"))
    assert stale.value.again
    assert duty.incident(incident.id).subject == "van"


def test_the_database_itself_refuses_a_second_open_incident_at_a_place(duty: Duty) -> None:
    incident = duty.raised()
    twin = replace(incident, id="twin", life="twin", number="2026-9999")
    with pytest.raises(PlaceTaken), duty.store.begin() as tx:
        tx.incidents.add(twin)
    assert duty.count() == 1


def duty_incident(duty: Duty) -> Incident:
    with duty.store.read() as tx:
        return tx.incidents.by_number("2026-0001")


def outbox_has_work(duty: Duty) -> bool:
    with duty.store.read() as tx:
        return tx.outbox.has_due(duty.clock.now())
