"""Kill -9, again and again, and then count: what was lost, what was doubled."""

import json
import random
import sqlite3
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path

import av
import httpx2 as http

from clock import Clock
from commands.looking import ROOT
from commands.stage import Stage

CAMERAS = 6
SECONDS = 26
CLIP_FROM = 3
_CREATED = "cn.patrol.dispatch.created"
_PLAN_CAMERA = """
[[camera]]
id = "cam-{n:02}"
source = "lane.mp4"
captured_from = {at}
[[camera.zone]]
id = "lane"
kind = "fire_lane"
polygon = [[0.0, 0.6], [1.0, 0.37], [1.0, 0.51], [0.0, 0.86]]
allowed_s = 8
"""


@dataclass(frozen=True, slots=True)
class Count:
    """What is there when everything has settled. `onsets`: seconds of media time, by camera. `received`: messages of a
    new dispatch that receivers hold, by dispatch; they keep one per `webhook-id`."""

    kills: int
    incidents: Counter[str]
    onsets: dict[str, float]
    undisturbed_onset: float
    dispatches: int
    received: Counter[str]
    unsaid: int


def small_clip(sample: Path, path: Path) -> None:
    """The part of the sample in which the car arrives and stays, small enough to be read again after each kill."""
    with av.open(str(sample)) as source, av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=2, width=640, height=360)
        stream.pix_fmt, stream.time_base = "yuv420p", Fraction(1, 2)
        for n, frame in enumerate(f for i, f in enumerate(source.decode(video=0)) if i % 5 in (0, 3)):
            second, part = divmod(n, 2)
            if not CLIP_FROM <= second < CLIP_FROM + SECONDS:
                continue
            small = frame.reformat(width=640, height=360, format="yuv420p")
            small.pts, small.time_base = 2 * (second - CLIP_FROM) + part, Fraction(1, 2)
            out.mux(stream.encode(small))
        out.mux(stream.encode(None))


def write_plan(folder: Path, now: datetime) -> Path:
    path = folder / "plan.toml"
    at = (now - timedelta(minutes=5)).isoformat(timespec="seconds")
    path.write_text("".join(_PLAN_CAMERA.format(n=n, at=at) for n in range(CAMERAS)), encoding="utf-8")
    return path


@dataclass(slots=True, eq=False)
class Killer:
    """Runs the stage, kills a part at a random moment, starts it again; `rest` lets it finish."""

    stage: Stage
    random: random.Random
    clock: Clock
    kills: int = 0

    def run(self, kills: int) -> Count:
        service = self.stage.start_service()
        with self.stage.client() as client:
            for department in self.stage.departments:
                self.stage.start_receiver(department, client)
            watch = self.stage.start_watch(client, pace=False)
            while self.kills < kills:
                self.clock.sleep(self.random.uniform(0.2, 4.0))
                if self.random.random() < 0.5:
                    _kill(service)
                    service = self.stage.start_service()
                else:
                    _kill(watch)
                    watch = self.stage.start_watch(client, pace=False)
                self.kills += 1
            watch.wait(timeout=120)
            self._say_the_rest(client)
            self._settle(client)
            return self._count(client)

    def _say_the_rest(self, client: http.Client) -> None:
        """A node that could not reach the service when its footage was over tells the rest the next time it runs."""
        for _ in range(3):
            if _unsaid(self.stage.folder / "node.db"):
                self.stage.start_watch(client, pace=False).wait(timeout=120)

    def _settle(self, client: http.Client) -> None:
        """Every dispatch answered, or nothing has changed for long enough to be sure that it never will be."""
        for _ in range(600):
            dispatches = client.get("/api/dispatches", params={"open": "false", "limit": 200}).json()["dispatches"]
            waiting = [d for d in dispatches if d["status"] in ("queued", "sent", "delivered")]
            if dispatches and not waiting:
                return
            self.clock.sleep(0.1)

    def _count(self, client: http.Client) -> Count:
        incidents = client.get("/api/incidents", params={"limit": 200}).json()["incidents"]
        [plan] = self.stage.plans
        zero = min(camera.captured_from for camera in plan.cameras if camera.captured_from)
        return Count(
            kills=self.kills,
            incidents=Counter(i["camera_id"] for i in incidents),
            onsets={i["camera_id"]: _seconds(i["began_at"], zero) for i in incidents},
            undisturbed_onset=undisturbed_onset(plan.path.parent, plan.path),
            dispatches=sum(len(i["dispatches"]) for i in incidents),
            received=sum((_received(self.stage.folder / f"{d.id}.db") for d in self.stage.departments), Counter()),
            unsaid=_unsaid(self.stage.folder / "node.db"),
        )


def undisturbed_onset(folder: Path, plan: Path) -> float:
    """Seconds of media time, from a patrol that nobody kills."""
    words = ["patrol.py", "analyse", str(folder / "lane.mp4"), "--plan", str(plan), "--camera", "cam-00"]
    subprocess.run([sys.executable, *words, "--out", str(folder), "--no-evidence"], cwd=ROOT, check=True)
    (incident,) = json.loads((folder / "incidents.json").read_text(encoding="utf-8"))
    return float(incident["onset_s"])


def _kill(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()


def _seconds(text: str, zero: datetime) -> float:
    return (datetime.fromisoformat(text) - zero).total_seconds()


def _received(memory: Path) -> Counter[str]:
    with sqlite3.connect(memory) as file:
        return Counter(row[0] for row in file.execute("SELECT dispatch_id FROM messages WHERE type = ?", (_CREATED,)))


def _unsaid(journal: Path) -> int:
    with sqlite3.connect(journal) as file:
        return int(file.execute("SELECT count(*) FROM unsaid").fetchone()[0])
