"""A training set in a folder: images, box labels, outline labels; goes on where it was stopped."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from clock import Clock
from samples.render.progress import Progress
from samples.render.randomised import SETS

Worker = subprocess.Popen[bytes]
_LOOK_EVERY_S = 2.0
_HEADER = "# {name}, seed {seed}: rendered by samples/render, labels from render passes.\n"


def render_set(name: str, *, count: int, seed: int, workers: int, out: Path, clock: Clock) -> int:
    """Spreads the numbers over worker processes (Blender holds one scene each). Returns the worst exit status."""
    out = out.resolve()
    for format_ in ("detect", "segment"):
        _dataset_file(out, name, seed, format_)
    missing = [n for n in range(count) if not is_done(out, name, seed, n)]
    print(f"{name}: {count - len(missing)} of {count} are there already", file=sys.stderr)
    running = [_worker(name, seed, missing[i::workers], out) for i in range(workers) if missing[i::workers]]
    try:
        return _watched(running, lambda: count - sum(not is_done(out, name, seed, n) for n in missing), count, clock)
    finally:
        for process in running:
            process.terminate()


def _watched(running: Sequence[Worker], done: Callable[[], int], count: int, clock: Clock) -> int:
    progress = Progress("pictures", count, clock)
    progress.show(done())
    while alive := [process for process in running if process.poll() is None]:
        with suppress(subprocess.TimeoutExpired):
            alive[0].wait(_LOOK_EVERY_S)
        progress.show(done())
    return max((process.returncode for process in running), default=0)


def _worker(name: str, seed: int, numbers: Sequence[int], out: Path) -> Worker:
    """It ends by itself when this process is gone."""
    task = {"name": name, "seed": seed, "numbers": list(numbers), "out": str(out), "parent": os.getpid()}
    words = [sys.executable, "-m", "samples.render.blender.set_worker", json.dumps(task)]
    return subprocess.Popen(words, cwd=Path(__file__).resolve().parents[2])


def stem(name: str, seed: int, number: int) -> str:
    return f"{name}_{seed}_{number:06d}"


def is_done(out: Path, name: str, seed: int, number: int) -> bool:
    """The outlines are written last."""
    return (out / "segment" / "labels" / f"{stem(name, seed, number)}.txt").exists()


def _dataset_file(out: Path, name: str, seed: int, format_: str) -> None:
    for part in ("images", "labels"):
        (out / format_ / part).mkdir(parents=True, exist_ok=True)
    names = "\n".join(f"  {i}: {word}" for i, word in enumerate(SETS[name].classes))
    body = _HEADER.format(name=name, seed=seed) + f"train: images\nval: images\nnames:\n{names}\n"
    (out / format_ / "data.yaml").write_text(body, encoding="utf-8")
