"""A training set in a folder: images, box labels, outline labels; goes on where it was stopped."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from samples.render.randomised import SETS

_HEADER = "# {name}, seed {seed}: rendered by samples/render, labels from render passes.\n"


def render_set(name: str, *, count: int, seed: int, workers: int, out: Path) -> int:
    """Spreads the numbers over worker processes (Blender holds one scene each). Returns the worst exit status."""
    out.mkdir(parents=True, exist_ok=True)
    for format_ in ("detect", "segment"):
        _dataset_file(out, name, seed, format_)
    missing = [n for n in range(count) if not is_done(out, name, seed, n)]
    print(f"{name}: {count - len(missing)} of {count} are there already", file=sys.stderr)
    running = [_worker(name, seed, missing[i::workers], count, out) for i in range(workers) if missing[i::workers]]
    return max((process.wait() for process in running), default=0)


def _worker(name: str, seed: int, numbers: Sequence[int], count: int, out: Path) -> subprocess.Popen[bytes]:
    task = json.dumps({"name": name, "seed": seed, "numbers": list(numbers), "count": count, "out": str(out)})
    root = Path(__file__).resolve().parents[2]
    return subprocess.Popen([sys.executable, "-m", "samples.render.blender.set_worker", task], cwd=root)


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
