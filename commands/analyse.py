"""`analyse`: one recording to its end, without a server."""

import argparse
import sys
from datetime import datetime
from pathlib import Path

from clock import Clock, SystemClock
from commands import stills
from commands.looking import a_detector, model_for
from pipelines.analysis import Findings, write_entries
from pipelines.camera_patrol import CameraPatrol, wanted_rate, watched
from pipelines.evidence import EvidenceFolder
from pipelines.exhibits import Exhibitor
from pipelines.footage import BadSource, Source, SourceBroke
from pipelines.plan import BadPlan, Camera, Plan
from pipelines.plan_file import load_plan
from pipelines.runner import Post, Runner
from pipelines.sources import open_source
from pipelines.weights import BadWeights
from vision.detector import DetectorFailed

OK, BAD_INPUT, BROKE = 0, 2, 3


class BadOutput(Exception):
    """The result can't be written where it shall go; a person must look."""


def add_to(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = words.add_parser(
        "analyse",
        help="分析一段录像或图片 / run one recording, or single pictures, and write what was found",
        description="Runs one source to its end without a server and writes DIR/incidents.json with its evidence. "
        "Exit status: 0 done (with or without incidents), 2 bad input or plan, 3 the source broke midway "
        "(what was found until then is written).",
    )
    parser.add_argument("source", help="a video file or a folder of stills")
    parser.add_argument("--plan", type=Path, help="the plan (TOML) with the camera's zones; without --stills needed")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="where the result goes")
    parser.add_argument("--camera", metavar="ID", help="which camera of the plan; not needed when it has one")
    parser.add_argument("--model", default=None, metavar="NAME", help="a model of models/manifest.toml")
    parser.add_argument("--no-evidence", action="store_true", help="write no stills and clips")
    stills.add_to(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    try:
        camera = None if arguments.stills else _plan(arguments).camera(arguments.camera)
        _make_room(arguments.out)
        if camera is None:
            return stills.run(arguments)
        return _analyse(camera, arguments, SystemClock())
    except (BadPlan, BadSource, BadWeights, BadOutput, stills.BadWords) as error:
        return _refuse(error, BAD_INPUT)
    except DetectorFailed as error:
        return _refuse(error, BROKE)


def _analyse(camera: Camera, arguments: argparse.Namespace, clock: Clock) -> int:
    _warn_of_unwatched(camera)
    source = open_source(
        arguments.source, camera.id, rate_hz=wanted_rate(camera), clock=clock, captured_from=camera.captured_from
    )
    findings = Findings()
    post = Post(CameraPatrol(camera), source)
    detector = a_detector(arguments.model or model_for([camera]))
    folder = None if arguments.no_evidence else EvidenceFolder(arguments.out / "evidence")
    audience = Exhibitor(findings, folder, detector)
    try:
        source.open()
        Runner([post], detector, audience, clock).run()
        status = _how_it_ended(post)
    finally:
        audience.finish(post)
        source.close()
    _say(findings, write_entries(findings.entries(), arguments.out), source, findings.zero)
    return status


def _plan(arguments: argparse.Namespace) -> Plan:
    if arguments.plan is None:
        raise stills.BadWords(
            "--plan FILE is needed: it says what is watched; single pictures need none, with --stills"
        )
    return load_plan(arguments.plan)


def _make_room(folder: Path) -> None:
    """Better said now than after an hour of footage."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadOutput(f"{folder} can't be a folder: {error.strerror}") from error


def _how_it_ended(post: Post) -> int:
    """Footage that broke before its first frame was bad input; later, what was found until then stands."""
    if post.broke is None:
        return OK
    return _refuse(post.broke, BROKE if isinstance(post.broke, SourceBroke) and post.looked else BAD_INPUT)


def _warn_of_unwatched(camera: Camera) -> None:
    seen = {zone.id for zone in watched(camera)}
    for zone in camera.zones:
        if zone.id not in seen:
            print(f"patrol: zone {zone.id} ({zone.kind}) is not watched: no rule for it yet", file=sys.stderr)


def _say(findings: Findings, path: Path, source: Source, zero: datetime | None) -> None:
    entries, delivered = findings.entries(), source.delivered()
    print(f"{len(entries)} incident(s) -> {path}", file=sys.stderr)
    print(
        f"looked at {delivered.sampled} frames ({delivered.delivered_hz:.2f}/s of {delivered.asked_hz:.2f}/s asked"
        f"{', keyframes only' if delivered.keyframes_only else ''}), {delivered.dropped} dropped; "
        f"camera {source.state().state}{': ' + source.state().why if source.state().why else ''}",
        file=sys.stderr,
    )


def _refuse(error: Exception, status: int) -> int:
    print(f"patrol: {error}", file=sys.stderr)
    return status
