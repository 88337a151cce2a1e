"""`render`: makes the samples, or a training set. Needs requirements-render.txt; nothing else of the product does."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from clock import SystemClock
from samples.render.catalogue import SAMPLES
from samples.render.flights import FLIGHTS
from samples.render.fonts import MissingFont
from samples.render.kinds import KINDS
from samples.render.randomised import SETS

OK, BAD_INPUT, INTERRUPTED = 0, 2, 130
_HERE = Path(__file__).resolve().parent.parent
_WORK = _HERE.parent / "out" / "render"

_DESCRIPTION = """渲染示例录像或训练集 / Renders the samples, or a training set, with exact truth.
Interrupt it at any time: the same command goes on where it stopped."""

_EPILOG = """sets:
  street-vending     seven kinds of stall from a lamp post's height, among look-alikes
  overhead-vending   the same from a drone
  overhead-vehicles  vehicles and people from a drone
  wet-patches        wet patches on bare ground of five kinds

examples:
  ./patrol render --set street-vending --n 2000 --seed 1 --workers 2 --out stalls
                     stalls/detect and stalls/segment: images/, labels/, data.yaml; 20 to 30 CPU s a picture
  ./patrol render --sample fire_lane
                     films it into samples/; a clip takes 5 to 20 CPU minutes
  ./patrol render --manifest
                     after a change of a scene's zones or title

The first use makes .venv-render (Python 3.11, Blender as a module, about 1.3 GB); signs need fonts-noto-cjk.
Nobody needs this to run or test the product."""


def parser() -> argparse.ArgumentParser:
    words = argparse.ArgumentParser(
        prog="./patrol render",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description=_DESCRIPTION,
        epilog=_EPILOG,
    )
    what = words.add_mutually_exclusive_group(required=True)
    what.add_argument("--sample", choices=[*SAMPLES, "all"], help="示例录像 / a sample clip with its truth and plan")
    what.add_argument(
        "--flight", choices=[*FLIGHTS, "all"], help="无人机飞行 / a drone flight: colour, thermal, telemetry, truth"
    )
    what.add_argument("--sheets", action="store_true", help="联系表 / the contact sheets in docs/, of what --out holds")
    what.add_argument("--set", choices=list(SETS), help="训练集 / a training set, YOLO detection and segmentation")
    what.add_argument(
        "--manifest", action="store_true", help="清单 / only manifest.toml and the plans of the clips; needs no Blender"
    )
    words.add_argument("--n", type=_positive, default=100, help="pictures of the set (default 100)")
    words.add_argument("--seed", type=int, default=1, help="of the set; the same seed gives the same set (default 1)")
    words.add_argument("--workers", type=_positive, default=1, help="Blender processes for the set (default 1)")
    words.add_argument("--out", type=Path, help="where it goes (default: samples/; --set must say)")
    words.add_argument("--work", type=Path, default=_WORK, help="where unfinished work is kept (default out/render)")
    return words


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def main(argv: Sequence[str]) -> int:
    asked = parser().parse_args(argv)
    try:
        return _run(asked)
    except KeyboardInterrupt:
        return INTERRUPTED
    except MissingFont as error:
        print(f"render: {error}", file=sys.stderr)
        return BAD_INPUT
    except ModuleNotFoundError as error:
        print(f"render: {error.name} is missing; ./patrol render installs it into .venv-render", file=sys.stderr)
        return BAD_INPUT


def _run(asked: argparse.Namespace) -> int:
    folder = (asked.out or _HERE).resolve()
    if asked.set:
        return _set(asked)
    if asked.flight:
        return _flights(list(FLIGHTS) if asked.flight == "all" else [asked.flight], folder, asked.work)
    if asked.sheets:
        return _sheets(folder, asked.work)
    if asked.sample:
        return _samples(list(SAMPLES) if asked.sample == "all" else [asked.sample], folder, asked.work)
    return _texts(folder)


def _samples(names: Sequence[str], folder: Path, work: Path) -> int:
    from samples.render.blender.filming import film
    from samples.render.making import make

    for name in names:
        sample = SAMPLES[name]()
        made = make(sample, film(sample.scene, work / name, SystemClock()), folder)
        sizes = f"{made.clip_bytes / 1e6:.2f} MB, truth {made.truth_bytes / 1e3:.0f} kB"
        print(f"{made.clip}: {sizes}, {made.render_s:.1f} CPU s a frame")
    return _texts(folder)


def _flights(names: Sequence[str], folder: Path, work: Path) -> int:
    from samples.render.blender.overflight import overfly
    from samples.render.blender.stage import quiet
    from samples.render.flight_making import make_flight, stills

    for name in names:
        with quiet():
            overfly(FLIGHTS[name], work / name)
        make_flight(FLIGHTS[name], stills(work / name), folder)
    return _texts(folder)


def _sheets(folder: Path, work: Path) -> int:
    from samples.render.blender.parade import parade
    from samples.render.blender.stage import quiet
    from samples.render.docs_sheets import write_sheets

    with quiet():
        shown = parade(list(KINDS), work / "parade")
    write_sheets(folder, shown, folder.parent / "docs")
    return OK


def _texts(folder: Path) -> int:
    from samples.render.plans import write_manifest, write_plan

    made = [sample for make_one in SAMPLES.values() if (folder / f"{(sample := make_one()).name}.mp4").exists()]
    flown = [flight for flight in FLIGHTS.values() if (folder / f"{flight.name}.mp4").exists()]
    for sample in made:
        write_plan(sample, folder)
    write_manifest(made, flown, folder)
    return OK


def _set(asked: argparse.Namespace) -> int:
    from samples.render.training_set import render_set

    if asked.out is None:
        print("render: --set needs --out DIR", file=sys.stderr)
        return BAD_INPUT
    return render_set(
        asked.set, count=asked.n, seed=asked.seed, workers=asked.workers, out=asked.out, clock=SystemClock()
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
