"""How observations become incidents: one per blockage, whatever is repeated, late or out of order."""

from datetime import timedelta

import pytest

from pipelines.observation import Kind, Measure
from service.colour import Colour
from service.county import AutoConfirm
from service.errors import BadInput
from service.incident import Status
from tests.clocks import MORNING
from tests.contract.service.duty import Duty
from tests.facts import OPERATOR, a_county, a_still, an_observation, gone, still_there

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def test_a_blockage_is_raised_with_every_moment_of_its_road(duty: Duty) -> None:
    incident = duty.raised()
    assert incident.status is Status.RAISED
    assert incident.number == "2026-0001"
    steps = ["onset", "detected", "dwell_met", "captured", "received", "decided", "raised"]
    assert duty.steps(incident.id) == steps


def test_moments_of_the_street_bear_the_cameras_clock_and_ours_the_servers(duty: Duty) -> None:
    stamps = {stamp.step.value: stamp for stamp in duty.stamps(duty.raised().id)}
    assert stamps["onset"].source == "camera"
    assert stamps["onset"].at == MORNING - MINUTE
    assert stamps["received"].source == "server"
    assert stamps["received"].at == MORNING + timedelta(milliseconds=200)


def test_the_same_observation_twice_changes_nothing(duty: Duty) -> None:
    first = duty.desk.record(an_observation())
    again = duty.desk.record(an_observation())
    assert again == first
    assert duty.count() == 1
    assert len(duty.stamps(first.id)) == 7
    assert len(duty.exhibits(first.id)) == 1


def test_what_continues_joins_its_incident_with_new_measures_and_evidence(duty: Duty) -> None:
    raised = duty.raised()
    later = still_there(
        MORNING + MINUTE, measures={"clear_width": Measure(2.1, "m")}, evidence=(a_still("latest.jpg"),)
    )
    joined = duty.desk.record(later)
    assert joined.id == raised.id
    assert joined.measures == {"clear_width": Measure(2.1, "m")}
    assert joined.last_seen_at == MORNING + MINUTE
    assert [one.name for one in duty.exhibits(raised.id)] == ["dwell.jpg", "latest.jpg"]


def test_an_older_observation_is_kept_but_does_not_turn_back_the_measures(duty: Duty) -> None:
    duty.raised()
    newer = duty.desk.record(still_there(MORNING + 2 * MINUTE, measures={"clear_width": Measure(2.1, "m")}))
    late = duty.desk.record(still_there(MORNING + MINUTE, measures={"clear_width": Measure(3.9, "m")}))
    assert late.measures == newer.measures
    assert late.last_seen_at == MORNING + 2 * MINUTE
    assert duty.steps(late.id)[-1] == "continued"


def test_a_blockage_whose_beginning_was_never_heard_is_raised_when_it_continues(duty: Duty) -> None:
    assert duty.desk.record(still_there(MORNING + MINUTE)).status is Status.RAISED


def test_a_blockage_first_heard_of_when_it_ended_is_raised_as_cleared(duty: Duty) -> None:
    incident = duty.desk.record(gone(MORNING + MINUTE))
    assert incident.status is Status.RAISED
    assert incident.cleared_at == MORNING + MINUTE
    assert duty.steps(incident.id)[-2:] == ["raised", "cleared"]


def test_a_county_may_let_what_vanished_unheard_expire_at_once(duty: Duty) -> None:
    incident = duty.under(a_county(expire_cleared=True)).desk.record(gone(MORNING + MINUTE))
    assert incident.status is Status.EXPIRED


def test_a_beginning_that_arrives_after_the_end_joins_it_and_does_not_undo_it(duty: Duty) -> None:
    ended = duty.desk.record(gone(MORNING + MINUTE))
    began = duty.desk.record(an_observation())
    assert began.id == ended.id
    assert began.cleared_at == MORNING + MINUTE


def test_what_went_away_by_itself_waits_for_the_operator(duty: Duty) -> None:
    duty.raised()
    incident = duty.desk.record(gone(MORNING + MINUTE))
    assert (incident.status, incident.cleared_at) == (Status.RAISED, MORNING + MINUTE)


def test_a_county_may_let_what_went_away_by_itself_expire(duty: Duty) -> None:
    lenient = duty.under(a_county(expire_cleared=True))
    lenient.raised()
    assert lenient.desk.record(gone(MORNING + MINUTE)).status is Status.EXPIRED


