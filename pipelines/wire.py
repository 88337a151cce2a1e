"""From a node to the service over HTTP: facts in order and none lost, heartbeats of which only the newest counts."""

import threading
from collections.abc import Mapping
from typing import Any

import httpx2 as http

from pipelines.journal import Journal, Unsaid
from pipelines.observation import CameraReport, to_json

_SHORTEST_S, _LONGEST_S = 0.5, 15.0
_AGAIN = frozenset({408, 425, 429})


class Wire:
    """One thread that tells the service what the journal holds. `start` it, `ring` it when there is news, `stop` it."""

    def __init__(self, journal: Journal, client: http.Client) -> None:
        self._journal = journal
        self._client = client
        self._bell = threading.Event()
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._reports: dict[str, CameraReport] = {}
        self._wanted: Mapping[str, frozenset[str]] = {}
        self._thread = threading.Thread(target=self._run, name="wire", daemon=True)
        self.trouble = ""

    def start(self) -> None:
        self._thread.start()

    def stop(self, *, grace_s: float = 10.0) -> None:
        """Says what can be said within the grace; the rest stays in the journal."""
        self._stopping.set()
        self._bell.set()
        self._thread.join(grace_s)

    def ring(self) -> None:
        self._bell.set()

    def report(self, report: CameraReport) -> None:
        """Replaces an earlier heartbeat of the camera that is still unsaid."""
        with self._lock:
            self._reports[report.source_id] = report
        self._bell.set()

    def wanted(self, camera: str) -> frozenset[str]:
        """Zones of the camera that somebody waits to see again."""
        with self._lock:
            return self._wanted.get(camera, frozenset())

    def _run(self) -> None:
        delay = _SHORTEST_S
        while True:
            self._bell.clear()
            last = self._stopping.is_set()
            if self._say_all():
                delay = _SHORTEST_S
                self._bell.wait(0.0 if last else None)
            else:
                # News does not make an unreachable service reachable: the delay holds, unless we are to stop.
                self._stopping.wait(delay)
                delay = min(2 * delay, _LONGEST_S)
            if last:
                return

    def _say_all(self) -> bool:
        """False when the service can't be reached now; `trouble` says why."""
        try:
            self._say_facts()
            self._say_reports()
        except (http.TransportError, _Later) as error:
            self.trouble = f"the service can't take facts now: {error or type(error).__name__}"
            return False
        self.trouble = ""
        return True

    def _say_facts(self) -> None:
        while facts := self._journal.unsaid():
            for fact in facts:
                self._say(fact)

    def _say(self, fact: Unsaid) -> None:
        answer = self._post("/api/observations", fact.body)
        if answer.is_success:
            self._journal.said(fact.seq)
        else:
            self._journal.refused(fact.seq, f"{answer.status_code} {answer.text[:500]}")

    def _say_reports(self) -> None:
        with self._lock:
            reports, self._reports = self._reports, {}
        for camera, report in reports.items():
            answer = self._post("/api/camera-reports", to_json(report))
            if answer.is_success:
                self._want(camera, answer.json())

    def _want(self, camera: str, answer: Mapping[str, Any]) -> None:
        with self._lock:
            self._wanted = {**self._wanted, camera: frozenset(answer.get("wanted", ()))}

    def _post(self, path: str, body: str) -> http.Response:
        answer = self._client.post(path, content=body.encode(), headers={"Content-Type": "application/json"})
        if answer.status_code >= 500 or answer.status_code in _AGAIN or answer.status_code in (401, 403):
            raise _Later(f"{answer.status_code} from {path}")
        return answer


class _Later(Exception):
    """The service answered, but not now: broken, busy, or the node's key is not in order yet."""


def client_for(service: str, key: str) -> http.Client:
    return http.Client(base_url=service, headers={"Authorization": f"Bearer {key}"}, timeout=10.0, trust_env=False)
