"""The sample department as a process of its own, and a service that sends to it over real HTTP."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import httpx2

from clock import SystemClock
from pipelines.observation import to_json
from service.access import Role
from service.county import County, Endpoint
from service.server import Service, build
from tests.contract.api.office import FIRE, URBAN, WATER, a_county, an_observation, settings_in

RECEIVER = Path(__file__).parents[2] / "samples" / "receiver.py"
SECRET = "whsec_" + "QUJD" * 8
Found = TypeVar("Found")


def waited_for(look: Callable[[], Found | None], what: str, seconds: float = 20) -> Found:
    """Bounded polling of a real process."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds} s in vain for {what}")


class Department:
    """Started again with the same memory and port it goes on where it was."""

    def __init__(self, folder: Path, service_url: str, key: str, *, port: int, after: float = 0.05) -> None:
        steps = [word for step in ("acknowledge", "arrive", "resolve") for word in (f"--{step}-after", str(after))]
        words = ["--memory", str(folder / "receiver.db"), "--secret", SECRET, "--service", service_url, "--key", key]
        self._arguments = folder / "receiver.args"
        self._arguments.write_text("\n".join([*words, "--port", str(port), *steps]))
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> str:
        """Its address, once it listens."""
        command = [sys.executable, str(RECEIVER), f"@{self._arguments}"]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        said: dict[str, str] = json.loads(self._process.stdout.readline())
        return said["url"]

    def kill(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.communicate()


def county_of(url: str) -> County:
    """Every department listens at the same address."""
    here = a_county()
    endpoint = here.departments[FIRE].endpoint
    assert endpoint is not None
    there = Endpoint(url, (SECRET,), endpoint.allowed)
    departments = {id_: replace(one, endpoint=there) for id_, one in here.departments.items()}
    return replace(here, departments=departments)


class Centre:
    """A running service with a key for each who asks."""

    def __init__(self, folder: Path, department_url: str) -> None:
        self.folder = folder
        self.service: Service = build(settings_in(folder), county_of(department_url), SystemClock())
        self.service.open()
        create = self.service.accounts.create
        self.keys: dict[str, str] = {role: create(role, role, by="test")[1] for role in (Role.OPERATOR, Role.NODE)}
        for name in (FIRE, URBAN, WATER):
            self.keys[name] = create(Role.DEPARTMENT, name, by="test", department=name)[1]
        self.url = self.service.start()

    def ask(self, who: str, method: str, path: str, body: str | None = None) -> Any:
        headers = {"Authorization": f"Bearer {self.keys[who]}", "Content-Type": "application/json"}
        answer = httpx2.request(method, self.url + path, headers=headers, content=body, timeout=20)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def dispatched_to(self, department: str) -> str:
        """The id of an incident that went to this department alone."""
        fact = to_json(an_observation(at=SystemClock().now()))
        incident = str(self.ask(Role.NODE, "POST", "/api/observations", fact)["incident_id"])
        self.ask(Role.OPERATOR, "POST", f"/api/incidents/{incident}/confirm", "{}")
        chosen = json.dumps({"departments": [department]})
        self.ask(Role.OPERATOR, "POST", f"/api/incidents/{incident}/dispatch", chosen)
        return incident

    def incident(self, incident_id: str) -> Any:
        return self.ask(Role.OPERATOR, "GET", f"/api/incidents/{incident_id}")

    def when(self, incident_id: str, status: str) -> Any:
        def look() -> Any:
            found = self.incident(incident_id)
            return found if found["status"] == status else None

        return waited_for(look, f"the incident to be {status}")
