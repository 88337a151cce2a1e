"""The event stream against a real server on a real port: resumed at every event, ended with the key and the server."""

import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import httpx2
import pytest

from clock import SystemClock
from pipelines.observation import to_json
from service.access import Role
from service.feed import SEATS
from service.server import Service, build
from tests.contract.api.footage import a_card
from tests.contract.api.office import EAGLE, FIRE, HERON, MORNING, WATER, a_county, an_observation, settings_in

PATIENCE = httpx2.Timeout(20)


@dataclass
class Live:
    """A running service and a key for each who asks."""

    service: Service
    url: str
    keys: dict[str, str] = field(default_factory=dict)

    def key(self, who: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.keys[who]}"}

    def post(self, who: str, path: str, body: str = "{}") -> dict[str, object]:
        headers = self.key(who) | {"Content-Type": "application/json"}
        answer = httpx2.post(self.url + path, content=body, headers=headers, timeout=PATIENCE)
        assert answer.status_code == 200, answer.text
        found: dict[str, object] = answer.json()
        return found

    def raised(self, camera: str) -> str:
        return str(
            self.post("node", "/api/observations", to_json(an_observation(camera=camera, at=MORNING)))["incident_id"]
        )

    def events(self, who: str, *, after: int, count: int) -> list[tuple[int, dict[str, object]]]:
        """The next so many ledger events, then hang up."""
        with self.stream(who, {"Last-Event-ID": str(after)}) as lines:
            return list(islice(ledger(lines), count))

    def stream(self, who: str, headers: dict[str, str]) -> "Stream":
        return Stream(f"{self.url}/api/events", self.key(who) | headers)

    def last(self) -> int:
        with self.service.edge.store.read() as tx:
            return tx.stamps.last_id()


class Stream:
    """The lines of an open stream."""

    def __init__(self, url: str, headers: dict[str, str]) -> None:
        self._client = httpx2.Client(timeout=PATIENCE)
        self._request = self._client.build_request("GET", url, headers=headers)

    def __enter__(self) -> Iterator[str]:
        self.answer = self._client.send(self._request, stream=True)
        assert self.answer.status_code == 200
        assert self.answer.headers["content-type"].startswith("text/event-stream")
        return self.answer.iter_lines()

    def __exit__(self, *_: object) -> None:
        self.answer.close()
        self._client.close()


def ledger(lines: Iterator[str]) -> Iterator[tuple[int, dict[str, object]]]:
    """(id, data) of each ledger event; beats and comments are passed over."""
    event: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(": ")
        if line:
            event[name] = value
        elif event.pop("event", "") == "ledger":
            yield int(event["id"]), json.loads(event["data"])


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Live]:
    service = build(settings_in(tmp_path), a_county(), SystemClock())
    service.open()
    found = Live(service, service.start())
    for role in (Role.OPERATOR, Role.NODE):
        found.keys[role] = service.accounts.create(role, role, by="test")[1]
    for team in (EAGLE, HERON):
        found.keys[team] = service.accounts.create(Role.PILOT, team, by="test", team=team)[1]
    for department in (FIRE, WATER):
        made = service.accounts.create(Role.DEPARTMENT, department, by="test", department=department)
        found.keys[department] = made[1]
    yield found
    service.stop()


def test_a_client_that_hangs_up_after_every_event_misses_none_and_gets_none_twice(live: Live) -> None:
    start = live.last()
    live.post(Role.OPERATOR, f"/api/incidents/{live.raised('north-gate')}/confirm")
    live.raised("south-gate")
    count = live.last() - start
    whole = live.events(Role.OPERATOR, after=start, count=count)
    pieces: list[tuple[int, dict[str, object]]] = []
    while len(pieces) < count:
        pieces += live.events(Role.OPERATOR, after=pieces[-1][0] if pieces else start, count=1)
    assert count > 10
    assert pieces == whole
    assert [id_ for id_, _ in whole] == list(range(start + 1, start + count + 1))


def test_what_happens_while_one_listens_is_heard(live: Live) -> None:
    with live.stream(Role.OPERATOR, {"Last-Event-ID": str(live.last())}) as lines:
        incident = live.raised("north-gate")
        heard = next(data for _, data in ledger(lines) if data["step"] == "raised")
    assert heard["incident_id"] == incident


def test_a_department_hears_of_its_own_incidents_alone(live: Live) -> None:
    start = live.last()
    incident = live.raised("north-gate")
    live.post(Role.OPERATOR, f"/api/incidents/{incident}/confirm")
    live.post(Role.OPERATOR, f"/api/incidents/{incident}/dispatch", json.dumps({"departments": [FIRE]}))
    other = live.raised("south-gate")
    live.post(Role.OPERATOR, f"/api/incidents/{other}/confirm")
    live.post(Role.OPERATOR, f"/api/incidents/{other}/dispatch", json.dumps({"departments": [WATER]}))
    heard = live.events(WATER, after=start, count=8)
    assert {data["incident_id"] for _, data in heard} == {other}


def test_a_drone_team_hears_of_its_own_flights_alone(live: Live) -> None:
    start = live.last()
    live.raised("north-gate")
    flights = {team: live.post(team, "/api/flights", json.dumps(a_card()))["id"] for team in (EAGLE, HERON)}
    live.post(HERON, f"/api/flights/{flights[HERON]}/withdraw")
    heard = live.events(HERON, after=start, count=2)
    assert [(data["step"], data["flight_id"]) for _, data in heard] == [
        ("flight_declared", flights[HERON]),
        ("flight_withdrawn", flights[HERON]),
    ]


def test_the_stream_ends_when_its_key_is_revoked(live: Live) -> None:
    with live.stream(Role.OPERATOR, {"Last-Event-ID": str(live.last())}) as lines:
        key = live.service.accounts.actor(live.keys[Role.OPERATOR]).key_id
        live.service.accounts.revoke(key, by="test")
        live.raised("north-gate")
        assert sum(1 for _ in ledger(lines)) < 3


def test_a_server_that_stops_wakes_every_listener(live: Live) -> None:
    with live.stream(Role.OPERATOR, {"Last-Event-ID": str(live.last())}) as lines:
        stopping = threading.Thread(target=live.service.stop)
        stopping.start()
        assert list(ledger(lines)) == []
        stopping.join(timeout=10)
        assert not stopping.is_alive()


def test_a_stream_too_many_is_refused_and_may_come_again_later(live: Live) -> None:
    with ExitStack() as full:
        for _ in range(SEATS):
            full.enter_context(live.service.edge.feed.seat())
        refused = httpx2.get(f"{live.url}/api/events", headers=live.key(Role.OPERATOR), timeout=PATIENCE)
    assert (refused.status_code, refused.json()["again"]) == (503, True)
    assert refused.headers["retry-after"] == "1"
    with live.stream(Role.OPERATOR, {}):
        pass