def test_a_rejected_blockage_is_never_asked_about_again(duty: Duty) -> None:
    rejected = duty.desk.reject(duty.raised().id, by=OPERATOR, reason="not_blocking")
    again = duty.desk.record(still_there(MORNING + HOUR))
    assert (again.id, again.status) == (rejected.id, Status.REJECTED)
    assert duty.count() == 1


def test_a_new_blockage_after_a_rejected_one_is_a_new_incident(duty: Duty) -> None:
    rejected = duty.desk.reject(duty.raised().id, by=OPERATOR, reason="not_blocking")
    other = duty.desk.record(an_observation(MORNING + HOUR, began=MORNING + HOUR))
    assert other.id != rejected.id
    assert other.status is Status.RAISED


def test_another_life_at_a_place_that_is_open_joins_as_a_recurrence(duty: Duty) -> None:
    raised = duty.raised()
    duty.desk.record(gone(MORNING + MINUTE))
    again = duty.desk.record(an_observation(MORNING + HOUR, began=MORNING + HOUR))
    assert again.id == raised.id
    assert (again.recurrences, again.cleared_at) == (1, None)
    assert "recurred" in duty.steps(raised.id)


def test_what_joined_as_a_recurrence_belongs_to_that_incident_for_good(duty: Duty) -> None:
    raised = duty.raised()
    duty.desk.record(an_observation(MORNING + HOUR, began=MORNING + HOUR))
    duty.desk.reject(raised.id, by=OPERATOR, reason="not_blocking")
    later = duty.desk.record(still_there(MORNING + 2 * HOUR, began=MORNING + HOUR))
    assert (later.id, later.recurrences) == (raised.id, 1)


def test_what_is_seen_anew_before_the_camera_has_verified_joins_the_incident(duty: Duty) -> None:
    incident, _ = duty.resolved()
    again = duty.desk.record(an_observation(MORNING + HOUR, began=MORNING + HOUR))
    assert (again.id, again.status, again.recurrences) == (incident.id, Status.RESOLVED, 1)


def test_after_closing_a_new_blockage_is_a_new_incident_linked_to_the_old_one(duty: Duty) -> None:
    incident, _ = duty.resolved()
    duty.desk.verify(incident.id, by=OPERATOR, ok=True)
    duty.desk.close(incident.id, by=OPERATOR)
    again = duty.desk.record(an_observation(MORNING + HOUR, began=MORNING + HOUR))
    assert (again.status, again.recurrence_of) == (Status.RAISED, incident.id)


def test_a_late_fact_from_within_a_closed_incidents_time_joins_it(duty: Duty) -> None:
    incident, _ = duty.resolved()
    duty.desk.record(gone(MORNING + 10 * MINUTE))
    duty.desk.verify(incident.id, by=OPERATOR, ok=True)
    late = duty.desk.record(still_there(MORNING + 5 * MINUTE, began=MORNING + 4 * MINUTE))
    assert late.id == incident.id


def test_another_kind_or_zone_at_the_same_camera_is_another_incident(duty: Duty) -> None:
    duty.raised()
    duty.raised(zone_id="lane-2")
    assert duty.count() == 2


def test_what_lasts_longer_than_half_an_hour_becomes_graver_and_says_so(duty: Duty) -> None:
    before = duty.raised()
    after = duty.desk.record(still_there(MORNING + timedelta(minutes=30)))
    assert (before.colour, after.colour) == (Colour.YELLOW, Colour.ORANGE)
    assert "30" in after.why_zh
    assert "coloured" in duty.steps(after.id)


def test_a_county_may_confirm_what_is_sure_enough_and_dispatch_it(duty: Duty) -> None:
    quick = duty.under(a_county(auto_confirm=(AutoConfirm(Kind.FIRE_LANE, 0.8),), auto_dispatch=True))
    assert quick.raised(confidence=0.8).status is Status.DISPATCHED
    assert quick.raised(confidence=0.79, zone_id="lane-2").status is Status.RAISED


def test_without_such_a_rule_nothing_is_confirmed_by_itself(duty: Duty) -> None:
    assert duty.raised(confidence=1.0).status is Status.RAISED


def test_an_observation_whose_clock_is_of_no_known_kind_is_refused_whole(duty: Duty) -> None:
    with pytest.raises(BadInput):
        duty.raised(time_source="sundial")
    assert duty.count() == 0
