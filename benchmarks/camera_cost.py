"""What a second of one camera costs: our patrol beside `YOLO.track(stream=True)`, same clip, same network, one run.

    python -m benchmarks.camera_cost            (about ten minutes on two cores; writes benchmarks/camera_cost.md)

Every measurement is a process of its own. Nothing is asserted about time: the table says what this machine did.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.cost_table import Row, page
from benchmarks.footage import street_camera

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "samples" / "firelane_60s.mp4"
PLAN = ROOT / "samples" / "firelane.toml"


@dataclass(frozen=True, slots=True)
class Contender:
    """A way to patrol, and the module with its arguments that does it over a clip with a keyframe every so often."""

    name: str
    module: str
    arguments: tuple[str, ...]
    keyframe_s: int
    cameras: int = 1


def contenders(strides: Sequence[int], cameras: Sequence[int], keyframes: Sequence[int]) -> list[Contender]:
    theirs = [
        Contender(f"ultralytics track, every {_nth(stride)} frame", "cost_of_ultralytics", ("--stride", str(stride)), 1)
        for stride in sorted(strides, reverse=True)
    ]
    ours = [
        Contender(
            f"ours, {count} camera(s), keyframe every {key} s", "cost_of_ours", ("--cameras", str(count)), key, count
        )
        for key in keyframes
        for count in (cameras if key == keyframes[0] else cameras[:1])
    ]
    return ours + theirs


def _nth(stride: int) -> str:
    return "single" if stride == 1 else f"{stride}th"


def main(argv: Sequence[str] | None = None) -> int:
    asked = _arguments(argv)
    fields = contenders(asked.strides, asked.cameras, asked.keyframes)
    with TemporaryDirectory() as folder:
        clips = {key: _clip(Path(folder), asked.seconds, key) for key in asked.keyframes}
        runs = [
            (each, _run(each, clips[each.keyframe_s], asked.model)) for _ in range(asked.repeats) for each in fields
        ]
    rows = [_best(each, [said for ran, said in runs if ran == each], asked.seconds) for each in fields]
    text = page(rows, command=f"python -m benchmarks.camera_cost {' '.join(argv or sys.argv[1:])}", asked=vars(asked))
    asked.out.write_text(text, encoding="utf-8")
    print(text)
    return 0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0, help="how much of the sample")
    parser.add_argument("--repeats", type=int, default=3, help="the cheapest of so many runs counts, for each")
    parser.add_argument("--strides", type=int, nargs="+", default=[1, 5, 25])
    parser.add_argument("--cameras", type=int, nargs="+", default=[1, 4, 8])
    parser.add_argument("--keyframes", type=int, nargs="+", default=[1, 2], help="seconds between keyframes")
    parser.add_argument("--model", default="street-1")
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks" / "camera_cost.md")
    return parser.parse_args(argv)


def _clip(folder: Path, seconds: float, keyframe_s: int) -> Path:
    return street_camera(SAMPLE, folder / f"every-{keyframe_s}-s.mp4", seconds=seconds, keyframe_s=keyframe_s)


def _run(contender: Contender, clip: Path, model: str) -> dict[str, Any]:
    command = [sys.executable, "-m", f"benchmarks.{contender.module}", *contender.arguments]
    inputs = ["--clip", str(clip), "--plan", str(PLAN), "--model", model]
    done = subprocess.run([*command, *inputs], cwd=ROOT, check=True, capture_output=True, text=True)
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(f"{contender.name}: {said}", file=sys.stderr)
    return said


def _best(contender: Contender, runs: Sequence[dict[str, Any]], seconds: float) -> Row:
    best = min(runs, key=lambda said: float(said["cpu_s"]))
    spread = [1000 * said["cpu_s"] / (seconds * contender.cameras) for said in runs]
    return Row(contender.name, contender.module == "cost_of_ours", contender.cameras, min(spread), max(spread), best)


if __name__ == "__main__":
    sys.exit(main())
