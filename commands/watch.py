"""`watch`: a patrol node that watches every camera of its plans and tells the service."""

import argparse
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from clock import Clock, SystemClock
from commands.looking import a_detector, model_for
from pipelines.camera_patrol import CameraPatrol, wanted_rate
from pipelines.evidence import EvidenceFolder
from pipelines.exhibits import Exhibitor
from pipelines.footage import BadSource
from pipelines.journal import Journal, JournalBroken
from pipelines.plan import BadPlan, Camera, Plan
from pipelines.plan_file import load_plan
from pipelines.runner import Post, Runner
from pipelines.sources import open_source
from pipelines.watch import Notebook, Ushers, Watch
from pipelines.weights import BadWeights
from pipelines.wire import Wire, client_for


def add_to(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = words.add_parser(
        "watch",
        help="巡查摄像头 / patrol every camera of the plans and tell the service",
        description="Runs until stopped (Ctrl-C), or until all recordings have ended. What was seen and not yet told "
        "survives a kill: the same command goes on where it was. Exit status 2 for a bad plan, source or model.",
    )
    parser.add_argument("plan", type=Path, nargs="+", help="plans (TOML); every camera in them is watched")
    parser.add_argument("--service", default="http://127.0.0.1:8460", metavar="URL")
    parser.add_argument("--key-file", required=True, type=Path, help="a file that holds the node's key")
    parser.add_argument("--data", type=Path, default=Path("patrol-data"), help="journal and evidence (shared folder)")
    parser.add_argument("--pace", action="store_true", help="play recordings at their own speed, taken now")
    parser.add_argument("--model", default=None, metavar="NAME")
    parser.add_argument("--threads", type=int, default=1, help="processor threads for the detector")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    try:
        return _watch(_together(arguments.plan), arguments, stopped, SystemClock())
    except (BadPlan, BadSource, BadWeights, JournalBroken, OSError) as error:
        print(f"patrol: {error}", file=sys.stderr)
        return 2


def _together(paths: Sequence[Path]) -> list[Plan]:
    """Raises BadPlan, also when two plans name the same camera."""
    plans: list[Plan] = []
    for path in paths:
        plan = load_plan(path)
        taken = {camera.id: other.path for other in plans for camera in other.cameras}
        twice = [f'camera "{c.id}" is also in {taken[c.id]}' for c in plan.cameras if c.id in taken]
        if twice:
            raise BadPlan(path, twice)
        plans.append(plan)
    return plans


def _watch(plans: Sequence[Plan], arguments: argparse.Namespace, stopped: threading.Event, clock: Clock) -> int:
    key = arguments.key_file.read_text(encoding="utf-8").strip()
    journal = Journal(arguments.data / "node.db")
    journal.open()
    wire = Wire(journal, client_for(arguments.service, key))
    notebook = Notebook(journal, wire)
    folder = EvidenceFolder(arguments.data / "evidence")
    posts = [_post(c, plan, journal, clock, pace=arguments.pace) for plan in plans for c in plan.cameras]
    name = arguments.model or model_for(camera for plan in plans for camera in plan.cameras)
    detector = a_detector(name, threads=arguments.threads)
    exhibitors = {post.patrol.camera.id: Exhibitor(notebook, folder, detector) for post in posts}
    runner = Runner(posts, detector, Ushers(exhibitors), clock)
    try:
        for post in posts:
            post.source.open()
        wire.start()
        Watch(posts, runner, exhibitors, wire, clock).run(stopped.is_set)
        wire.stop()
    finally:
        for post in posts:
            post.source.close()
        journal.close()
    return _say_how_it_ended(posts, wire)


def _post(camera: Camera, plan: Plan, journal: Journal, clock: Clock, *, pace: bool) -> Post:
    """`pace`: a recording counts as taken while it plays, whatever the plan says, so that the service can answer it."""
    source = open_source(
        _beside(camera.source, plan.path),
        camera.id,
        rate_hz=wanted_rate(camera),
        clock=clock,
        captured_from=None if pace else camera.captured_from,
        pace=pace,
    )
    return Post(CameraPatrol(camera, memory=journal.memory(camera.id)), source)


def _beside(source: str, plan: Path) -> str:
    """A relative path in a plan means beside the plan."""
    if "://" in source or Path(source).is_absolute():
        return source
    return str(plan.parent / source)


def _say_how_it_ended(posts: list[Post], wire: Wire) -> int:
    for post in posts:
        if post.broke is not None:
            print(f"patrol: camera {post.patrol.camera.id}: {post.broke}", file=sys.stderr)
    if wire.trouble:
        print(f"patrol: {wire.trouble}; what is untold is kept and told next time", file=sys.stderr)
    return 3 if any(post.broke is not None for post in posts) else 0
