"""The couriers: real threads, woken by a commit, stopped without waiting for anybody."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from service.channels.channel import Channel
from service.county import Endpoint
from service.courier import Courier
from service.dispatch import Status
from service.letters import Letter
from service.outbox import Outbox
from tests.contract.service.duty import Duty
from tests.contract.service.test_outbox import Post
from tests.facts import FIRE, OPERATOR, URBAN

PATIENCE_S = 20.0
NEVER_S = 3600.0  # so that only a wake-up can explain a delivery


class Told(Post):
    """Says when so many letters have been sent."""

    def __init__(self, duty: Duty, letters: int) -> None:
        super().__init__()
        self.clock = duty.clock
        self.enough = threading.Event()
        self._letters = letters

    def send(self, endpoint: Endpoint, letter: Letter) -> int:
        status = super().send(endpoint, letter)
        if len(self.sent) >= self._letters:
            self.enough.set()
        return status


@contextmanager
def couriers(duty: Duty, post: Channel, *, threads: int = 2, poll_s: float = NEVER_S) -> Iterator[Courier]:
    outbox = Outbox(duty.store, duty.clock, duty.county, {"webhook": post})
    courier = Courier(outbox, duty.desk, threads=threads, poll_s=poll_s)
    duty.store.listen(courier.wake)
    courier.start()
    try:
        yield courier
    finally:
        courier.stop()


def test_a_commit_wakes_the_couriers(duty: Duty) -> None:
    post = Told(duty, 2)
    with couriers(duty, post):
        duty.dispatched(None)
        assert post.enough.wait(PATIENCE_S)


def test_what_was_left_over_is_delivered_at_the_next_start(duty: Duty) -> None:
    duty.dispatched()
    post = Told(duty, 1)
    with couriers(duty, post):
        assert post.enough.wait(PATIENCE_S)


def test_a_retry_comes_due_without_a_wake_up(duty: Duty) -> None:
    incident, _ = duty.dispatched()
    post = Told(duty, 1)
    with duty.store.begin() as tx:
        (letter,) = tx.outbox.of(incident.id)
        tx.outbox.save(replace(letter, next_at=letter.next_at + timedelta(seconds=5)))
    with couriers(duty, post, poll_s=0.01):
        duty.after(seconds=5)
        assert post.enough.wait(PATIENCE_S)


def test_a_hanging_department_does_not_hold_up_another(duty: Duty) -> None:
    released = threading.Event()
    post = Told(duty, 1)

    class Hangs:
        def send(self, endpoint: Endpoint, letter: Letter) -> int:
            if letter.department == FIRE:
                released.wait(PATIENCE_S)
                return 200
            return post.send(endpoint, letter)

    with couriers(duty, Hangs()):
        _, (fire, _) = duty.dispatched([FIRE, URBAN])
        assert post.enough.wait(PATIENCE_S)
        assert duty.dispatch(fire.id).status is Status.SENT
        released.set()


def test_a_courier_that_stumbles_over_a_letter_goes_on_with_the_others(duty: Duty) -> None:
    post = Told(duty, 1)

    class Stumbles:
        def send(self, endpoint: Endpoint, letter: Letter) -> int:
            if letter.department == FIRE:
                raise ZeroDivisionError
            return post.send(endpoint, letter)

    with couriers(duty, Stumbles(), threads=1):
        incident = duty.desk.confirm(duty.raised().id, by=OPERATOR)
        duty.desk.dispatch(incident.id, by=OPERATOR, departments=[FIRE])
        duty.desk.dispatch(incident.id, by=OPERATOR, departments=[URBAN])
        assert post.enough.wait(PATIENCE_S)


def test_couriers_rest_when_nothing_is_due(duty: Duty) -> None:
    """They wake each other at every commit; that must come to an end."""
    looks = _Counting(duty)
    post = Told(duty, 2)
    with couriers(duty, post, threads=3):
        duty.dispatched(None)
        assert post.enough.wait(PATIENCE_S)
    assert looks.commits < 12


class _Counting:
    def __init__(self, duty: Duty) -> None:
        self.commits = 0
        duty.store.listen(self._one)

    def _one(self) -> None:
        self.commits += 1
