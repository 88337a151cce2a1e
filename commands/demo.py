"""`demo`: the whole road on this machine, cameras to departments and back, every stage timed and held to the truth.

The service, two departments' receivers and a patrol node run as processes of their own and talk over HTTP.
"""

import argparse
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx2 as http

from clock import Clock, SystemClock
from commands.looking import ROOT
from commands.processes import Processes
from commands.road import print_road
from commands.sample_list import Sample, samples, verdicts
from commands.stage import Stage, StageFailed
from commands.truth_table import print_table
from pipelines.plan import BadPlan
from pipelines.plan_file import load_plan

SETTLE_S = 60.0
DEPARTMENT_PACE_S = (3.0, 12.0, 25.0)
"""Until it acknowledges, then arrives, then resolves: the sample's van leaves just before, while its camera looks."""
POLL_S = 0.5
MANIFEST = ROOT / "samples" / "manifest.toml"
_DONE = {"closed", "rejected", "expired", "merged"}


def add_to(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = words.add_parser(
        "demo",
        help="演示 / patrol the sample county, dispatch, verify, and compare with the truth",
        description="Patrols every clip in samples/ at its own speed, all at once (about a minute and a half), raises, "
        "confirms by rule, dispatches to receivers over HTTP, has the camera verify, prints each stage in "
        "milliseconds, holds what was raised against the clips' exact truth, and keeps serving the page until "
        "Ctrl-C; with --once it ends by itself. Exit status 0 when every incident that the clips show was raised in "
        "its zone within 2 s of the truth, delivered and answered, and nothing else was, else 1.",
    )
    parser.add_argument("--once", action="store_true", help="end when the incidents have run their course")
    parser.add_argument("--plan", type=Path, nargs="+", help="patrol these plans instead of the samples (no truth)")
    parser.add_argument("--data", type=Path, help="where everything is kept (default: a new folder in patrol-data/)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    clock = SystemClock()
    folder = arguments.data or ROOT / "patrol-data" / f"demo-{clock.now():%Y%m%d-%H%M%S}"
    with Processes(folder / "logs") as processes:
        try:
            shown = () if arguments.plan else samples(MANIFEST)
            plans = [load_plan(path) for path in arguments.plan or ()] or [sample.plan for sample in shown]
            return Demo(Stage.at(folder, plans, processes, clock), shown, clock).play(once=arguments.once)
        except KeyboardInterrupt:
            return 0
        except (StageFailed, BadPlan) as error:
            print(f"patrol: {error}", file=sys.stderr)
            return 1


@dataclass(slots=True)
class Demo:
    """One performance. `started`: when each camera took its first frame, as the service heard it."""

    stage: Stage
    samples: Sequence[Sample]
    clock: Clock
    started: dict[str, datetime] = field(default_factory=dict)
    told: set[int] = field(default_factory=set)

    def play(self, *, once: bool) -> int:
        self.stage.start_service()
        with self.stage.client() as client:
            for department in self.stage.departments:
                self.stage.start_receiver(department, client, DEPARTMENT_PACE_S)
            watch = self.stage.start_watch(client, pace=True)
            key = self.stage.new_key(client, "operator", "demo")
            _say(f"页面 / page  {self.stage.service}/   密钥 / key  {key}")
            _say("巡查示例录像，约一分半钟 / patrolling the sample footage, about a minute and a half …")
            good = self._judge(self._follow(client, watch))
            if not once:
                self._stay()
        return 0 if good else 1

    def _follow(self, client: http.Client, watch: subprocess.Popen[bytes]) -> list[dict[str, Any]]:
        """Says every new step as it happens, until the footage is over and the incidents have settled."""
        ended: float | None = None
        while True:
            incidents = self._look(client)
            if watch.poll() is not None:
                if watch.returncode:
                    raise StageFailed(f"the patrol ended with {watch.returncode}:\n{self.stage.last_words('watch')}")
                ended = ended if ended is not None else self.clock.monotonic()
                if all(_settled(i) for i in incidents) or self.clock.monotonic() - ended > SETTLE_S:
                    return self._look(client)
            self.clock.sleep(POLL_S)

    def _look(self, client: http.Client) -> list[dict[str, Any]]:
        for camera in _asked(client, "cameras"):
            self.started.setdefault(camera["id"], datetime.fromisoformat(camera["since"]))
        incidents = _asked(client, "incidents")
        for incident in incidents:
            self._say_steps(incident)
        return incidents

    def _say_steps(self, incident: Mapping[str, Any]) -> None:
        for stamp in incident["stamps"]:
            if stamp["id"] not in self.told:
                self.told.add(stamp["id"])
                by = stamp["by"] or stamp["source"]
                _say(f"  {incident['number']}  {incident['camera_id']:<14} {stamp['step']:<14} {stamp['at']}  ({by})")

    def _judge(self, incidents: Sequence[dict[str, Any]]) -> bool:
        for incident in sorted(incidents, key=lambda i: str(i["number"])):
            print_road(incident)
        found = verdicts(self.samples, incidents, self.started)
        print_table(found)
        return all(v.holds for v in found) and bool(incidents) and all(_answered(i) for i in incidents)

    def _stay(self) -> None:
        _say("页面继续服务，按 Ctrl-C 结束 / the page stays up; Ctrl-C ends it")
        while True:
            self.clock.sleep(3600)


def _asked(client: http.Client, noun: str) -> list[dict[str, Any]]:
    answer = client.get(f"/api/{noun}")
    answer.raise_for_status()
    return list(answer.json()[noun])


def _settled(incident: Mapping[str, Any]) -> bool:
    """Nothing more will happen by itself once the footage is over: closed, or the department's word awaits a look."""
    return incident["status"] in _DONE or incident["resolved_at"] is not None or incident["reworks"] > 0


def _answered(incident: Mapping[str, Any]) -> bool:
    steps = {stamp["step"] for stamp in incident["stamps"]}
    return {"delivered", "acknowledged", "resolved"} <= steps


def _say(text: str) -> None:
    print(text, flush=True)
