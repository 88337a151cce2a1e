"""A whole county on this machine: the service, two departments and a patrol node, each a process of its own."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx2 as http

from clock import Clock
from commands.county_demo import Neighbour, county_toml, neighbours
from commands.processes import Processes, free_ports
from pipelines.plan import Plan

_WAIT_S = 30.0
_STEP_S = 0.1


class StageFailed(Exception):
    """A part did not come up, or ended with an error; its last words say why."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where it plays: a folder, plans, addresses. Every start may be repeated after a kill."""

    folder: Path
    plans: tuple[Plan, ...]
    service: str
    departments: tuple[Neighbour, Neighbour]
    processes: Processes
    clock: Clock

    @staticmethod
    def at(folder: Path, plans: Sequence[Plan], processes: Processes, clock: Clock) -> "Stage":
        """Writes the county's file; nothing is started yet."""
        ports = free_ports(3)
        address = f"http://127.0.0.1:{ports[0]}"
        stage = Stage(folder, tuple(plans), address, neighbours((ports[1], ports[2])), processes, clock)
        names = {camera.id: camera.name for plan in plans for camera in plan.cameras}
        folder.mkdir(parents=True, exist_ok=True)
        stage._secret("county.toml", county_toml(stage.service, stage.departments, names))
        return stage

    def start_service(self) -> subprocess.Popen[bytes]:
        """Returns when it answers. Raises StageFailed."""
        port = self.service.rsplit(":", 1)[1]
        words = ["patrol.py", "serve", "--county", str(self.folder / "county.toml"), "--data", str(self.folder)]
        process = self.processes.start("service", [*words, "--port", port, "--key-file", str(self._admin_key)])
        for _ in range(int(_WAIT_S / _STEP_S)):
            if process.poll() is not None:
                raise StageFailed(f"the service did not start:\n{self.last_words('service')}")
            if self._is_up():
                return process
            self.clock.sleep(_STEP_S)
        raise StageFailed(f"the service does not answer:\n{self.last_words('service')}")

    def start_receiver(
        self, department: Neighbour, client: http.Client, pace_s: tuple[float, float, float] = (1, 2, 2)
    ) -> subprocess.Popen[bytes]:
        """`pace_s`: seconds until it acknowledges, then arrives, then resolves."""
        key = self.new_key(client, "department", department.id, department.id)
        words = (
            f"--port\n{department.port}\n--memory\n{self.folder / department.id}.db\n--secret\n{department.secret}\n"
            f"--service\n{self.service}\n--key\n{key}\n"
            f"--acknowledge-after\n{pace_s[0]}\n--arrive-after\n{pace_s[1]}\n--resolve-after\n{pace_s[2]}\n"
        )
        path = self._secret(f"{department.id}.args", words)
        return self.processes.start(f"receiver-{department.id}", ["samples/receiver.py", f"@{path}"])

    def start_watch(self, client: http.Client, *, pace: bool) -> subprocess.Popen[bytes]:
        key = self.folder / "node.key"
        if not key.exists():
            self._secret(key.name, self.new_key(client, "node", "node"))
        paths = [str(plan.path) for plan in self.plans]
        words = ["patrol.py", "watch", *paths, "--service", self.service, "--key-file", str(key)]
        return self.processes.start("watch", [*words, "--data", str(self.folder), *(["--pace"] if pace else [])])

    def client(self) -> http.Client:
        """Speaks as the administrator."""
        key = self._admin_key.read_text(encoding="utf-8").strip()
        return http.Client(
            base_url=self.service, headers={"Authorization": f"Bearer {key}"}, timeout=10.0, trust_env=False
        )

    def new_key(self, client: http.Client, role: str, name: str, department: str | None = None) -> str:
        answer = client.post("/api/keys", json={"role": role, "name": name, "department": department})
        answer.raise_for_status()
        return str(answer.json()["text"])

    def last_words(self, name: str) -> str:
        return self.processes.last_words(name)

    @property
    def _admin_key(self) -> Path:
        return self.folder / "admin.key"

    def _is_up(self) -> bool:
        try:
            return bool(http.get(f"{self.service}/healthz", timeout=2.0, trust_env=False).is_success)
        except http.TransportError:
            return False

    def _secret(self, name: str, text: str) -> Path:
        """A file that only this account can read."""
        path = self.folder / name
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")
        return path
