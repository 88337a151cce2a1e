"""A whole command centre in a temporary folder: real SQLite, real files, real HTTP edge; only time is told by hand."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response
from pydantic import ByteSize

from pipelines.observation import (
    CameraReport,
    CameraState,
    Evidence,
    EvidenceRole,
    Kind,
    Measure,
    Observation,
    Phase,
    to_json,
)
from service.access import Role
from service.app import create_app
from service.county import County, Department, Endpoint, Route
from service.names import Name
from service.server import Service, build
from service.settings import Settings
from service.upload_probe import Media

MORNING = datetime(2026, 5, 1, 0, 0, tzinfo=UTC)
FIRE, URBAN, WATER = "fire", "urban", "water"
EAGLE, HERON = "eagle", "heron"  # two drone teams
JPEG = b"\xff\xd8\xff\xe0" + bytes(100)
BY_HAND = frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR, Role.OPERATOR, Role.NODE})


@dataclass
class HandClock:
    """Time stands still until it is moved."""

    at: datetime = MORNING

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return (self.at - MORNING).total_seconds()

    def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


class NoProbe:
    """Sees nothing in any file, at once."""

    def look(self, path: Path, format_: str) -> Media:
        return {"format": format_}


def a_county() -> County:
    """Fire and rescue leads on fire lanes, urban management assists; water has nothing to do with them."""
    endpoint = Endpoint("http://127.0.0.1:9/", ("whsec_" + "QUJD" * 8,), (ip_network("127.0.0.0/8"),))
    departments = (
        Department(FIRE, Name("消防救援大队", "Fire and rescue"), endpoint),
        Department(URBAN, Name("城管局", "Urban management"), endpoint),
        Department(WATER, Name("水利局", "Water resources"), endpoint),
    )
    return County(
        name=Name("某县", "A county"),
        departments={one.id: one for one in departments},
        routes={Kind.FIRE_LANE: Route(Kind.FIRE_LANE, FIRE, (URBAN,), 2.0)},
        rejection_reasons={"not_blocking": Name("未堵塞", "not blocking")},
    )


def an_observation(*, camera: str = "north-gate", at: datetime = MORNING, **changes: Any) -> Observation:
    values: dict[str, Any] = {
        "kind": Kind.FIRE_LANE,
        "source_id": camera,
        "zone_id": "lane-1",
        "subject": "car",
        "phase": Phase.BEGAN,
        "began_at": at - timedelta(seconds=60),
        "dwell_met_at": at,
        "captured_at": at,
        "received_at": at,
        "detected_at": at - timedelta(seconds=59),
        "decided_at": at,
        "time_source": "container",
        "seen_s": 58.0,
        "unseen_s": 2.0,
        "confidence": 0.9,
        "measures": {"clear_width": Measure(2.6, "m")},
    }
    return Observation(**values | changes)


def a_still(
    name: str, at: datetime = MORNING, *, media_type: str = "image/jpeg", original: str | None = None
) -> Evidence:
    return Evidence(EvidenceRole.DWELL, name, "0" * 64, media_type, at, original, "1" * 64 if original else None)


def a_report(
    *, camera: str = "north-gate", state: CameraState = CameraState.OK, at: datetime = MORNING
) -> CameraReport:
    return CameraReport(source_id=camera, state=state, since=at, reported_at=at)


@dataclass
class Office:
    """`keys` holds one key per role, and one per department and drone team under its name."""

    service: Service
    clock: HandClock
    client: TestClient
    keys: dict[str, str] = field(default_factory=dict)

    def ask(self, who: str, method: str, path: str, **more: Any) -> Response:
        headers = {"Authorization": f"Bearer {self.keys[who]}"} | more.pop("headers", {})
        return self.client.request(method, path, headers=headers, **more)

    def get(self, who: str, path: str) -> Any:
        answer = self.ask(who, "GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, who: str, path: str, **body: Any) -> Any:
        answer = self.ask(who, "POST", path, json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def raised(self, *, camera: str = "north-gate", **changes: Any) -> str:
        """The id of an incident that a patrol has just reported."""
        fact = an_observation(camera=camera, at=self.clock.now(), **changes)
        return str(self.post(Role.NODE, "/api/observations", **json.loads(to_json(fact)))["incident_id"])

    def dispatched(self, *, camera: str = "north-gate", **changes: Any) -> tuple[str, dict[str, str]]:
        """The incident's id, and each department's dispatch."""
        incident = self.raised(camera=camera, **changes)
        self.post(Role.OPERATOR, f"/api/incidents/{incident}/confirm")
        sent = self.post(Role.OPERATOR, f"/api/incidents/{incident}/dispatch")["dispatches"]
        return incident, {one["department"]: one["id"] for one in sent}

    def resolved(self, **changes: Any) -> str:
        incident, sent = self.dispatched(**changes)
        for department, dispatch in sent.items():
            self.post(department, f"/api/dispatches/{dispatch}/acknowledge")
            answer = self.ask(
                department, "POST", f"/api/dispatches/{dispatch}/resolve", files={"photo": ("a.jpg", JPEG)}
            )
            assert answer.status_code == 200, answer.text
        return incident


def settings_in(folder: Path) -> Settings:
    return Settings(
        database_url=f"sqlite:///{folder}/patrol.db",
        evidence=folder / "evidence",
        flights=folder / "flights",
        upload_floor=ByteSize(0),
        port=0,
    )


def an_office(folder: Path) -> Office:
    """Open: the caller closes its store."""
    clock = HandClock()
    service = build(settings_in(folder), a_county(), clock, probe=NoProbe())
    service.open()
    office = Office(service, clock, TestClient(create_app(service.edge), raise_server_exceptions=False))
    for role in BY_HAND:
        office.keys[role] = service.accounts.create(role, f"test {role}", by="test")[1]
    for department in (FIRE, URBAN, WATER):
        made = service.accounts.create(Role.DEPARTMENT, department, by="test", department=department)
        office.keys[department] = made[1]
    for team in (EAGLE, HERON):
        office.keys[team] = service.accounts.create(Role.PILOT, team, by="test", team=team)[1]
    return office
