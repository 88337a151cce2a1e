"""Delivers the letters that committed with a fact: at least once, outside any transaction, never lost silently."""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from clock import Clock
from service import breaker, delivery
from service.channels.channel import Channel
from service.county import County
from service.errors import AddressRefused, NotDelivered
from service.letters import Attempt, Letter
from service.schedule import CALM, URGENT
from service.stamps import Step
from service.store import Store, Tx
from service.work import Work

# Longer than an attempt takes; if we die, another takes the letter up after this, well within the urgent minute.
LEASE = timedelta(seconds=30)


class Outbox:
    """Safe to share between threads and processes: a letter is leased to one of them at a time."""

    def __init__(self, store: Store, clock: Clock, county: County, channels: Mapping[str, Channel]) -> None:
        self._store = store
        self._clock = clock
        self._county = county
        self._channels = channels

    def deliver_due(self) -> int:
        """Until nothing is due. How many attempts were made."""
        self._give_up_overdue()
        attempts = 0
        while (letter := self._claim()) is not None:
            self._attempt(letter)
            attempts += 1
        return attempts

    def replay(self, letter_id: int, *, by: str) -> Letter:
        """A dead letter is tried again, under the same webhook id: one that did arrive has no second effect."""
        with self._work() as work:
            return delivery.replayed(work, work.tx.outbox.get(letter_id), by=by)

    def replay_dead(self, department: str, *, by: str) -> int:
        with self._work() as work:
            dead = work.tx.outbox.dead(limit=10_000, department=department)
            for letter in dead:
                delivery.replayed(work, letter, by=by)
        return len(dead)

    def enable(self, department: str, *, by: str) -> None:
        """The endpoint is there again: what waits for it goes out at once."""
        with self._work() as work:
            work.tx.endpoints.put(breaker.enabled(work.tx.endpoints.get(department)))
            work.stamp(Step.ENDPOINT_ENABLED, by=by, details={"department": department})
            for letter in work.tx.outbox.waiting_for(department):
                work.tx.outbox.save(replace(letter, next_at=work.now))

    def _claim(self) -> Letter | None:
        """The dispatch is marked as sent before the first attempt: a crash in between is repeated, never forgotten."""
        with self._store.read() as tx:
            if not tx.outbox.has_due(self._clock.now()):
                return None
        with self._work() as work:
            lease = str(uuid.uuid4())
            letter = work.tx.outbox.claim(now=work.now, lease=lease, until=work.now + LEASE)
            if letter is not None:
                delivery.sending(work, letter)
        return letter

    def _attempt(self, letter: Letter) -> None:
        started, began = self._clock.now(), self._clock.monotonic()
        failure: NotDelivered | None = None
        status: int | None = None
        try:
            status = self._send(letter)
        except NotDelivered as error:
            failure, status = error, error.http_status
        took_ms = (self._clock.monotonic() - began) * 1000
        error_text = "" if failure is None else failure.why
        made = Attempt(letter_id=letter.id, at=started, took_ms=took_ms, http_status=status, error=error_text)
        with self._work() as work:
            delivery.settled(work, letter, made, failure)

    def _send(self, letter: Letter) -> int:
        endpoint = self._county.endpoint(letter.department)
        if endpoint is None:
            raise AddressRefused(f"{letter.department} has no endpoint")
        return self._channels[endpoint.channel].send(endpoint, letter)

    def _give_up_overdue(self) -> None:
        """Telephoning must not wait for the next attempt."""
        with self._store.read() as tx:
            if not self._overdue(tx):
                return
        with self._work() as work:
            for letter in self._overdue(work.tx):
                delivery.given_up(work, letter)

    def _overdue(self, tx: Tx) -> list[Letter]:
        now = self._clock.now()
        return tx.outbox.overdue(
            urgent_before=now - timedelta(seconds=URGENT.give_up_after_s),
            calm_before=now - timedelta(seconds=CALM.give_up_after_s),
        )

    @contextmanager
    def _work(self) -> Iterator[Work]:
        with self._store.begin() as tx:
            yield Work(tx, self._clock.now(), self._county)
