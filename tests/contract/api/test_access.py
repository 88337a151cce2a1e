"""Every route × every role × somebody else's things, taken from the application itself."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from fastapi import FastAPI

from service.access import ACCESS, OPEN, Role
from tests.contract.api.footage import PIECE, a_card
from tests.contract.api.office import EAGLE, FIRE, HERON, WATER, Office, a_still
from tests.contract.api.routes import Route, routes_of

ENDLESS = frozenset({"stream_events"})  # asked for real in test_stream.py
REFUSED = frozenset({401, 403})


@pytest.fixture
def routes(office: Office) -> list[Route]:
    assert isinstance(office.client.app, FastAPI)
    return routes_of(office.client.app)


@pytest.fixture
def ids(office: Office, tmp_path: Path) -> Mapping[str, str]:
    """Things that exist, and belong to the fire department (and to urban management), not to water, and to the team
    eagle, not to heron.
    """
    (tmp_path / "evidence" / "a.jpg").write_bytes(b"\xff\xd8\xff")
    incident, sent = office.dispatched(evidence=(a_still("a.jpg"),))
    exhibit = office.get(Role.OPERATOR, f"/api/incidents/{incident}")["evidence"][0]["id"]
    flight = office.post(EAGLE, "/api/flights", **a_card())
    spare, _ = office.service.accounts.create(Role.OPERATOR, "nobody asks with this one", by="test")
    return {
        "incident_id": incident,
        "dispatch_id": sent[FIRE],
        "exhibit_id": str(exhibit),
        "key_id": spare.id,
        "letter_id": "1",
        "flight_id": flight["id"],
        "file_id": flight["files"][0]["id"],
    }


def test_every_route_has_a_rule_and_every_rule_a_route(routes: list[Route]) -> None:
    assert {route.name for route in routes} == set(ACCESS) | OPEN


def test_no_two_routes_share_a_name_and_so_a_rule(routes: list[Route]) -> None:
    names = [route.name for route in routes]
    assert sorted(names) == sorted(set(names))


def test_nothing_behind_the_door_answers_without_a_key(
    office: Office, routes: list[Route], ids: Mapping[str, str]
) -> None:
    answered = {
        route.name: office.client.request(route.method, route.at(ids)).status_code
        for route in routes
        if route.name not in OPEN
    }
    assert {name: status for name, status in answered.items() if status != 401} == {}


def test_a_role_without_the_right_is_refused_before_anything_is_looked_at(
    office: Office, routes: list[Route], ids: Mapping[str, str]
) -> None:
    wrong = {
        (route.name, role): status
        for route in routes
        if route.name not in OPEN
        for role in set(Role) - ACCESS[route.name]
        if (status := office.ask(_key(role), route.method, route.at(ids)).status_code) != 403
    }
    assert wrong == {}


def test_a_role_with_the_right_is_let_in(office: Office, routes: list[Route], ids: Mapping[str, str]) -> None:
    wrong = {}
    for route in routes:
        for role in ACCESS.get(route.name, frozenset()) if route.name not in ENDLESS else ():
            status = office.ask(_key(role), route.method, route.at(ids)).status_code
            if status in REFUSED or status >= 500:
                wrong[route.name, role] = status
        _give_back_keys(office)
    assert wrong == {}


def test_what_was_sent_to_another_department_does_not_exist_for_this_one(
    office: Office, routes: list[Route], ids: Mapping[str, str]
) -> None:
    of_somebody = [
        route
        for route in routes
        if Role.DEPARTMENT in ACCESS.get(route.name, ()) and route.names("incident_id", "dispatch_id", "exhibit_id")
    ]
    said = {"reason": "非本单位", "note": "x"}
    answers = {
        route.name: office.ask(WATER, route.method, route.at(ids), **_body(route, said)) for route in of_somebody
    }
    assert len(answers) >= 8
    assert {name: answer.status_code for name, answer in answers.items() if answer.status_code != 404} == {}


def test_another_teams_flights_do_not_exist_for_this_one(
    office: Office, routes: list[Route], ids: Mapping[str, str]
) -> None:
    of_somebody = [
        route for route in routes if Role.PILOT in ACCESS.get(route.name, ()) and route.names("flight_id", "file_id")
    ]
    answers = {
        route.name: office.ask(HERON, route.method, route.at(ids), headers=PIECE).status_code for route in of_somebody
    }
    assert len(answers) >= 5
    assert {name: status for name, status in answers.items() if status != 404} == {}
    assert office.get(HERON, "/api/flights")["flights"] == []
    assert [one["id"] for one in office.get(EAGLE, "/api/flights")["flights"]] == [ids["flight_id"]]


def test_a_departments_lists_hold_its_own_alone(office: Office, ids: Mapping[str, str]) -> None:
    assert office.get(WATER, "/api/incidents")["incidents"] == []
    assert office.get(WATER, f"/api/dispatches?department={FIRE}")["dispatches"] == []
    assert office.get(WATER, f"/api/incidents?department={FIRE}")["incidents"] == []
    assert [one["department"] for one in office.get(FIRE, "/api/dispatches")["dispatches"]] == [FIRE]


def test_of_a_shared_incident_each_department_sees_its_own_dispatch(office: Office, ids: Mapping[str, str]) -> None:
    seen = office.get(FIRE, f"/api/incidents/{ids['incident_id']}")
    assert [one["department"] for one in seen["dispatches"]] == [FIRE]
    assert {stamp["dispatch_id"] for stamp in seen["stamps"]} <= {None, ids["dispatch_id"]}


def test_a_department_is_offered_its_own_answers_and_nothing_of_the_desks(
    office: Office, ids: Mapping[str, str]
) -> None:
    seen = office.get(FIRE, f"/api/incidents/{ids['incident_id']}")
    assert seen["actions"] == []
    assert set(seen["dispatches"][0]["actions"]) <= {"acknowledge", "arrive", "resolve", "not-found", "refuse"}


def _key(role: Role) -> str:
    return {Role.DEPARTMENT: FIRE, Role.PILOT: EAGLE}.get(role, role)


def _body(route: Route, said: Mapping[str, str]) -> dict[str, object]:
    return {"json": said} if route.method == "POST" and not route.path.endswith("/resolve") else {}


def _give_back_keys(office: Office) -> None:
    """Some routes end keys: the next one needs them again."""
    for role in (Role.ADMINISTRATOR, Role.SUPERVISOR, Role.OPERATOR, Role.NODE):
        office.keys[role] = office.service.accounts.create(role, f"test {role}", by="test")[1]
