"""From the operator's press to the after-photo: two processes, signed webhooks there, answers back."""

import json
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx2
import pytest
from standardwebhooks import Webhook

from clock import SystemClock
from tests.acceptance.department import SECRET, Centre, Department, waited_for
from tests.contract.api.office import FIRE


def a_free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@pytest.fixture
def port() -> int:
    return a_free_port()


@pytest.fixture
def centre(tmp_path: Path, port: int) -> Iterator[Centre]:
    running = Centre(tmp_path, f"http://127.0.0.1:{port}/")
    yield running
    running.service.stop()


@pytest.fixture
def department(tmp_path: Path, port: int, centre: Centre) -> Iterator[Department]:
    process = Department(tmp_path, centre.url, centre.keys[FIRE], port=port)
    process.start()
    yield process
    process.kill()


def test_a_dispatch_reaches_the_department_and_comes_back_done_with_a_photo(
    centre: Centre, department: Department
) -> None:
    done = centre.when(centre.dispatched_to(FIRE), "resolved")
    reached = [stop["step"] for stop in done["road"] if stop["at"] is not None]
    assert reached[-7:] == ["confirmed", "dispatched", "sent", "delivered", "acknowledged", "arrived", "resolved"]
    assert all(stage["seconds"] >= 0 for stage in done["stages"])
    assert [(one["role"], one["media_type"]) for one in done["evidence"]] == [("after", "image/png")]


def test_a_department_that_is_killed_goes_on_where_it_was(
    centre: Centre, department: Department, tmp_path: Path, port: int
) -> None:
    department.kill()
    slow = Department(tmp_path, centre.url, centre.keys[FIRE], port=port, after=0.5)
    slow.start()
    incident = centre.dispatched_to(FIRE)
    centre.when(incident, "in_progress")
    slow.kill()
    department.start()
    assert centre.when(incident, "resolved")["dispatches"][0]["status"] == "resolved"


def test_a_department_that_was_away_gets_its_dispatch_when_it_is_back(centre: Centre, department: Department) -> None:
    department.kill()
    incident = centre.dispatched_to(FIRE)
    waited_for(lambda: _sent(centre, incident), "a first attempt")
    department.start()
    centre.when(incident, "resolved")


def test_a_letter_that_comes_twice_is_one_letter_and_a_forged_one_none(
    department: Department, tmp_path: Path, port: int
) -> None:
    answers = [_post(port, SECRET), _post(port, SECRET), _post(port, "whsec_" + "REVG" * 8)]
    assert answers == [204, 204, 401]
    with closing(sqlite3.connect(tmp_path / "receiver.db")) as memory:
        assert memory.execute("SELECT webhook_id, times FROM messages").fetchall() == [("letter-1", 2)]


def _sent(centre: Centre, incident: str) -> bool:
    return any(stop["step"] == "sent" and stop["at"] for stop in centre.incident(incident)["road"])


def _post(port: int, secret: str) -> int:
    now = SystemClock().now()
    body = json.dumps(
        {"type": "cn.patrol.dispatch.recalled", "timestamp": now.isoformat(), "data": {"dispatch_id": "x"}}
    )
    signature = Webhook(secret).sign("letter-1", now, body)
    headers = {
        "webhook-id": "letter-1",
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": signature,
    }
    return httpx2.post(f"http://127.0.0.1:{port}/", content=body, headers=headers).status_code
