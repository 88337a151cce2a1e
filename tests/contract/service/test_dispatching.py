"""From the desk to the departments and back."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from pipelines.observation import Kind
from service.county import Route
from service.dispatch import Part, Status
from service.errors import (
    AfterPhotoNeeded,
    AlreadyDispatched,
    BadInput,
    IllegalMove,
    NoRoute,
    ReasonNeeded,
    UnknownDepartment,
)
from service.incident import Status as IncidentStatus
from service.letters import LetterState, MessageType
from tests.clocks import MORNING
from tests.contract.service.duty import Duty
from tests.facts import FIRE, OPERATOR, URBAN, WATER, a_county, a_still

BY_FIRE = "department:fire"


def test_the_routing_rule_names_who_leads_and_who_assists(duty: Duty) -> None:
    incident, sent = duty.dispatched(None)
    assert [(one.department, one.part) for one in sent] == [(FIRE, Part.LEAD), (URBAN, Part.ASSIST)]
    assert (incident.status, incident.lead) == (IncidentStatus.DISPATCHED, FIRE)


def test_an_operator_may_name_the_departments_and_the_first_leads(duty: Duty) -> None:
    _, sent = duty.dispatched([URBAN, FIRE, URBAN])
    assert [(one.department, one.part) for one in sent] == [(URBAN, Part.LEAD), (FIRE, Part.ASSIST)]


def test_the_letter_commits_with_the_dispatch(duty: Duty) -> None:
    incident, sent = duty.dispatched(None)
    letters = duty.letters(incident.id)
    assert [letter.dispatch_id for letter in letters] == [one.id for one in sent]
    assert all(letter.state is LetterState.WAITING for letter in letters)


def test_the_letter_says_what_where_why_and_until_when(duty: Duty) -> None:
    incident, (sent,) = duty.dispatched()
    body = json.loads(duty.letters(incident.id)[0].body)
    assert (body["type"], body["timestamp"]) == ("cn.patrol.dispatch.created", MORNING.isoformat())
    data = body["data"]
    assert data["incident"]["number"] == "2026-0001"
    assert data["incident"]["kind"]["zh"] == "消防通道堵塞"
    assert data["incident"]["colour"]["level"] == 3
    assert "2.6 米" in data["incident"]["why"]["zh"]
    assert data["place"]["camera"]["zh"] == "北门"
    assert data["due_at"] == (MORNING + timedelta(hours=2)).isoformat()
    assert data["evidence"][0]["sha256"] == "0" * 64
    assert data["answer"]["resolve"] == f"http://centre.example/api/dispatches/{sent.id}/resolve"


def test_a_letter_stays_small_however_much_evidence_there_is(duty: Duty) -> None:
    many = tuple(a_still(f"{n}-{'x' * 200}.jpg") for n in range(300))
    incident = duty.desk.confirm(duty.raised(evidence=many).id, by=OPERATOR)
    duty.desk.dispatch(incident.id, by=OPERATOR)
    body = duty.letters(incident.id)[0].body
    assert len(body.encode()) < 20_000
    assert len(json.loads(body)["data"]["evidence"]) > 10


def test_the_filed_limit_is_fixed_when_it_is_dispatched(duty: Duty) -> None:
    _, (sent,) = duty.dispatched()
    stricter = replace(duty.county, routes={Kind.FIRE_LANE: Route(Kind.FIRE_LANE, FIRE, (), 0.25)})
    duty.under(stricter).desk.acknowledge(sent.id, by=BY_FIRE)
    assert (duty.dispatch(sent.id).due_at, sent.limit_continuous_hours) == (MORNING + timedelta(hours=2), 2.0)


def test_an_unknown_department_is_refused_and_nothing_is_sent(duty: Duty) -> None:
    incident = duty.desk.confirm(duty.raised().id, by=OPERATOR)
    with pytest.raises(UnknownDepartment):
        duty.desk.dispatch(incident.id, by=OPERATOR, departments=[FIRE, "circus"])
    assert not duty.dispatches(incident.id)


def test_without_a_route_an_operator_must_choose(duty: Duty) -> None:
    lost = duty.under(replace(duty.county, routes={}))
    incident = lost.desk.confirm(lost.raised().id, by=OPERATOR)
    with pytest.raises(NoRoute):
        lost.desk.dispatch(incident.id, by=OPERATOR)
    with pytest.raises(BadInput):
        lost.desk.dispatch(incident.id, by=OPERATOR, departments=[])
    (sent,) = lost.desk.dispatch(incident.id, by=OPERATOR, departments=[FIRE])
    assert sent.due_at is None


def test_what_is_not_confirmed_is_not_dispatched(duty: Duty) -> None:
    incident = duty.raised()
    with pytest.raises(IllegalMove):
        duty.desk.dispatch(incident.id, by=OPERATOR)
    assert not duty.letters(incident.id)


def test_the_first_acknowledgement_puts_the_incident_in_progress(duty: Duty) -> None:
    incident, (fire, urban) = duty.dispatched(None)
    duty.desk.acknowledge(fire.id, by=BY_FIRE)
    duty.desk.acknowledge(urban.id, by="department:urban")
    assert duty.incident(incident.id).status is IncidentStatus.IN_PROGRESS
    assert duty.steps(incident.id).count("in_progress") == 1


def test_the_incident_is_resolved_when_everybody_has_resolved(duty: Duty) -> None:
    incident, (fire, urban) = duty.dispatched(None)
    for one in (fire, urban):
        duty.desk.acknowledge(one.id, by=BY_FIRE)
    duty.desk.resolve(fire.id, by=BY_FIRE)
    assert duty.incident(incident.id).status is IncidentStatus.IN_PROGRESS
    duty.desk.resolve(urban.id, by=BY_FIRE)
    assert duty.incident(incident.id).status is IncidentStatus.RESOLVED


def test_an_answer_that_overtakes_our_own_receipt_proves_the_delivery(duty: Duty) -> None:
    incident, (sent,) = duty.dispatched()
    answered = duty.desk.acknowledge(sent.id, by=BY_FIRE)
    assert (answered.status, answered.delivered_at) == (Status.ACKNOWLEDGED, MORNING)
    assert duty.steps(incident.id)[-4:] == ["sent", "delivered", "acknowledged", "in_progress"]
    assert duty.letters(incident.id)[0].state is LetterState.DONE


def test_an_after_photo_becomes_evidence_of_that_dispatch(duty: Duty) -> None:
    incident, done = duty.resolved()
    photo = duty.exhibits(incident.id)[-1]
    assert (photo.role, photo.name, photo.dispatch_id) == ("after", "after.jpg", done.id)


def test_a_county_may_ask_for_an_after_photo(duty: Duty) -> None:
    _, sent = duty.acknowledged()
    with pytest.raises(AfterPhotoNeeded):
        duty.under(a_county(after_photo_required=True)).desk.resolve(sent.id, by=BY_FIRE)
    assert duty.dispatch(sent.id).status is Status.ACKNOWLEDGED


def test_nothing_found_is_a_result(duty: Duty) -> None:
    incident, sent = duty.acknowledged()
    duty.desk.arrive(sent.id, by=BY_FIRE)
    result = duty.desk.not_found(sent.id, by=BY_FIRE, note="已离开")
    assert (result.status, result.found) == (Status.RESOLVED, False)
    assert duty.incident(incident.id).status is IncidentStatus.RESOLVED


def test_a_refusal_needs_a_reason_and_gives_the_incident_back_to_the_desk(duty: Duty) -> None:
    incident, (sent,) = duty.dispatched()
    with pytest.raises(ReasonNeeded):
        duty.desk.refuse(sent.id, by=BY_FIRE, reason="")
    assert duty.desk.refuse(sent.id, by=BY_FIRE, reason="非本单位").status is Status.RETURNED
    assert duty.incident(incident.id).status is IncidentStatus.CONFIRMED


def test_another_department_may_be_called_while_one_is_at_it(duty: Duty) -> None:
    incident, _ = duty.acknowledged()
    (urban,) = duty.desk.dispatch(incident.id, by=OPERATOR, departments=[URBAN])
    assert urban.part is Part.ASSIST
    assert duty.incident(incident.id).status is IncidentStatus.IN_PROGRESS


def test_a_department_is_not_sent_the_same_twice_while_it_has_it(duty: Duty) -> None:
    incident, (sent,) = duty.dispatched()
    with pytest.raises(AlreadyDispatched):
        duty.desk.dispatch(incident.id, by=OPERATOR, departments=[FIRE])
    duty.desk.refuse(sent.id, by=BY_FIRE, reason="忙")
    (again,) = duty.desk.dispatch(incident.id, by=OPERATOR, departments=[FIRE])
    assert (again.attempt, again.part) == (2, Part.LEAD)
    assert again.id != sent.id


def test_a_recalled_dispatch_that_never_went_out_sends_nothing(duty: Duty) -> None:
    incident, (sent,) = duty.dispatched()
    assert duty.desk.recall(sent.id, by=OPERATOR, reason="误派").status is Status.RECALLED
    assert [letter.state for letter in duty.letters(incident.id)] == [LetterState.DROPPED]
    assert duty.incident(incident.id).status is IncidentStatus.CONFIRMED


def test_a_recalled_dispatch_that_may_have_been_heard_is_called_back(duty: Duty) -> None:
    incident, sent = duty.acknowledged()
    duty.desk.recall(sent.id, by=OPERATOR, reason="误派")
    letter = duty.letters(incident.id)[-1]
    assert (letter.type, letter.state) == (MessageType.RECALLED, LetterState.WAITING)
    assert json.loads(letter.body)["data"]["reason"] == "误派"


def test_a_suspension_ends_by_itself(duty: Duty) -> None:
    _, sent = duty.acknowledged()
    until = MORNING + timedelta(days=2)
    assert duty.desk.suspend(sent.id, by=OPERATOR, reason="等待拖车", until=until).status is Status.SUSPENDED
    assert duty.desk.tick() == 0
    duty.after(days=2)
    assert duty.desk.tick() == 1
    assert duty.dispatch(sent.id).status is Status.ACKNOWLEDGED


def test_a_suspension_ends_in_the_future_and_has_a_reason(duty: Duty) -> None:
    _, sent = duty.acknowledged()
    with pytest.raises(BadInput):
        duty.desk.suspend(sent.id, by=OPERATOR, reason="等待", until=MORNING)
    with pytest.raises(ReasonNeeded):
        duty.desk.suspend(sent.id, by=OPERATOR, reason="", until=MORNING + timedelta(days=1))


@pytest.mark.parametrize(("hours", "believed"), [(-5, 0), (0, 0), (5, 2 / 60)])
def test_a_phones_time_is_kept_as_said_and_believed_within_reason(duty: Duty, hours: float, believed: float) -> None:
    incident, (sent,) = duty.dispatched()
    said = MORNING + timedelta(hours=hours)
    duty.desk.acknowledge(sent.id, by=BY_FIRE, device_time=said)
    (stamp,) = [one for one in duty.stamps(incident.id) if one.step == "acknowledged"]
    assert (stamp.at, stamp.details["device_time"]) == (MORNING, said.isoformat())
    assert stamp.details["device_time_believed"] == (MORNING + timedelta(hours=believed)).isoformat()


def test_a_department_without_an_endpoint_is_dispatched_to_all_the_same(duty: Duty) -> None:
    incident, (sent,) = duty.dispatched([WATER])
    assert sent.status is Status.QUEUED
    assert len(duty.letters(incident.id)) == 1
