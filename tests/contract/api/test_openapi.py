"""The description is clean enough for a client generator, and every refusal has one shape."""

from typing import Any

import pytest

from service.access import Role
from tests.contract.api.office import Office

METHODS = frozenset({"get", "post", "put", "patch", "delete"})
FILES = frozenset({"get_evidence", "stream_events"})  # their success is not JSON


@pytest.fixture
def described(office: Office) -> dict[str, Any]:
    found: dict[str, Any] = office.get(Role.OPERATOR, "/api/openapi.json")
    return found


def operations(described: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for path in described["paths"].values() for method, one in path.items() if method in METHODS]


def test_operation_ids_are_unique_and_are_plain_names(described: dict[str, Any]) -> None:
    ids = [one["operationId"] for one in operations(described)]
    assert len(ids) > 30
    assert len(ids) == len(set(ids))
    assert all(id_.isidentifier() for id_ in ids)


def test_every_success_has_a_named_model(described: dict[str, Any]) -> None:
    unnamed = [
        one["operationId"]
        for one in operations(described)
        if one["operationId"] not in FILES
        and "$ref" not in one["responses"]["200"]["content"]["application/json"]["schema"]
    ]
    assert unnamed == []


def test_every_refusal_is_declared_with_the_same_model(described: dict[str, Any]) -> None:
    refusals = {
        (one["operationId"], status): answer["content"]["application/json"]["schema"].get("$ref")
        for one in operations(described)
        for status, answer in one["responses"].items()
        if status.startswith(("4", "5"))
    }
    assert set(refusals.values()) == {"#/components/schemas/Refused"}
    assert ("confirm_incident", "409") in refusals


def test_no_model_says_anything_goes(described: dict[str, Any]) -> None:
    loose = [
        f"{name}.{field}"
        for name, model in described["components"]["schemas"].items()
        for field, schema in model.get("properties", {}).items()
        if not {"type", "$ref", "anyOf", "allOf", "const", "enum"} & set(schema)
    ]
    assert loose == []


def test_every_route_behind_the_door_says_how_to_come_in(described: dict[str, Any]) -> None:
    open_ones = {one["operationId"] for one in operations(described) if not one.get("security")}
    assert open_ones == {"get_health", "open_session"}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/api/incidents/none-such", 404),
        ("GET", "/api/incidents/../../etc", 404),
        ("DELETE", "/api/incidents", 405),
        ("GET", "/api/incidents?limit=100000", 422),
        ("GET", "/api/incidents?cursor=rubbish", 422),
        ("GET", "/api/timing?by=mood", 422),
        ("GET", "/api/timing?since=2026-05-01T00:00:00", 422),
        ("POST", "/api/incidents/none-such/reject", 422),
    ],
)
def test_every_refusal_is_told_in_one_shape_and_both_languages(
    office: Office, method: str, path: str, status: int
) -> None:
    answer = office.ask(Role.OPERATOR, method, path)
    assert answer.status_code == status
    assert set(answer.json()) == {"error", "message_zh", "message_en", "again"}
    assert answer.json()["message_zh"]
    assert answer.json()["message_en"]


def test_what_we_did_not_foresee_is_told_without_details(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    office.service.edge.store.close()
    answer = office.ask(Role.OPERATOR, "GET", "/api/incidents")
    assert (answer.status_code, answer.json()["error"]) == (500, "internal")
    assert "Store.open" not in answer.text
    assert "Store.open" in caplog.text
    office.service.edge.store.open()


def test_every_answer_forbids_what_is_not_ours(office: Office) -> None:
    for path in ("/", "/healthz", "/api/incidents", "/static/app.js", "/nowhere"):
        headers = office.client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
        assert headers["x-content-type-options"] == "nosniff"
    assert office.client.get("/api/incidents").headers["cache-control"] == "no-store"
