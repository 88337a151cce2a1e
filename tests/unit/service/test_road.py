"""The road that people see: what was reached, in the order in which it happened."""

from datetime import UTC, datetime, timedelta

from pipelines.observation import Kind
from service.colour import Colour
from service.incident import Incident, Status
from service.road import Stage, Stop, road, stages
from service.stamps import Stamp, Step

START = datetime(2026, 5, 1, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def stamped(*steps: tuple[Step, float]) -> list[Stamp]:
    return [Stamp(step=step, at=at(seconds), recorded_at=at(seconds)) for step, seconds in steps]


def an_incident(status: Status) -> Incident:
    return Incident(
        id="i",
        number="2026-0001",
        kind=Kind.FIRE_LANE,
        place="fire_lane/a/b",
        life="l",
        camera_id="a",
        zone_id="b",
        subject="car",
        status=status,
        version=1,
        colour=Colour.YELLOW,
        why_zh="",
        why_en="",
        began_at=START,
        already_there=False,
        raised_at=START,
        last_seen_at=START,
        confidence=1.0,
        seen_s=0,
        unseen_s=0,
        updated_at=START,
    )


def reached(stops: list[Stop]) -> list[tuple[Step, datetime]]:
    return [(stop.step, stop.at) for stop in stops if stop.at is not None]


def test_the_machines_steps_stand_in_the_order_in_which_they_happened() -> None:
    stamps = stamped((Step.CAPTURED, 60), (Step.RECEIVED, 61), (Step.DETECTED, 2), (Step.ONSET, 0), (Step.RAISED, 62))
    found = reached(road(an_incident(Status.RAISED), stamps))
    assert [step for step, _ in found] == ["onset", "detected", "captured", "received", "raised"]


def test_steps_that_lie_ahead_are_on_the_road_without_a_time() -> None:
    stops = road(an_incident(Status.RAISED), stamped((Step.RAISED, 0)))
    assert stops[-1] == Stop(Step.CLOSED, None)
    assert len(stops) == 17


def test_the_time_between_skips_what_was_not_reached() -> None:
    stops = road(an_incident(Status.CONFIRMED), stamped((Step.RAISED, 0), (Step.CONFIRMED, 12.5)))
    assert stages(stops) == [Stage(Step.RAISED, Step.CONFIRMED, 12.5)]


def test_two_clocks_that_disagree_are_shown_as_they_are() -> None:
    stops = road(an_incident(Status.CONFIRMED), stamped((Step.RAISED, 5), (Step.CONFIRMED, 4)))
    assert stages(stops)[0].seconds == -1


def test_work_that_was_sent_back_is_not_done_any_more() -> None:
    stamps = stamped((Step.RAISED, 0), (Step.RESOLVED, 10))
    assert (Step.RESOLVED, at(10)) in reached(road(an_incident(Status.RESOLVED), stamps))
    assert reached(road(an_incident(Status.IN_PROGRESS), stamps)) == [(Step.RAISED, at(0))]


def test_what_was_done_twice_counts_from_the_second_time_and_a_second_department_does_not_move_the_first() -> None:
    stamps = stamped((Step.RESOLVED, 10), (Step.ACKNOWLEDGED, 4), (Step.ACKNOWLEDGED, 8), (Step.RESOLVED, 30))
    found = reached(road(an_incident(Status.RESOLVED), stamps))
    assert found == [(Step.ACKNOWLEDGED, at(4)), (Step.RESOLVED, at(30))]


def test_people_who_see_what_a_rule_has_done_see_it_afterwards() -> None:
    stamps = stamped(
        (Step.RAISED, 0), (Step.CONFIRMED, 0), (Step.DISPATCHED, 0), (Step.SHOWN, 0.8), (Step.DELIVERED, 1)
    )
    found = [step for step, _ in reached(road(an_incident(Status.DISPATCHED), stamps))]
    assert found == ["raised", "confirmed", "dispatched", "shown", "delivered"]
