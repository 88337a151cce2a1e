"""`analyse PATH --stills`: the right model on each picture, without a plan."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from clock import SystemClock
from commands.dam_stills import dam
from commands.looking import MODELS, STREET
from pipelines.ground_resolution import ASSUMED_CM_PER_PX, as_filed, asked_for
from pipelines.overhead import OVERHEAD, load_overhead
from pipelines.still_views import OverheadView, PlainView
from pipelines.stills import BadStills, Entry, View, look_through, stills_at, write_detections
from pipelines.weights import BadWeights, load_detector, read_manifest
from vision.detector import DetectorFailed

OK, BAD_INPUT, BROKE = 0, 2, 3
STREETS = ("street-2", STREET)
"""The newest edition that the manifest has."""


class BadWords(Exception):
    """The command line leaves something unsaid; a person must add it."""


def street(arguments: argparse.Namespace) -> View:
    known = read_manifest(MODELS)
    name = arguments.model or next((name for name in STREETS if name in known), STREET)
    return PlainView(load_detector(name, models_dir=MODELS, threshold=arguments.min_score), SystemClock())


def overhead(arguments: argparse.Namespace) -> View:
    model = load_overhead(arguments.model or OVERHEAD, models_dir=MODELS)
    least = model.operating_point if arguments.min_score is None else arguments.min_score
    sizer = as_filed if arguments.gsd_cm is None else asked_for(arguments.gsd_cm)
    return OverheadView(model.detector, sizer, SystemClock(), least=least)


VIEWS: dict[str, Callable[[argparse.Namespace], View]] = {"street": street, "overhead": overhead, "dam": dam}
"""What `--view` may say, and who then looks. Building a view raises BadWeights."""


def add_to(parser: argparse.ArgumentParser) -> None:
    """The words that single pictures need beside those of `analyse`."""
    group = parser.add_argument_group(
        "stills", "单张图片 / single pictures without a plan: every picture of PATH, result in DIR/detections.json"
    )
    group.add_argument("--stills", action="store_true", help="逐张分析图片 / look at single pictures, no plan")
    group.add_argument("--view", choices=sorted(VIEWS), help="视角 / from where they were taken; --stills needs it")
    group.add_argument(
        "--min-score", type=_score, metavar="0..1", help="最低分 / least score instead of the model's operating point"
    )
    group.add_argument(
        "--gsd-cm",
        type=_resolution,
        metavar="CM",
        help="地面分辨率 / centimetres of ground per pixel, for --view overhead; without it the drone's own words "
        f"count (height, lens), else {ASSUMED_CM_PER_PX}",
    )


def _resolution(text: str) -> float:
    value = float(text)
    if not 0.1 <= value <= 100:
        raise argparse.ArgumentTypeError(f"{text} cm per pixel is none that shows a stall (0.1 to 100)")
    return value


def _score(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 1")
    return value


def run(arguments: argparse.Namespace) -> int:
    """Exit status: 0 done, unreadable pictures or not; 2 bad input; 3 a model could not look."""
    try:
        _look(arguments)
    except (BadStills, BadWeights, BadWords) as error:
        return _refuse(error, BAD_INPUT)
    except DetectorFailed as error:
        return _refuse(error, BROKE)
    return OK


def _look(arguments: argparse.Namespace) -> None:
    view, paths = _view(arguments), stills_at(Path(arguments.source))
    entries = look_through(paths, view, _tell)
    unread = sum("error" in entry for entry in entries)
    path = write_detections(entries, arguments.out)
    print(f"{len(entries)} picture(s), {unread} unreadable -> {path}", file=sys.stderr)


def _view(arguments: argparse.Namespace) -> View:
    if arguments.view is None:
        raise BadWords(f"--stills needs --view: 视角 {' | '.join(sorted(VIEWS))}")
    return VIEWS[arguments.view](arguments)


def _tell(done: int, of: int, entry: Entry) -> None:
    detections = entry["detections"]
    found = entry.get("error") or (len(detections) if isinstance(detections, list) else 0)
    print(f"{done}/{of} {entry['image']}: {found}", file=sys.stderr, flush=True)


def _refuse(error: Exception, status: int) -> int:
    print(f"patrol: {error}", file=sys.stderr)
    return status
