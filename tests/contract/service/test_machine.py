"""A desk under a storm of random acts: whatever happens, and in whatever order, some things stay true."""

import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pipelines.observation import Phase, ZoneState
from service import dispatch, incident
from service.dispatch import Dispatch
from service.errors import Busy, ServiceError
from service.incident import OPEN, Incident, Status
from service.incident_filter import Filter
from service.outbox import Outbox
from service.stamps import Stamp, verify
from service.store import Store
from tests.clocks import MORNING, FakeClock
from tests.contract.service.duty import Duty
from tests.contract.service.test_outbox import DOWN, Post
from tests.facts import FIRE, OPERATOR, URBAN, WATER, a_county, a_report, a_still, a_zone, an_observation

T = TypeVar("T")
BY = "department:any"
PICK = some.integers(min_value=0, max_value=10_000)
Act = Callable[[Duty, str], object]

# What somebody would sensibly do with an incident or a dispatch of each status.
DESK_ACTS: Mapping[Status, tuple[Act, ...]] = {
    Status.RAISED: (
        lambda duty, one: duty.desk.confirm(one, by=OPERATOR),
        lambda duty, one: duty.desk.confirm(one, by=OPERATOR),
        lambda duty, one: duty.desk.reject(one, by=OPERATOR, reason="not_blocking"),
        lambda duty, one: duty.desk.shown(one, by=OPERATOR),
        lambda duty, one: duty.desk.claim(one, by=OPERATOR),
    ),
    Status.CONFIRMED: (
        lambda duty, one: duty.desk.dispatch(one, by=OPERATOR),
        lambda duty, one: duty.desk.dispatch(one, by=OPERATOR, departments=[WATER]),
        lambda duty, one: duty.desk.dispatch(one, by=OPERATOR, departments=[FIRE]),
        lambda duty, one: duty.desk.handle_on_spot(one, by=OPERATOR),
    ),
    Status.DISPATCHED: (lambda duty, one: duty.desk.dispatch(one, by=OPERATOR, departments=[URBAN]),),
    Status.IN_PROGRESS: (lambda duty, one: duty.desk.dispatch(one, by=OPERATOR, departments=[WATER]),),
    Status.RESOLVED: (
        lambda duty, one: duty.desk.verify(one, by=OPERATOR, ok=True),
        lambda duty, one: duty.desk.verify(one, by=OPERATOR, ok=False, reason="仍堵"),
    ),
    Status.VERIFIED: (lambda duty, one: duty.desk.close(one, by=OPERATOR),),
    Status.CLOSED: (lambda duty, one: duty.desk.reopen(one, by=OPERATOR, reason="误判"),),
    Status.REJECTED: (lambda duty, one: duty.desk.reopen(one, by=OPERATOR, reason="误判"),),
    Status.MERGED: (lambda duty, one: duty.desk.unmerge(one, by=OPERATOR, reason="两处"),),
}
_HEARD: tuple[Act, ...] = (
    lambda duty, one: duty.desk.acknowledge(one, by=BY),
    lambda duty, one: duty.desk.acknowledge(one, by=BY),
    lambda duty, one: duty.desk.refuse(one, by=BY, reason="非本单位"),
    lambda duty, one: duty.desk.recall(one, by=OPERATOR, reason="误派"),
)
_WORKED_ON: tuple[Act, ...] = (
    lambda duty, one: duty.desk.arrive(one, by=BY),
    lambda duty, one: duty.desk.resolve(one, by=BY, after_photo=a_still("after.jpg")),
    lambda duty, one: duty.desk.resolve(one, by=BY),
    lambda duty, one: duty.desk.not_found(one, by=BY),
    lambda duty, one: duty.desk.suspend(one, by=OPERATOR, reason="拖车", until=duty.clock.now() + timedelta(minutes=5)),
    lambda duty, one: duty.desk.recall(one, by=OPERATOR, reason="误派"),
)
REPLIES: Mapping[dispatch.Status, tuple[Act, ...]] = {
    dispatch.Status.QUEUED: _HEARD,
    dispatch.Status.SENT: _HEARD,
    dispatch.Status.DELIVERED: _HEARD,
    dispatch.Status.UNDELIVERABLE: (
        *_HEARD,
        lambda duty, one: duty.desk.manual_delivered(one, by=OPERATOR, note="电话"),
    ),
    dispatch.Status.ACKNOWLEDGED: _WORKED_ON,
    dispatch.Status.ARRIVED: _WORKED_ON,
    dispatch.Status.REWORK: _HEARD,
    dispatch.Status.SUSPENDED: (lambda duty, one: duty.desk.resume(one, by=OPERATOR),),
}
UNFINISHED = frozenset(REPLIES)
ANY_DESK_ACT = tuple(act for acts in DESK_ACTS.values() for act in acts)
ANY_REPLY = tuple(act for acts in REPLIES.values() for act in acts)


