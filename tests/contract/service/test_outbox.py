"""The outbox: at least once, under one id, never inside a transaction, never lost in silence."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from pipelines.observation import Measure, Observation
from service.channels.channel import Channel
from service.channels.webhook import WebhookChannel
from service.county import County, Endpoint
from service.dispatch import Status
from service.errors import AddressRefused, EndpointGone, NotDelivered
from service.letters import EndpointState, Letter, LetterState
from service.outbox import LEASE, Outbox
from service.schedule import CALM
from service.store import Store
from tests.clocks import MORNING, FakeClock
from tests.contract.service.department import Department
from tests.contract.service.duty import Duty
from tests.facts import FIRE, OPERATOR, URBAN, WATER, a_county, an_endpoint, an_observation

BY_FIRE = "department:fire"


class Post:
    """A channel that accepts, or raises what it was told to raise, in turn; the last for ever."""

    def __init__(self, *outcomes: NotDelivered | None) -> None:
        self.outcomes = list(outcomes) or [None]
        self.sent: list[tuple[datetime, str]] = []
        self.clock: FakeClock | None = None

    def send(self, endpoint: Endpoint, letter: Letter) -> int:
        assert self.clock is not None
        self.sent.append((self.clock.now(), letter.webhook_id))
        outcome = self.outcomes.pop(0) if len(self.outcomes) > 1 else self.outcomes[0]
        if outcome is not None:
            raise outcome
        return 200


DOWN = NotDelivered("HTTP 500", http_status=500)


class Room:
    """The post room beside the desk."""

    def __init__(self, duty: Duty, post: Post) -> None:
        post.clock = duty.clock
        self.duty = duty
        self.post = post
        self.outbox = an_outbox(duty.store, duty.clock, duty.county, {"webhook": post})

    def waits(self, seconds: float, *, step: float = 1) -> None:
        """Lets so much time go by, looking for due letters all the while."""
        until = self.duty.clock.now() + timedelta(seconds=seconds)
        while self.duty.clock.now() < until:
            self.outbox.deliver_due()
            self.duty.clock.move(step)

    def letter(self, incident_id: str) -> Letter:
        return self.duty.letters(incident_id)[0]

    def endpoint(self, department: str = FIRE) -> EndpointState:
        with self.duty.store.read() as tx:
            return tx.endpoints.get(department)


def an_outbox(store: Store, clock: FakeClock, county: County, channels: Mapping[str, Channel]) -> Outbox:
    return Outbox(store, clock, county, channels)


def offsets(post: Post) -> list[float]:
    return [(at - MORNING).total_seconds() for at, _ in post.sent]


def test_a_dispatch_is_sent_then_delivered(duty: Duty) -> None:
    incident, (sent,) = duty.dispatched()
    room = Room(duty, Post())
    assert room.outbox.deliver_due() == 1
    assert duty.dispatch(sent.id).status is Status.DELIVERED
    assert duty.dispatch(sent.id).delivered_at == MORNING
    assert duty.steps(incident.id)[-2:] == ["sent", "delivered"]
    assert room.letter(incident.id).state is LetterState.DONE


def test_what_was_delivered_is_not_sent_again(duty: Duty) -> None:
    duty.dispatched(None)
    room = Room(duty, Post())
    assert room.outbox.deliver_due() == 2
    assert room.outbox.deliver_due() == 0


def test_a_real_server_that_fails_once_gets_the_letter_again_under_the_same_id(
    duty: Duty, department: Department
) -> None:
    listening = duty.under(a_county(endpoint=an_endpoint(department.url)))
    _, (sent,) = listening.dispatched()
    channel = WebhookChannel(clock=duty.clock, resolve=lambda host, port: [host])
    outbox = an_outbox(duty.store, duty.clock, listening.county, {"webhook": channel})
    department.answers(500, 200)
    outbox.deliver_due()
    assert duty.dispatch(sent.id).status is Status.SENT
    duty.after(seconds=7)
    outbox.deliver_due()
    assert duty.dispatch(sent.id).status is Status.DELIVERED
    assert [one.webhook_id for one in department.received] == [f"{sent.id}-created"] * 2
    assert department.received[0].body == department.received[1].body


def test_a_department_may_answer_before_it_has_said_that_it_heard(duty: Duty, department: Department) -> None:
    """The receiver calls back inside its own handler: no transaction of ours may be open meanwhile."""
    listening = duty.under(a_county(endpoint=an_endpoint(department.url)))
    incident, (sent,) = listening.dispatched()
    department.before_answer = lambda _: void(listening.desk.acknowledge(sent.id, by=BY_FIRE))
    channel = WebhookChannel(clock=duty.clock, resolve=lambda host, port: [host])
    an_outbox(duty.store, duty.clock, listening.county, {"webhook": channel}).deliver_due()
    assert duty.dispatch(sent.id).status is Status.ACKNOWLEDGED
    assert duty.steps(incident.id).count("delivered") == 1
    assert duty.letters(incident.id)[0].state is LetterState.DONE


def void(_: object) -> None:
    pass


def test_every_attempt_is_kept(duty: Duty) -> None:
    incident, _ = duty.dispatched()
    room = Room(duty, Post(DOWN, None))
    room.waits(10)
    with duty.store.read() as tx:
        attempts = tx.outbox.attempts(room.letter(incident.id).id)
    assert [(one.http_status, one.error) for one in attempts] == [(500, "HTTP 500"), (200, "")]


def test_urgent_letters_follow_the_fast_schedule(duty: Duty) -> None:
    duty.desk.record(grave())
    urgent = duty.desk.confirm(incident_id(duty), by=OPERATOR)
    duty.desk.dispatch(urgent.id, by=OPERATOR, departments=[FIRE])
    post = Post(DOWN)
    Room(duty, post).waits(15, step=0.25)
    assert offsets(post)[:4] == pytest.approx([0, 2, 5, 10], rel=0.3)


def test_an_operator_is_told_to_telephone_after_a_minute_and_attempts_go_on(duty: Duty) -> None:
    duty.desk.record(grave())
    urgent = duty.desk.confirm(incident_id(duty), by=OPERATOR)
    (sent,) = duty.desk.dispatch(urgent.id, by=OPERATOR, departments=[FIRE])
    post = Post(DOWN)
    room = Room(duty, post)
    room.waits(59.5)
    assert duty.dispatch(sent.id).status is Status.SENT
    room.waits(2)
    assert duty.dispatch(sent.id).status is Status.UNDELIVERABLE
    (told,) = [one for one in duty.stamps(urgent.id) if one.step == "undeliverable"]
    assert (told.at - MORNING).total_seconds() == pytest.approx(60, abs=1)
    tried = len(post.sent)
    room.waits(600, step=5)
    assert len(post.sent) > tried


def test_a_calm_letter_is_given_ten_minutes(duty: Duty) -> None:
    _, (sent,) = duty.dispatched()
    room = Room(duty, Post(DOWN))
    room.waits(595, step=5)
    assert duty.dispatch(sent.id).status is Status.SENT
    room.waits(10, step=5)
    assert duty.dispatch(sent.id).status is Status.UNDELIVERABLE


def test_what_arrives_after_all_is_delivered(duty: Duty) -> None:
    incident, (sent,) = duty.dispatched()
    post = Post(DOWN)
    room = Room(duty, post)
    room.waits(610, step=5)
    post.outcomes = [None]
    room.waits(3600, step=60)
    assert duty.dispatch(sent.id).status is Status.DELIVERED
    assert duty.steps(incident.id)[-4:] == ["undeliverable", "retried", "sent", "delivered"]


def test_a_telephone_call_counts_as_delivery_and_the_letter_still_goes_out(duty: Duty) -> None:
    incident, (sent,) = duty.dispatched()
    post = Post(DOWN)
    room = Room(duty, post)
    room.waits(610, step=5)
    assert duty.desk.manual_delivered(sent.id, by=OPERATOR, note="电话 13:05").status is Status.DELIVERED
    post.outcomes = [None]
    room.waits(3600, step=60)
    assert room.letter(incident.id).state is LetterState.DONE
    assert duty.steps(incident.id).count("delivered") == 1


def test_a_letter_that_was_never_taken_is_dead_after_days_and_can_be_replayed_under_the_same_id(duty: Duty) -> None:
    incident, (sent,) = duty.dispatched()
    post = Post(DOWN)
    room = Room(duty, post)
    room.waits(timedelta(days=5).total_seconds(), step=3600)
    dead = room.letter(incident.id)
    assert (dead.state, dead.attempts) == (LetterState.DEAD, len(CALM.gaps_s) + 1)
    assert "dead_letter" in duty.steps(incident.id)
    post.outcomes = [None]
    room.outbox.replay(dead.id, by=OPERATOR)
    assert room.outbox.deliver_due() == 1
    assert duty.dispatch(sent.id).status is Status.DELIVERED
    assert {webhook_id for _, webhook_id in post.sent} == {f"{sent.id}-created"}


def test_replaying_what_is_not_dead_does_nothing(duty: Duty) -> None:
    incident, _ = duty.dispatched()
    room = Room(duty, Post())
    room.outbox.deliver_due()
    room.outbox.replay(room.letter(incident.id).id, by=OPERATOR)
    assert room.outbox.deliver_due() == 0


def test_all_dead_letters_of_a_department_can_be_replayed_at_once(duty: Duty) -> None:
    for lane in ("lane-1", "lane-2"):
        incident = duty.desk.confirm(duty.raised(zone_id=lane).id, by=OPERATOR)
        duty.desk.dispatch(incident.id, by=OPERATOR, departments=[FIRE])
    post = Post(DOWN)
    room = Room(duty, post)
    room.waits(timedelta(days=5).total_seconds(), step=3600)
    post.outcomes = [None]
    assert room.outbox.replay_dead(FIRE, by=OPERATOR) == 2
    assert room.outbox.deliver_due() == 2


def test_an_endpoint_that_is_gone_is_left_alone_and_an_operator_is_told_at_once(duty: Duty) -> None:
    incident, (sent,) = duty.dispatched()
    post = Post(EndpointGone("gone", http_status=410))
    room = Room(duty, post)
    room.waits(30)
    assert len(post.sent) == 1
    assert room.endpoint().disabled_at == MORNING
    assert duty.dispatch(sent.id).status is Status.UNDELIVERABLE
    assert duty.steps(incident.id)[-3:] == ["endpoint_disabled", "dead_letter", "undeliverable"]


def test_what_waits_for_a_disabled_endpoint_goes_out_when_it_is_enabled(duty: Duty) -> None:
    duty.dispatched()
    post = Post(EndpointGone("gone", http_status=410))
    room = Room(duty, post)
    room.outbox.deliver_due()
    other = duty.desk.confirm(duty.raised(zone_id="lane-2").id, by=OPERATOR)
    duty.desk.dispatch(other.id, by=OPERATOR, departments=[FIRE])
    post.outcomes = [None]
    assert room.outbox.deliver_due() == 0
    room.outbox.enable(FIRE, by=OPERATOR)
    assert room.outbox.deliver_due() == 1


def test_a_receivers_wish_to_wait_is_honoured(duty: Duty) -> None:
    duty.dispatched()
    post = Post(NotDelivered("HTTP 429", http_status=429, retry_after_s=60), None)
    Room(duty, post).waits(90)
    assert offsets(post) == [0, 60]


def test_a_wrong_address_is_told_to_an_operator_at_once_and_tried_again_later(duty: Duty) -> None:
    _, (sent,) = duty.dispatched()
    post = Post(AddressRefused("not allowed"), None)
    room = Room(duty, post)
    room.outbox.deliver_due()
    assert duty.dispatch(sent.id).status is Status.UNDELIVERABLE
    assert room.endpoint().failures == 0
    room.waits(10)
    assert duty.dispatch(sent.id).status is Status.DELIVERED


def test_a_department_without_an_endpoint_must_be_telephoned(duty: Duty) -> None:
    _, (sent,) = duty.dispatched([WATER])
    Room(duty, Post()).outbox.deliver_due()
    assert duty.dispatch(sent.id).status is Status.UNDELIVERABLE
    assert duty.desk.manual_delivered(sent.id, by=OPERATOR, note="电话").status is Status.DELIVERED


def test_an_endpoint_that_keeps_failing_is_left_alone_for_a_while(duty: Duty) -> None:
    for n in range(6):
        incident = duty.desk.confirm(duty.raised(zone_id=f"lane-{n}").id, by=OPERATOR)
        duty.desk.dispatch(incident.id, by=OPERATOR, departments=[FIRE])
    post = Post(DOWN)
    room = Room(duty, post)
    assert room.outbox.deliver_due() == 5
    assert room.endpoint().open_until == MORNING + timedelta(seconds=30)
    duty.after(seconds=29)
    assert room.outbox.deliver_due() == 0
    duty.after(seconds=1)
    assert room.outbox.deliver_due() == 1
    post.outcomes = [None]
    duty.after(seconds=30)
    assert room.outbox.deliver_due() == 6
    assert room.endpoint().failures == 0


def test_one_failing_department_does_not_hold_up_another(duty: Duty) -> None:
    _, (fire, urban) = duty.dispatched(None)

    class Half(Post):
        def send(self, endpoint: Endpoint, letter: Letter) -> int:
            self.outcomes = [DOWN] if letter.department == FIRE else [None]
            return super().send(endpoint, letter)

    Room(duty, Half()).outbox.deliver_due()
    assert duty.dispatch(fire.id).status is Status.SENT
    assert duty.dispatch(urban.id).status is Status.DELIVERED


def test_a_deliverer_that_dies_leaves_the_letter_to_another_under_the_same_id(duty: Duty) -> None:
    _, (sent,) = duty.dispatched()

    class Dies(Post):
        def send(self, endpoint: Endpoint, letter: Letter) -> int:
            super().send(endpoint, letter)
            raise KeyboardInterrupt

    dead, alive = Dies(), Post()
    with pytest.raises(KeyboardInterrupt):
        Room(duty, dead).outbox.deliver_due()
    room = Room(duty, alive)
    assert room.outbox.deliver_due() == 0
    duty.clock.move(LEASE.total_seconds())
    assert room.outbox.deliver_due() == 1
    assert [one for _, one in dead.sent] == [one for _, one in alive.sent]
    assert duty.dispatch(sent.id).status is Status.DELIVERED


def test_a_deliverer_that_lost_its_lease_cannot_report_a_failure(duty: Duty) -> None:
    incident, (sent,) = duty.dispatched()
    quick = Post()

    class Slow(Post):
        def send(self, endpoint: Endpoint, letter: Letter) -> int:
            duty.clock.move(LEASE.total_seconds() + 1)
            Room(duty, quick).outbox.deliver_due()
            raise DOWN

    Room(duty, Slow()).outbox.deliver_due()
    letter = duty.letters(incident.id)[0]
    assert (letter.state, letter.last_error) == (LetterState.DONE, "")
    assert duty.dispatch(sent.id).status is Status.DELIVERED


def test_two_letters_never_go_to_one_department_at_once(duty: Duty) -> None:
    for lane in ("lane-1", "lane-2"):
        incident = duty.desk.confirm(duty.raised(zone_id=lane).id, by=OPERATOR)
        duty.desk.dispatch(incident.id, by=OPERATOR, departments=[FIRE])
    inside: list[int] = []

    class Nosy(Post):
        def send(self, endpoint: Endpoint, letter: Letter) -> int:
            if not inside:
                inside.append(Room(duty, Post()).outbox.deliver_due())
            return super().send(endpoint, letter)

    assert Room(duty, Nosy()).outbox.deliver_due() == 2
    assert inside == [0]


def test_the_gravest_letter_goes_first(duty: Duty) -> None:
    duty.dispatched([FIRE])
    duty.desk.record(grave(zone_id="lane-2"))
    with duty.store.read() as tx:
        urgent = tx.incidents.by_number("2026-0002")
    duty.desk.confirm(urgent.id, by=OPERATOR)
    (sent,) = duty.desk.dispatch(urgent.id, by=OPERATOR, departments=[URBAN])
    post = Post()
    Room(duty, post).outbox.deliver_due()
    assert post.sent[0][1] == f"{sent.id}-created"


def test_a_rework_letter_has_an_id_of_its_own(duty: Duty) -> None:
    incident, sent = duty.resolved()
    duty.desk.verify(incident.id, by=OPERATOR, ok=False, reason="仍堵")
    post = Post()
    Room(duty, post).outbox.deliver_due()
    assert [one for _, one in post.sent] == [f"{sent.id}-rework-1"]
    assert duty.dispatch(sent.id).status is Status.REWORK


def test_a_recall_reaches_a_department_that_was_told(duty: Duty) -> None:
    _, (sent,) = duty.dispatched()
    post = Post()
    room = Room(duty, post)
    room.outbox.deliver_due()
    duty.desk.recall(sent.id, by=OPERATOR, reason="误派")
    room.outbox.deliver_due()
    assert [one for _, one in post.sent] == [f"{sent.id}-created", f"{sent.id}-recalled"]
    assert duty.dispatch(sent.id).status is Status.RECALLED


def test_a_rework_that_cannot_be_told_is_told_to_the_operator(duty: Duty) -> None:
    incident, _ = duty.resolved()
    duty.desk.verify(incident.id, by=OPERATOR, ok=False, reason="仍堵")
    Room(duty, Post(DOWN)).waits(700, step=5)
    assert duty.steps(incident.id).count("undeliverable") == 1


def grave(**changes: Any) -> Observation:
    return an_observation(measures={"clear_width": Measure(1.0, "m")}, **changes)


def incident_id(duty: Duty) -> str:
    with duty.store.read() as tx:
        return tx.incidents.by_number("2026-0001").id
