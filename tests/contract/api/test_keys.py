"""Keys: shown once, kept as hashes, expiring, revocable; sessions that die with them."""

from datetime import timedelta
from pathlib import Path

import pytest

from service.access import Role
from service.accounts import KeyRefused
from service.api.door import COOKIE
from service.server import build
from tests.contract.api.office import FIRE, HandClock, Office, a_county, settings_in


def test_a_new_installation_gives_one_administrators_key_and_never_again(tmp_path: Path) -> None:
    service = build(settings_in(tmp_path), a_county(), HandClock())
    first = service.open()
    assert first is not None
    assert service.accounts.actor(first).role is Role.ADMINISTRATOR
    service.edge.store.close()
    assert service.open() is None
    service.edge.store.close()


def test_no_text_of_a_key_is_in_the_database(office: Office, tmp_path: Path) -> None:
    text = office.post(Role.ADMINISTRATOR, "/api/keys", name="wall", role="operator")["text"]
    written = b"".join(path.read_bytes() for path in tmp_path.glob("patrol.db*"))
    assert written
    assert text.encode() not in written
    assert text.removeprefix("patrol_").encode() not in written


def test_a_key_ends_when_its_time_is_over(office: Office) -> None:
    text = office.post(Role.ADMINISTRATOR, "/api/keys", name="day", role="operator", days=1)["text"]
    office.clock.at += timedelta(days=1, seconds=-1)
    assert office.service.accounts.actor(text).name == "day"
    office.clock.at += timedelta(seconds=1)
    with pytest.raises(KeyRefused):
        office.service.accounts.actor(text)


def test_a_revoked_key_is_refused_and_its_sessions_with_it(office: Office) -> None:
    made = office.post(Role.ADMINISTRATOR, "/api/keys", name="wall", role="operator")
    session = office.service.accounts.open_session(made["text"], timedelta(hours=1))
    office.post(Role.ADMINISTRATOR, f"/api/keys/{made['id']}/revoke")
    for text in (made["text"], session):
        with pytest.raises(KeyRefused):
            office.service.accounts.actor(text)


def test_a_department_key_names_a_department_that_exists(office: Office) -> None:
    def make(**wanted: str) -> int:
        return office.ask(Role.ADMINISTRATOR, "POST", "/api/keys", json={"name": "x", **wanted}).status_code

    assert make(role="department") == 422
    assert make(role="department", department="nobody") == 422
    assert make(role="operator", department=FIRE) == 422
    assert make(role="department", department=FIRE) == 200


def test_a_session_works_from_our_page_and_from_nowhere_else(office: Office) -> None:
    incident = office.raised()
    client = office.client
    assert client.post("/api/session", json={"key": office.keys[Role.OPERATOR]}).status_code == 200
    assert client.get("/api/me").json()["role"] == "operator"
    refused = client.post(f"/api/incidents/{incident}/confirm")
    assert (refused.status_code, refused.json()["error"]) == (403, "header_needed")
    assert client.post(f"/api/incidents/{incident}/confirm", headers={"X-Patrol": "1"}).status_code == 200


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(office: Office) -> None:
    answer = office.client.post("/api/session", json={"key": office.keys[Role.OPERATOR]})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=patrol_")
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert office.keys[Role.OPERATOR] not in cookie


def test_leaving_ends_the_session_and_not_the_key(office: Office) -> None:
    office.client.post("/api/session", json={"key": office.keys[Role.OPERATOR]})
    session = office.client.cookies[COOKIE]
    assert office.client.post("/api/session/end", headers={"X-Patrol": "1"}).status_code == 200
    with pytest.raises(KeyRefused):
        office.service.accounts.actor(session)
    assert office.service.accounts.actor(office.keys[Role.OPERATOR]).role is Role.OPERATOR


def test_every_key_that_is_made_or_revoked_stands_in_the_ledger(office: Office) -> None:
    made = office.post(Role.ADMINISTRATOR, "/api/keys", name="wall", role="operator")
    office.post(Role.ADMINISTRATOR, f"/api/keys/{made['id']}/revoke")
    with office.service.edge.store.read() as tx:
        written = [(stamp.step, stamp.by) for stamp in tx.stamps.after(0) if stamp.details.get("key") == made["id"]]
    assert written == [
        ("key_created", "administrator:test administrator"),
        ("key_revoked", "administrator:test administrator"),
    ]