class Storm(RuleBasedStateMachine):
    """Two lanes, one camera; the receiver is up or down as it pleases."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "patrol.db"
        path.write_bytes(_empty_database())
        store = Store(f"sqlite:///{path}")
        store.open()
        self.duty = Duty(store, FakeClock(), a_county())
        self.post = Post()
        self.post.clock = self.duty.clock
        self.outbox = Outbox(store, self.duty.clock, self.duty.county, {"webhook": self.post})
        self.versions: dict[str, int] = {}

    def teardown(self) -> None:
        if hasattr(self, "duty"):
            self.duty.store.close()
            self.folder.cleanup()

    @rule(
        lane=some.sampled_from("ab"),
        phase=some.sampled_from(Phase),
        life=some.integers(0, 3),
        late=some.integers(0, 60),
    )
    def observe(self, lane: str, phase: Phase, life: int, late: int) -> None:
        at = self.duty.clock.now() - timedelta(seconds=late)
        began = MORNING + timedelta(minutes=10 * life)
        self.duty.desk.record(an_observation(at, began=min(began, at), phase=phase, zone_id=f"lane-{lane}"))

    @precondition(lambda self: self.incidents())
    @rule(pick=PICK, which=PICK, senseless=some.sampled_from([False] * 5 + [True]))
    def decide(self, pick: int, which: int, senseless: bool) -> None:
        one = chosen(self.incidents(), pick)
        acts = ANY_DESK_ACT if senseless else DESK_ACTS.get(one.status, ANY_DESK_ACT)
        self.tried(chosen(acts, which), one.id)

    @precondition(lambda self: self.dispatches())
    @rule(pick=PICK, which=PICK, senseless=some.sampled_from([False] * 5 + [True]))
    def reply(self, pick: int, which: int, senseless: bool) -> None:
        one = chosen(self.dispatches(), pick)
        acts = ANY_REPLY if senseless else REPLIES.get(one.status, ANY_REPLY)
        self.tried(chosen(acts, which), one.id)

    @precondition(lambda self: self.incidents())
    @rule(pick=PICK, path=some.lists(PICK, min_size=4, max_size=10))
    def pursue(self, pick: int, path: list[int]) -> None:
        """One incident, several sensible acts on end: so that the far end of the road is walked too."""
        pursued = chosen(self.incidents(), pick).id
        for which in path:
            one = self.duty.incident(pursued)
            theirs = [other for other in self.duty.dispatches(pursued) if other.status in UNFINISHED]
            if theirs:
                other = chosen(theirs, which)
                self.tried(chosen(REPLIES[other.status], which), other.id)
            else:
                self.tried(chosen(DESK_ACTS.get(one.status, ANY_DESK_ACT), which), pursued)

    @precondition(lambda self: len(self.incidents()) > 1)
    @rule(pick=PICK, other=PICK)
    def merge(self, pick: int, other: int) -> None:
        one, into = chosen(self.incidents(), pick), chosen(self.incidents(), other)
        self.tried(lambda duty, id: duty.desk.merge(id, into.id, by=OPERATOR), one.id)

    @rule(state=some.sampled_from(ZoneState), lane=some.sampled_from("ab"))
    def look(self, state: ZoneState, lane: str) -> None:
        now = self.duty.clock.now()
        zone = replace(a_zone(state, now, still=a_still("look.jpg", now)), zone_id=f"lane-{lane}")
        self.duty.desk.report(a_report(now, zone))

    @rule(up=some.booleans())
    def deliver(self, up: bool) -> None:
        self.post.outcomes = [None if up else DOWN]
        self.outbox.deliver_due()

    @rule(seconds=some.sampled_from([1, 4, 30, 700]))
    def wait(self, seconds: int) -> None:
        self.duty.clock.move(seconds)
        self.duty.desk.tick()

    def tried(self, act: Act, id: str) -> None:
        """What is refused is refused by name, and leaves everything as it was."""
        before = self.everything()
        refusal = _refusal(lambda: act(self.duty, id))
        if refusal is not None:
            assert not isinstance(refusal, Busy)
            assert self.everything() == before

    @invariant()
    def all_is_well(self) -> None:
        now = self.everything()
        _at_most_one_incident_is_open_at_a_place(now)
        _incidents_and_dispatches_agree(now)
        _the_ledger_is_whole_and_in_order(now)
        self._versions_only_grow(now)
        assert now.without_letter == [], "a promise did not commit with its fact"

    def _versions_only_grow(self, now: "Everything") -> None:
        versions = {one.id: one.version for one in now.incidents} | {one.id: one.version for one in now.dispatches}
        assert all(versions[id] >= version for id, version in self.versions.items())
        self.versions = versions

    def incidents(self) -> list[Incident]:
        return self.everything().incidents

    def dispatches(self) -> list[Dispatch]:
        return self.everything().dispatches

    def everything(self) -> "Everything":
        if not hasattr(self, "duty"):
            return Everything([], [], [], [])
        with self.duty.store.read() as tx:
            incidents = tx.incidents.page(Filter(limit=500)).incidents
            dispatches = [other for one in incidents for other in tx.dispatches.of(one.id)]
            return Everything(incidents, dispatches, tx.stamps.after(0, limit=10_000), tx.outbox.unannounced())


def chosen(things: Sequence[T], pick: int) -> T:
    return things[pick % len(things)]


@dataclass(frozen=True)
class Everything:
    incidents: list[Incident]
    dispatches: list[Dispatch]
    stamps: list[Stamp]
    without_letter: list[str]


def _at_most_one_incident_is_open_at_a_place(now: Everything) -> None:
    places = Counter(one.place for one in now.incidents if one.status in OPEN)
    assert not [place for place, count in places.items() if count > 1]


def _incidents_and_dispatches_agree(now: Everything) -> None:
    for one in now.incidents:
        theirs = [other for other in now.dispatches if other.incident_id == one.id]
        assert incident.derived(one.status, theirs) is None
        active = {other.status for other in theirs if not other.is_over}
        if one.status is Status.RESOLVED:
            assert active <= {dispatch.Status.RESOLVED}
        if one.status not in {Status.DISPATCHED, Status.IN_PROGRESS, Status.RESOLVED}:
            assert not active


def _the_ledger_is_whole_and_in_order(now: Everything) -> None:
    verify(now.stamps)
    written = [stamp.recorded_at for stamp in now.stamps]
    assert written == sorted(written)


def _refusal(act: Callable[[], object]) -> ServiceError | None:
    try:
        act()
    except ServiceError as error:
        return error
    return None


@cache
def _empty_database() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "patrol.db"
        store = Store(f"sqlite:///{path}")
        store.open()
        store.close()
        return path.read_bytes()


TestStorm = Storm.TestCase
TestStorm.settings = settings(
    max_examples=12, stateful_step_count=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
