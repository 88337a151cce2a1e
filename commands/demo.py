"""`demo`: the whole road on this machine, camera to department and back, every stage timed.

The service, two departments' receivers and a patrol node run as processes of their own and talk over HTTP.
"""

import argparse
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx2 as http

from clock import Clock, SystemClock
from commands.looking import ROOT
from commands.processes import Processes
from commands.road import print_road
from commands.stage import Stage, StageFailed
from pipelines.plan import BadPlan
from pipelines.plan_file import load_plan

SETTLE_S = 60.0
DEPARTMENT_PACE_S = (2.0, 9.0, 17.0)
"""Acknowledged, arrived, resolved: shortened so that the sample's car leaves while the department is there."""
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


def run(arguments: argparse.Namespace) -> int:
    clock = SystemClock()
    folder = arguments.data or ROOT / "patrol-data" / f"demo-{clock.now():%Y%m%d-%H%M%S}"
    with Processes(folder / "logs") as processes:
        try:
            stage = Stage.at(folder, load_plan(arguments.plan), processes, clock)
            return _play(stage, clock, once=arguments.once)
        except KeyboardInterrupt:
            return 0
        except (StageFailed, BadPlan) as error:
            print(f"patrol: {error}", file=sys.stderr)
            return 1


def _play(stage: Stage, clock: Clock, *, once: bool) -> int:
    stage.start_service()
    with stage.client() as client:
        for department in stage.departments:
            stage.start_receiver(department, client, DEPARTMENT_PACE_S)
        watch = stage.start_watch(client, pace=True)
        _say(f"页面 / page  {stage.service}/   密钥 / key  {stage.new_key(client, 'operator', 'demo')}")
        _say("巡查示例录像，约一分钟 / patrolling the sample footage, about a minute …")
        incidents = _follow(client, watch, stage, clock)
        _print_all(incidents)
        if not once:
            _say("页面继续服务，按 Ctrl-C 结束 / the page stays up; Ctrl-C ends it")
            while True:
                clock.sleep(3600)
    return 0 if incidents and all(_answered(incident) for incident in incidents) else 1


def _follow(client: http.Client, watch: subprocess.Popen[bytes], stage: Stage, clock: Clock) -> list[dict[str, Any]]:
    """Says every new step as it happens, until the footage is over and the incidents have settled."""
    told: set[int] = set()
    ended: float | None = None
    while True:
        incidents = _incidents(client)
        for incident in incidents:
            _say_steps(incident, told)
        if watch.poll() is not None:
            if watch.returncode:
                raise StageFailed(f"the patrol ended with {watch.returncode}:\n{stage.last_words('watch')}")
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
