"""Idempotency-Key: sent again is answered again and done once."""

from service.access import Role
from tests.contract.api.office import FIRE, JPEG, URBAN, Office

KEY = {"Idempotency-Key": "telephone-7-press-1"}


def test_a_repeated_request_gets_the_same_answer_and_changes_nothing(office: Office) -> None:
    incident = office.raised()
    path = f"/api/incidents/{incident}/confirm"
    first = office.ask(Role.OPERATOR, "POST", path, headers=KEY)
    again = office.ask(Role.OPERATOR, "POST", path, headers=KEY)
    without = office.ask(Role.OPERATOR, "POST", path)
    assert first.status_code == 200
    assert (again.status_code, again.json()) == (200, first.json())
    assert again.headers["idempotent-replay"] == "true"
    assert without.status_code == 409  # so the key, not the table of moves, made the second one harmless


def test_a_photo_sent_again_with_another_boundary_is_the_same_request(office: Office) -> None:
    _, sent = office.dispatched()
    office.post(FIRE, f"/api/dispatches/{sent[FIRE]}/acknowledge")
    path = f"/api/dispatches/{sent[FIRE]}/resolve"
    answers = [_photo(office, path, boundary) for boundary in ("one-line", "another-line")]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()


def test_a_key_used_for_another_request_is_refused(office: Office) -> None:
    incident = office.raised()
    office.ask(Role.OPERATOR, "POST", f"/api/incidents/{incident}/confirm", headers=KEY)
    other = office.ask(Role.OPERATOR, "POST", f"/api/incidents/{incident}/dispatch", headers=KEY, json={})
    assert (other.status_code, other.json()["error"]) == (422, "idempotency_key_reused")


def test_two_callers_may_use_the_same_key(office: Office) -> None:
    _, sent = office.dispatched()
    for department in (FIRE, URBAN):
        path = f"/api/dispatches/{sent[department]}/acknowledge"
        assert office.ask(department, "POST", path, headers=KEY, json={}).status_code == 200


def test_a_refusal_is_not_kept_so_the_request_may_succeed_later(office: Office) -> None:
    incident = office.raised()
    path = f"/api/incidents/{incident}/dispatch"
    assert office.ask(Role.OPERATOR, "POST", path, headers=KEY, json={}).status_code == 409
    office.post(Role.OPERATOR, f"/api/incidents/{incident}/confirm")
    assert office.ask(Role.OPERATOR, "POST", path, headers=KEY, json={}).status_code == 200


def test_a_request_left_behind_by_a_killed_process_is_taken_over(office: Office) -> None:
    incident = office.raised()
    path = f"/api/incidents/{incident}/confirm"
    _leave_reserved(office, path)
    running = office.ask(Role.OPERATOR, "POST", path, headers=KEY)
    assert (running.status_code, running.json()["error"], running.json()["again"]) == (409, "still_running", True)
    office.clock.sleep(61)
    assert office.ask(Role.OPERATOR, "POST", path, headers=KEY).status_code == 200


def test_a_new_keys_text_is_never_kept_for_a_replay(office: Office) -> None:
    wanted = {"name": "wall", "role": "operator"}
    made = [office.ask(Role.ADMINISTRATOR, "POST", "/api/keys", headers=KEY, json=wanted).json() for _ in range(2)]
    assert made[0]["text"] != made[1]["text"]


def _photo(office: Office, path: str, boundary: str):  # type: ignore[no-untyped-def]
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\n'.encode()
    body = head + JPEG + f"\r\n--{boundary}--\r\n".encode()
    headers = KEY | {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    return office.ask(FIRE, "POST", path, headers=headers, content=body)


def _leave_reserved(office: Office, path: str) -> None:
    import hashlib

    actor = office.service.accounts.actor(office.keys[Role.OPERATOR]).key_id
    fingerprint = hashlib.sha256(f"POST {path}?\n".encode()).hexdigest()
    with office.service.edge.store.begin() as tx:
        tx.answers.reserve(actor, KEY["Idempotency-Key"], fingerprint, office.clock.now())
