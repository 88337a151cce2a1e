"""The camera checks what was reported as done."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pipelines.observation import CameraState, Kind, ZoneReport, ZoneState
from service.dispatch import Status as DispatchStatus
from service.errors import IllegalMove, ReasonNeeded
from service.incident import Status
from service.letters import MessageType
from service.store import Store
from tests.clocks import MORNING, FakeClock
from tests.contract.service.duty import Duty
from tests.facts import CAMERA, FIRE, LANE, OPERATOR, a_county, a_report, a_still, a_zone, led_alone

SECOND = timedelta(seconds=1)


def test_a_clear_place_is_verified_with_a_picture_and_the_work_accepted(duty: Duty) -> None:
    incident, sent = duty.resolved()
    duty.after(seconds=4)
    assert duty.sees(ZoneState.CLEAR, picture="clear.jpg") == []
    assert duty.incident(incident.id).status is Status.VERIFIED
    assert duty.dispatch(sent.id).status is DispatchStatus.ACCEPTED
    assert duty.exhibits(incident.id)[-1].role == "verify"
    assert duty.stamps(incident.id)[-2].by == f"camera:{CAMERA}"


def test_a_county_may_close_what_the_camera_has_verified(duty: Duty) -> None:
    trusting = duty.under(a_county(close_after_verified=True))
    incident, _ = trusting.resolved()
    duty.after(seconds=4)
    trusting.sees(ZoneState.CLEAR, picture="clear.jpg")
    assert duty.incident(incident.id).status is Status.CLOSED


def test_a_look_too_soon_after_done_decides_nothing_but_asks_for_a_picture(duty: Duty) -> None:
    incident, _ = duty.resolved()
    duty.after(seconds=3)
    assert duty.sees(ZoneState.CLEAR) == [LANE]
    assert duty.incident(incident.id).status is Status.RESOLVED


def test_a_first_look_without_a_picture_asks_for_one_and_the_second_decides(duty: Duty) -> None:
    incident, _ = duty.resolved()
    duty.after(seconds=4)
    assert duty.sees(ZoneState.CLEAR) == [LANE]
    assert duty.incident(incident.id).status is Status.RESOLVED
    duty.after(seconds=1)
    assert duty.sees(ZoneState.CLEAR) == []
    assert duty.incident(incident.id).status is Status.VERIFIED


def test_nobody_asks_for_pictures_while_nothing_waits(duty: Duty) -> None:
    duty.acknowledged()
    duty.after(seconds=4)
    assert duty.sees(ZoneState.BLOCKED) == []


@pytest.mark.parametrize("state", [ZoneState.BLOCKED, ZoneState.OCCUPIED])
def test_what_stays_occupied_too_long_is_sent_back_with_a_picture_and_a_letter(duty: Duty, state: ZoneState) -> None:
    incident, sent = duty.resolved()
    duty.after(seconds=4)
    duty.sees(state, since=MORNING)
    duty.after(seconds=18)
    duty.sees(state, picture="early.jpg", since=MORNING)
    assert duty.incident(incident.id).status is Status.RESOLVED
    duty.after(seconds=2)
    duty.sees(state, picture="blocked.jpg", since=MORNING)
    back = duty.incident(incident.id)
    assert (back.status, back.reworks, back.resolved_at) == (Status.DISPATCHED, 1, None)
    assert duty.dispatch(sent.id).status is DispatchStatus.REWORK
    assert duty.exhibits(incident.id)[-1].name == "blocked.jpg"
    letter = duty.letters(incident.id)[-1]
    assert letter.type is MessageType.REWORK
    assert "复核" in letter.body


def test_a_car_that_drives_off_in_time_is_no_rework(duty: Duty) -> None:
    incident, _ = duty.resolved()
    duty.after(seconds=4)
    duty.sees(ZoneState.BLOCKED)
    duty.after(seconds=15)
    duty.sees(ZoneState.CLEAR, picture="clear.jpg")
    assert duty.incident(incident.id).status is Status.VERIFIED


def test_occupied_then_blocked_is_one_doubt(duty: Duty) -> None:
    incident, _ = duty.resolved()
    for state in (ZoneState.OCCUPIED, ZoneState.BLOCKED, ZoneState.OCCUPIED):
        now = duty.after(seconds=11)
        duty.sees(state, picture="doubt.jpg", since=now)
    assert duty.incident(incident.id).reworks == 1


def test_could_not_look_decides_nothing(duty: Duty) -> None:
    incident, _ = duty.resolved()
    for _ in range(10):
        duty.after(seconds=10)
        assert duty.sees(ZoneState.UNKNOWN, picture="fog.jpg") == [LANE]
    assert duty.incident(incident.id).status is Status.RESOLVED


def test_another_zone_or_kind_at_the_camera_says_nothing_of_this_one(duty: Duty) -> None:
    incident, _ = duty.resolved()
    now = duty.after(seconds=4)
    still = a_still("other.jpg", now)
    others = (
        ZoneReport("lane-2", Kind.FIRE_LANE, ZoneState.CLEAR, now, now, still),
        ZoneReport(LANE, Kind.STREET_VENDING, ZoneState.CLEAR, now, now, still),
    )
    assert duty.desk.report(a_report(now, *others)) == [LANE]
    assert duty.incident(incident.id).status is Status.RESOLVED


def test_the_doubt_survives_a_restart(duty: Duty, clock: FakeClock, store: Store) -> None:
    incident, _ = duty.resolved()
    duty.after(seconds=4)
    duty.sees(ZoneState.BLOCKED, picture="one.jpg")
    duty.after(seconds=10)
    store.close()
    store.open()
    reborn = Duty(store, clock, duty.county)
    now = reborn.after(seconds=10)
    reborn.sees(ZoneState.BLOCKED, picture="two.jpg", since=now)
    assert reborn.incident(incident.id).reworks == 1


def test_a_report_that_comes_late_changes_neither_camera_nor_incident(duty: Duty) -> None:
    incident, _ = duty.resolved()
    late = duty.after(seconds=4)
    duty.after(seconds=5)
    duty.sees(ZoneState.UNKNOWN)
    duty.desk.report(a_report(late, a_zone(ZoneState.CLEAR, late, still=a_still("late.jpg")), state=CameraState.BLIND))
    assert duty.incident(incident.id).status is Status.RESOLVED
    with duty.store.read() as tx:
        assert tx.cameras.get(CAMERA).state is CameraState.OK


def test_a_camera_that_changes_its_state_is_stamped_once(duty: Duty) -> None:
    for state in (CameraState.OK, CameraState.OK, CameraState.BLIND, CameraState.BLIND, CameraState.OK):
        duty.desk.report(a_report(duty.after(seconds=1), state=state, why="断流"))
    with duty.store.read() as tx:
        steps = [one.step.value for one in tx.stamps.after(0) if one.camera_id == CAMERA]
    assert steps == ["camera_ok", "camera_blind", "camera_ok"]


def test_what_was_handled_on_the_spot_and_is_still_there_is_dispatched(duty: Duty) -> None:
    alone = duty.under(led_alone(duty.county))
    incident = alone.desk.confirm(alone.raised().id, by=OPERATOR)
    alone.desk.handle_on_spot(incident.id, by=OPERATOR)
    alone.desk.verify(incident.id, by=OPERATOR, ok=False, reason="未离开")
    assert duty.incident(incident.id).status is Status.DISPATCHED
    assert [one.department for one in duty.dispatches(incident.id)] == [FIRE]


def test_what_is_still_there_and_has_no_route_goes_back_to_the_desk(duty: Duty) -> None:
    lost = duty.under(replace(duty.county, routes={}))
    incident = lost.desk.confirm(lost.raised().id, by=OPERATOR)
    lost.desk.handle_on_spot(incident.id, by=OPERATOR)
    assert lost.desk.verify(incident.id, by=OPERATOR, ok=False, reason="未离开").status is Status.CONFIRMED


def test_a_person_may_verify_where_no_camera_looks(duty: Duty) -> None:
    incident, _ = duty.resolved()
    with pytest.raises(ReasonNeeded):
        duty.desk.verify(incident.id, by=OPERATOR, ok=False)
    verified = duty.desk.verify(incident.id, by=OPERATOR, ok=True, picture=a_still("phone.jpg"))
    assert verified.status is Status.VERIFIED
    assert duty.exhibits(incident.id)[-1].by == OPERATOR
    with pytest.raises(IllegalMove):
        duty.desk.verify(incident.id, by=OPERATOR, ok=True)


def test_work_that_was_sent_back_can_be_done_again(duty: Duty) -> None:
    incident, sent = duty.resolved()
    duty.desk.verify(incident.id, by=OPERATOR, ok=False, reason="仍堵")
    duty.desk.acknowledge(sent.id, by="department:fire")
    duty.desk.resolve(sent.id, by="department:fire")
    duty.after(seconds=4)
    duty.sees(ZoneState.CLEAR, picture="clear.jpg")
    assert duty.incident(incident.id).status is Status.VERIFIED
    assert duty.dispatch(sent.id).reworks == 1
