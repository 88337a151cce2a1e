"""`demo`: the whole road on this machine, camera to department and back, every stage timed.

The service, two departments' receivers and a patrol node run as processes of their own and talk over HTTP.
"""

import argparse
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2 as http

from clock import Clock, SystemClock
from commands.county_demo import Neighbour, county_toml, neighbours
from commands.looking import ROOT
from commands.processes import Processes, free_ports
from commands.road import print_road
from pipelines.plan import Plan, load_plan

SETTLE_S = 60.0
POLL_S = 0.5
_DONE = {"closed", "rejected", "expired", "merged"}


def add_to(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = words.add_parser(
        "demo",
        help="演示 / patrol the sample footage, dispatch, and print the road with its times",
        description="Patrols the footage in samples/ at its own speed (about a minute), raises, confirms by rule, "
        "dispatches to receivers over HTTP, has the camera verify, prints each stage in milliseconds, and keeps "
        "serving the page until Ctrl-C; with --once it ends by itself. Exit status 0 when an incident was raised, "
        "delivered and answered, else 1.",
    )
    parser.add_argument("--once", action="store_true", help="end when the incidents have run their course")
    parser.add_argument("--plan", type=Path, default=ROOT / "samples" / "firelane.toml")
    parser.add_argument("--data", type=Path, help="where everything is kept (default: a new folder in patrol-data/)")
    parser.set_defaults(run=run)


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the demo plays: its folder, its plan, its addresses."""

    folder: Path
    plan: Plan
    service: str
    departments: tuple[Neighbour, Neighbour]


def run(arguments: argparse.Namespace) -> int:
    clock = SystemClock()
    folder = arguments.data or ROOT / "patrol-data" / f"demo-{clock.now():%Y%m%d-%H%M%S}"
    ports = free_ports(3)
    stage = Stage(folder, load_plan(arguments.plan), f"http://127.0.0.1:{ports[0]}", neighbours((ports[1], ports[2])))
    with Processes(folder / "logs") as processes:
        try:
            return _play(stage, processes, clock, once=arguments.once)
        except KeyboardInterrupt:
            return 0
        except DemoFailed as error:
            print(f"patrol: {error}", file=sys.stderr)
            return 1


class DemoFailed(Exception):
    """A part did not come up; its last words say why."""


def _play(stage: Stage, processes: Processes, clock: Clock, *, once: bool) -> int:
    admin = _start_service(stage, processes, clock)
    with http.Client(
        base_url=stage.service, headers={"Authorization": f"Bearer {admin}"}, timeout=10.0, trust_env=False
    ) as client:
        for department in stage.departments:
            _start_receiver(stage, department, client, processes)
        watch = _start_watch(stage, client, processes)
        _say(f"页面 / page  {stage.service}/   密钥 / key  {_new_key(client, 'operator', 'demo')}")
        _say("巡查示例录像，约一分钟 / patrolling the sample footage, about a minute …")
        incidents = _follow(client, watch, processes, clock)
        _print_all(incidents)
        if not once:
            _say("页面继续服务，按 Ctrl-C 结束 / the page stays up; Ctrl-C ends it")
            while True:
                clock.sleep(3600)
    return 0 if incidents and all(_answered(incident) for incident in incidents) else 1


def _start_service(stage: Stage, processes: Processes, clock: Clock) -> str:
    stage.folder.mkdir(parents=True, exist_ok=True)
    names = {camera.id: camera.name for camera in stage.plan.cameras}
    county, key = stage.folder / "county.toml", stage.folder / "admin.key"
    county.touch(mode=0o600)
    county.write_text(county_toml(stage.service, stage.departments, names), encoding="utf-8")
    port = stage.service.rsplit(":", 1)[1]
    words = ["patrol.py", "serve", "--county", str(county), "--data", str(stage.folder), "--port", port]
    process = processes.start("service", [*words, "--key-file", str(key)])
    for _ in range(120):
        if process.poll() is not None:
            raise DemoFailed(f"the service did not start:\n{processes.last_words('service')}")
        if _is_up(stage.service):
            return key.read_text(encoding="utf-8").strip()
        clock.sleep(0.25)
    raise DemoFailed(f"the service does not answer:\n{processes.last_words('service')}")


def _is_up(service: str) -> bool:
    try:
        return http.get(f"{service}/healthz", timeout=2.0, trust_env=False).is_success
    except http.TransportError:
        return False


def _new_key(client: http.Client, role: str, name: str, department: str | None = None) -> str:
    answer = client.post("/api/keys", json={"role": role, "name": name, "department": department})
    answer.raise_for_status()
    return str(answer.json()["text"])


def _start_receiver(stage: Stage, department: Neighbour, client: http.Client, processes: Processes) -> None:
    words = stage.folder / f"{department.id}.args"
    words.touch(mode=0o600)
    words.write_text(
        f"--port\n{department.port}\n--memory\n{stage.folder / department.id}.db\n--secret\n{department.secret}\n"
        f"--service\n{stage.service}\n--key\n{_new_key(client, 'department', department.id, department.id)}\n"
        "--acknowledge-after\n1\n--arrive-after\n2\n--resolve-after\n2\n",
        encoding="utf-8",
    )
    processes.start(f"receiver-{department.id}", ["samples/receiver.py", f"@{words}"])


def _start_watch(stage: Stage, client: http.Client, processes: Processes) -> subprocess.Popen[bytes]:
    key = stage.folder / "node.key"
    key.touch(mode=0o600)
    key.write_text(_new_key(client, "node", "demo-node"), encoding="utf-8")
    words = ["patrol.py", "watch", str(stage.plan.path), "--service", stage.service, "--key-file", str(key)]
    return processes.start("watch", [*words, "--data", str(stage.folder), "--pace"])


def _follow(
    client: http.Client, watch: subprocess.Popen[bytes], processes: Processes, clock: Clock
) -> list[dict[str, Any]]:
    """Says every new step as it happens, until the footage is over and the incidents have settled."""
    told: set[int] = set()
    ended: float | None = None
    while True:
        incidents = _incidents(client)
        for incident in incidents:
            _say_steps(incident, told)
        if watch.poll() is not None:
            if watch.returncode:
                raise DemoFailed(f"the patrol ended with {watch.returncode}:\n{processes.last_words('watch')}")
            ended = ended if ended is not None else clock.monotonic()
            if all(_settled(i) for i in incidents) or clock.monotonic() - ended > SETTLE_S:
                return incidents
        clock.sleep(POLL_S)


def _incidents(client: http.Client) -> list[dict[str, Any]]:
    answer = client.get("/api/incidents")
    answer.raise_for_status()
    return list(answer.json()["incidents"])


def _say_steps(incident: dict[str, Any], told: set[int]) -> None:
    for stamp in incident["stamps"]:
        if stamp["id"] not in told:
            told.add(stamp["id"])
            _say(f"  {incident['number']}  {stamp['step']:<14} {stamp['at']}  ({stamp['by'] or stamp['source']})")


def _settled(incident: dict[str, Any]) -> bool:
    """Nothing more will happen by itself once the footage is over: closed, or the department's word awaits a look."""
    return incident["status"] in _DONE or incident["resolved_at"] is not None or incident["reworks"] > 0


def _answered(incident: dict[str, Any]) -> bool:
    steps = {stamp["step"] for stamp in incident["stamps"]}
    return {"delivered", "acknowledged", "resolved"} <= steps


def _print_all(incidents: list[dict[str, Any]]) -> None:
    for incident in sorted(incidents, key=lambda i: str(i["number"])):
        print_road(incident)


def _say(text: str) -> None:
    print(text, flush=True)
