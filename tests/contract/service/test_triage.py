"""What an operator may decide, and what is written down of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from service.errors import (
    BadInput,
    ClaimedByAnother,
    Conflict,
    IllegalMove,
    NotFound,
    PlaceTaken,
    ReasonNeeded,
    UnknownReason,
)
from service.incident import Status
from tests.clocks import MORNING
from tests.contract.service.duty import Duty
from tests.facts import OPERATOR, a_county, a_still, an_observation

OTHER = "operator:wang"


def test_a_confirmation_is_stamped_with_who_and_when(duty: Duty) -> None:
    incident = duty.raised()
    duty.after(seconds=4)
    assert duty.desk.confirm(incident.id, by=OPERATOR).status is Status.CONFIRMED
    stamp = duty.stamps(incident.id)[-1]
    assert (stamp.step, stamp.by, stamp.at) == ("confirmed", OPERATOR, MORNING + timedelta(seconds=4))


def test_what_is_refused_changes_nothing(duty: Duty) -> None:
    incident = duty.desk.confirm(duty.raised().id, by=OPERATOR)
    before = duty.stamps(incident.id)
    with pytest.raises(IllegalMove):
        duty.desk.confirm(incident.id, by=OTHER)
    assert duty.incident(incident.id) == incident
    assert duty.stamps(incident.id) == before


def test_an_unknown_incident_is_said_to_be_unknown(duty: Duty) -> None:
    with pytest.raises(NotFound):
        duty.desk.confirm("nobody", by=OPERATOR)


def test_a_rejection_names_one_of_the_countys_reasons(duty: Duty) -> None:
    incident = duty.raised()
    with pytest.raises(ReasonNeeded):
        duty.desk.reject(incident.id, by=OPERATOR, reason="")
    with pytest.raises(UnknownReason, match="not_blocking"):
        duty.desk.reject(incident.id, by=OPERATOR, reason="whatever")
    rejected = duty.desk.reject(incident.id, by=OPERATOR, reason="not_blocking", note="雨衣")
    assert (rejected.status, rejected.reason) == (Status.REJECTED, "not_blocking")
    assert duty.stamps(incident.id)[-1].details == {"reason": "not_blocking", "note": "雨衣"}


def test_only_the_first_showing_is_stamped(duty: Duty) -> None:
    incident = duty.raised()
    duty.desk.shown(incident.id, by=OPERATOR)
    duty.after(seconds=1)
    assert duty.desk.shown(incident.id, by=OTHER).shown_at == MORNING
    assert duty.steps(incident.id).count("shown") == 1


def test_what_one_operator_claimed_another_cannot(duty: Duty) -> None:
    incident = duty.raised()
    duty.desk.claim(incident.id, by=OPERATOR)
    with pytest.raises(ClaimedByAnother, match=OPERATOR):
        duty.desk.claim(incident.id, by=OTHER)


def test_a_claim_runs_out_by_itself(duty: Duty) -> None:
    incident = duty.raised()
    duty.desk.claim(incident.id, by=OPERATOR, seconds=120)
    duty.after(seconds=120)
    assert duty.desk.claim(incident.id, by=OTHER).claimed_by == OTHER


def test_a_released_claim_is_free_and_somebody_elses_stays(duty: Duty) -> None:
    incident = duty.raised()
    duty.desk.claim(incident.id, by=OPERATOR)
    assert duty.desk.release(incident.id, by=OTHER).claimed_by == OPERATOR
    assert duty.desk.release(incident.id, by=OPERATOR).claimed_by is None


def test_a_merged_incident_points_at_the_other_and_both_know(duty: Duty) -> None:
    one, other = duty.raised(), duty.raised(zone_id="lane-2")
    merged = duty.desk.merge(one.id, other.id, by=OPERATOR)
    assert (merged.status, merged.merged_into) == (Status.MERGED, other.id)
    assert duty.stamps(other.id)[-1].details == {"absorbed": one.id}


def test_nothing_is_merged_into_itself_or_into_what_was_discarded(duty: Duty) -> None:
    one, other = duty.raised(), duty.raised(zone_id="lane-2")
    duty.desk.reject(other.id, by=OPERATOR, reason="not_blocking")
    for target in (one, other):
        with pytest.raises(Conflict):
            duty.desk.merge(one.id, target.id, by=OPERATOR)


def test_a_merge_can_be_undone_with_a_reason(duty: Duty) -> None:
    one, other = duty.raised(), duty.raised(zone_id="lane-2")
    duty.desk.merge(one.id, other.id, by=OPERATOR)
    with pytest.raises(ReasonNeeded):
        duty.desk.unmerge(one.id, by=OPERATOR, reason=" ")
    apart = duty.desk.unmerge(one.id, by=OPERATOR, reason="两处")
    assert (apart.status, apart.merged_into) == (Status.CONFIRMED, None)


def test_reopening_needs_a_reason_and_a_free_place(duty: Duty) -> None:
    rejected = duty.desk.reject(duty.raised().id, by=OPERATOR, reason="not_blocking")
    later = duty.after(hours=1)
    newer = duty.desk.record(an_observation(later, began=later))
    with pytest.raises(ReasonNeeded):
        duty.desk.reopen(rejected.id, by=OPERATOR, reason="")
    with pytest.raises(PlaceTaken):
        duty.desk.reopen(rejected.id, by=OPERATOR, reason="误判")
    duty.desk.reject(newer.id, by=OPERATOR, reason="not_blocking")
    assert duty.desk.reopen(rejected.id, by=OPERATOR, reason="误判").status is Status.CONFIRMED


def test_a_reopened_incident_is_dispatched_again_where_the_county_does_so_by_itself(duty: Duty) -> None:
    incident, _ = duty.resolved()
    duty.desk.verify(incident.id, by=OPERATOR, ok=True)
    duty.desk.close(incident.id, by=OPERATOR)
    reopened = duty.under(a_county(auto_dispatch=True)).desk.reopen(incident.id, by=OPERATOR, reason="又堵")
    assert reopened.status is Status.DISPATCHED
    assert [(d.department, d.attempt) for d in duty.dispatches(incident.id)] == [("fire", 1), ("fire", 2), ("urban", 1)]


def test_what_was_handled_on_the_spot_waits_for_verification(duty: Duty) -> None:
    incident = duty.desk.confirm(duty.raised().id, by=OPERATOR)
    done = duty.desk.handle_on_spot(incident.id, by=OPERATOR, note="电话联系车主", after_photo=a_still("after.jpg"))
    assert (done.status, done.resolved_at) == (Status.RESOLVED, MORNING)
    assert [one.role for one in duty.exhibits(incident.id)] == ["dwell", "after"]


def test_whoever_opens_an_original_is_written_down_with_the_reason(duty: Duty) -> None:
    incident = duty.raised()
    (shown,) = duty.exhibits(incident.id)
    with pytest.raises(ReasonNeeded):
        duty.desk.opened_original(shown.id, by=OPERATOR, reason="")
    assert duty.desk.opened_original(shown.id, by=OPERATOR, reason="报警").original == "original/dwell.jpg"
    assert duty.stamps(incident.id)[-1].details == {"exhibit": shown.id, "reason": "报警"}


def test_what_has_no_original_says_so(duty: Duty) -> None:
    plain = replace(a_still("plain.jpg"), original=None, original_sha256=None)
    incident = duty.raised(evidence=(plain,))
    with pytest.raises(BadInput):
        duty.desk.opened_original(duty.exhibits(incident.id)[0].id, by=OPERATOR, reason="报警")
