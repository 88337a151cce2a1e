"""Builders of what patrols say and counties decide."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from ipaddress import ip_network
from typing import Any

from pipelines.observation import (
    CameraReport,
    CameraState,
    Evidence,
    EvidenceRole,
    Kind,
    Measure,
    Observation,
    Phase,
    ZoneReport,
    ZoneState,
)
from service.county import County, Department, Endpoint, Route, Rules
from service.names import Name
from tests.clocks import MORNING

CAMERA, LANE = "north-gate", "lane-1"
FIRE, URBAN, WATER = "fire", "urban", "water"
SECRET = "whsec_" + "cGF0cm9s" * 4
OPERATOR = "operator:li"


def an_observation(at: datetime = MORNING, *, began: datetime = MORNING, **changes: Any) -> Observation:
    """A car that has stood in the lane since `began` and is reported at `at`."""
    values: dict[str, Any] = {
        "kind": Kind.FIRE_LANE,
        "source_id": CAMERA,
        "zone_id": LANE,
        "subject": "car",
        "phase": Phase.BEGAN,
        "began_at": began - timedelta(seconds=60),
        "dwell_met_at": began,
        "captured_at": at,
        "received_at": at + timedelta(milliseconds=200),
        "detected_at": began - timedelta(seconds=59),
        "decided_at": at + timedelta(milliseconds=300),
        "time_source": "camera",
        "seen_s": 58.0,
        "unseen_s": 2.0,
        "confidence": 0.9,
        "measures": {"clear_width": Measure(2.6, "m")},
        "evidence": (a_still("dwell.jpg", at),),
        "decided_by": "street@12345678",
    }
    return Observation(**values | changes)


def still_there(at: datetime, *, began: datetime = MORNING, **changes: Any) -> Observation:
    return an_observation(at, began=began, phase=Phase.CONTINUES, **changes)


def gone(at: datetime, *, began: datetime = MORNING, **changes: Any) -> Observation:
    return an_observation(at, began=began, phase=Phase.ENDED, **changes)


def a_still(name: str, at: datetime = MORNING, role: EvidenceRole = EvidenceRole.DWELL) -> Evidence:
    return Evidence(role, name, "0" * 64, "image/jpeg", at, f"original/{name}", "1" * 64)


def a_zone(
    state: ZoneState, at: datetime, *, since: datetime | None = None, still: Evidence | None = None
) -> ZoneReport:
    return ZoneReport(LANE, Kind.FIRE_LANE, state, since or at, at, still)


def a_report(
    at: datetime, *zones: ZoneReport, state: CameraState = CameraState.OK, camera: str = CAMERA, why: str = ""
) -> CameraReport:
    return CameraReport(camera, state, at, at, why=why, asked_hz=1.0, delivered_hz=1.0, sampled=60, zones=zones)


def an_endpoint(url: str = "http://127.0.0.1:9/hook", *, allowed: Iterable[str] = ("127.0.0.0/8",)) -> Endpoint:
    return Endpoint(url, (SECRET,), tuple(ip_network(one) for one in allowed))


def a_county(*, endpoint: Endpoint | None = None, **rules: Any) -> County:
    """Fire and rescue leads on fire lanes, urban management assists; both listen at the same endpoint."""
    listens = endpoint or an_endpoint()
    departments = (
        Department(FIRE, Name("消防救援大队", "Fire and rescue"), listens),
        Department(URBAN, Name("城管局", "Urban management"), listens),
        Department(WATER, Name("水利局", "Water resources")),
    )
    return County(
        name=Name("某县", "A county"),
        base_url="http://centre.example",
        departments={one.id: one for one in departments},
        routes={Kind.FIRE_LANE: Route(Kind.FIRE_LANE, FIRE, (URBAN,), 2.0)},
        rules=Rules(**rules),
        rejection_reasons={"not_blocking": Name("未堵塞", "not blocking")},
        cameras={CAMERA: Name("北门", "North gate")},
    )


def led_alone(county: County) -> County:
    """The same county, where nobody assists on fire lanes."""
    return replace(county, routes={Kind.FIRE_LANE: Route(Kind.FIRE_LANE, FIRE, (), 2.0)})
