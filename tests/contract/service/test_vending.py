"""Street vending goes the whole way: recorded, sent to urban management, verified by the camera."""

import json
from dataclasses import replace

import pytest

from pipelines.observation import CameraReport, Kind, Measure, Phase, ZoneReport, ZoneState
from service.county import County, Route
from service.dispatch import Status as DispatchStatus
from service.incident import Status
from tests.contract.service.duty import Duty
from tests.facts import FIRE, OPERATOR, URBAN, a_county, a_report, a_still

KERB = "kerb-1"
ROW = {"stalls": Measure(3.0, "1"), "area": Measure(7.5, "m2"), "clear_width": Measure(1.0, "m")}


def a_market_county() -> County:
    county = a_county()
    return replace(county, routes={**county.routes, Kind.STREET_VENDING: Route(Kind.STREET_VENDING, URBAN, (), 2.0)})


def kerb(duty: Duty, state: ZoneState) -> CameraReport:
    now = duty.clock.now()
    still = a_still("clear.jpg", now)
    return a_report(now, ZoneReport(KERB, Kind.STREET_VENDING, state, now, now, still))


@pytest.fixture
def market(duty: Duty) -> Duty:
    return duty.under(a_market_county())


def raised(market: Duty, **changes: object) -> str:
    facts = {"kind": Kind.STREET_VENDING, "zone_id": KERB, "subject": "mobile_stall", "measures": ROW}
    return market.raised(**{**facts, **changes}).id


def test_vending_is_sent_to_urban_management_with_its_count_its_width_and_its_codes(market: Duty) -> None:
    incident_id = raised(market)
    market.desk.confirm(incident_id, by=OPERATOR)
    (sent,) = market.desk.dispatch(incident_id, by=OPERATOR, departments=None)
    assert (sent.department, sent.limit_continuous_hours) == (URBAN, 2.0)
    told = json.loads(market.letters(incident_id)[0].body)["data"]["incident"]
    assert told["kind"]["zh"] == "占道经营"
    assert told["measures"]["stalls"]["value"] == 3
    assert "1.0 米" in told["why"]["zh"]
    assert {(code["scheme"], code["code"]) for code in told["codes"]} == {
        ("GB/T 30428.2", "04-01"),
        ("CJ/T 214", "05-01"),
    }


@pytest.mark.parametrize(("subject", "code"), [("stall", "04-06"), ("shop_goods", "04-05"), ("mobile_stall", "04-01")])
def test_each_way_of_selling_has_the_code_of_its_own(market: Duty, subject: str, code: str) -> None:
    incident_id = raised(market, subject=subject)
    market.desk.confirm(incident_id, by=OPERATOR)
    market.desk.dispatch(incident_id, by=OPERATOR, departments=None)
    told = json.loads(market.letters(incident_id)[0].body)["data"]["incident"]
    assert told["codes"][0]["code"] == code


def test_a_stall_that_moved_on_is_a_mobile_vendor_from_then_on(market: Duty) -> None:
    incident_id = raised(market, subject="stall")
    began = market.clock.now()
    market.after(seconds=30)
    moved = {"phase": Phase.CONTINUES, "captured_at": market.clock.now(), "began": began}
    assert raised(market, subject="mobile_stall", **moved) == incident_id
    assert market.incident(incident_id).subject == "mobile_stall"
    assert market.count() == 1


def test_a_kerb_that_is_seen_clear_after_the_work_is_verified_by_the_camera(market: Duty) -> None:
    incident_id = raised(market)
    market.desk.confirm(incident_id, by=OPERATOR)
    (sent,) = market.desk.dispatch(incident_id, by=OPERATOR, departments=None)
    market.desk.acknowledge(sent.id, by="department:urban")
    market.desk.resolve(sent.id, by="department:urban", after_photo=a_still("after.jpg"))
    market.after(seconds=4)
    assert market.desk.report(kerb(market, ZoneState.CLEAR)) == []
    assert market.incident(incident_id).status is Status.VERIFIED
    assert market.dispatch(sent.id).status is DispatchStatus.ACCEPTED


def test_stalls_that_stay_after_done_send_the_work_back(market: Duty) -> None:
    incident_id = raised(market)
    market.desk.confirm(incident_id, by=OPERATOR)
    (sent,) = market.desk.dispatch(incident_id, by=OPERATOR, departments=None)
    market.desk.acknowledge(sent.id, by="department:urban")
    market.desk.resolve(sent.id, by="department:urban", after_photo=a_still("after.jpg"))
    for seconds in (4, 30):
        market.after(seconds=seconds)
        market.desk.report(kerb(market, ZoneState.BLOCKED))
    assert market.dispatch(sent.id).status is DispatchStatus.REWORK


def test_a_fire_lane_and_a_kerb_of_one_camera_are_two_incidents_for_two_departments(market: Duty) -> None:
    assert raised(market) != market.raised().id
    assert market.count() == 2
    assert FIRE in market.county.departments
