"""A node tells the service over real HTTP: in order, nothing lost, and heartbeats of which the newest counts."""

import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pipelines.journal import Journal
from pipelines.memory import CameraMemory
from pipelines.observation import CameraReport, CameraState, Phase
from pipelines.wire import Wire, client_for
from tests.facts import an_observation

MORNING = datetime(2026, 5, 1, tzinfo=UTC)


class Centre(ThreadingHTTPServer):
    """Answers with the listed statuses first, then 200; remembers what it took."""

    daemon_threads = True

    def __init__(self, statuses: list[int]) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.statuses = statuses
        self.taken: list[tuple[str, str]] = []
        self.news = threading.Condition()

    def answer(self, path: str, body: str) -> int:
        with self.news:
            status = self.statuses.pop(0) if self.statuses else 200
            if status == 200:
                self.taken.append((path, body))
            self.news.notify_all()
            return status

    def until(self, condition: Callable[[], bool]) -> None:
        with self.news:
            assert self.news.wait_for(condition, timeout=30)


class Door(BaseHTTPRequestHandler):
    server: Centre

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        answer = json.dumps({"wanted": ["lane-1"]}).encode()
        self.send_response(self.server.answer(self.path, body))
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *arguments: object) -> None: ...


@pytest.fixture
def centre() -> Iterator[Centre]:
    server = Centre([])
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    kept = Journal(tmp_path / "node.db")
    kept.open()
    yield kept
    kept.close()


@pytest.fixture
def wire(centre: Centre, journal: Journal) -> Iterator[Wire]:
    with client_for(f"http://127.0.0.1:{centre.server_address[1]}", "key") as client:
        started = Wire(journal, client)
        started.start()
        yield started
        started.stop()


def keep(journal: Journal, wire: Wire, *phases: Phase) -> None:
    journal.keep("north-gate", CameraMemory(), [an_observation(phase=phase) for phase in phases])
    wire.ring()


def phases(centre: Centre) -> list[str]:
    return [json.loads(body)["phase"] for path, body in centre.taken if path == "/api/observations"]


def test_facts_arrive_in_order(centre: Centre, journal: Journal, wire: Wire) -> None:
    keep(journal, wire, Phase.BEGAN, Phase.ENDED)
    centre.until(lambda: phases(centre) == ["began", "ended"])


@pytest.mark.parametrize("status", [500, 503, 401, 429])
def test_a_fact_that_is_not_taken_now_is_told_again_before_the_next(
    centre: Centre, journal: Journal, wire: Wire, status: int
) -> None:
    centre.statuses.append(status)
    keep(journal, wire, Phase.BEGAN, Phase.ENDED)
    centre.until(lambda: phases(centre) == ["began", "ended"])


def test_a_fact_that_the_service_refuses_does_not_hold_up_the_next(
    centre: Centre, journal: Journal, wire: Wire
) -> None:
    centre.statuses.append(422)
    keep(journal, wire, Phase.BEGAN, Phase.ENDED)
    centre.until(lambda: phases(centre) == ["ended"])


def test_the_answer_to_a_heartbeat_says_which_zones_are_waited_for(centre: Centre, wire: Wire) -> None:
    wire.report(CameraReport("north-gate", CameraState.OK, MORNING, MORNING))
    centre.until(lambda: len(centre.taken) == 1)
    wire.stop()
    assert wire.wanted("north-gate") == {"lane-1"}
    assert wire.wanted("south-gate") == frozenset()


def test_a_service_that_is_away_is_named_and_nothing_is_lost(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "node.db")
    journal.open()
    with client_for("http://127.0.0.1:9", "key") as client:
        wire = Wire(journal, client)
        wire.start()
        keep(journal, wire, Phase.BEGAN)
        wire.stop()
    assert "can't take facts" in wire.trouble
    assert len(journal.unsaid()) == 1
    journal.close()
