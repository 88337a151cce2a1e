"""What one frame of the street model costs on one core: ours, the first edition, and ours through ultralytics.

`./patrol bench street-cost` prints a table. All see one frame in turns, so that a busy machine is busy for all.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from commands.looking import MODELS
from pipelines.weights import find_entry, load_detector
from vision.types import Frame, FrameRef, Image, TimeSource

EDITIONS = ("street-1", "street-2")
FRAME_WH = (640, 384)
Look = Callable[[Image], Any]


def main() -> None:
    asked = _arguments()
    os.environ.update(YOLO_AUTOINSTALL="false", YOLO_VERBOSE="false")
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    frame = np.random.default_rng(1).integers(0, 255, (*FRAME_WH[::-1], 3), np.uint8)
    with TemporaryDirectory() as folder:
        print(table(_measured(_looks(Path(folder)), frame, asked.rounds)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    return parser.parse_args()


def _looks(folder: Path) -> dict[str, Look]:
    return {
        **{name: _ours(name) for name in EDITIONS},
        f"{EDITIONS[-1]} through ultralytics": _through_ultralytics(folder, EDITIONS[-1]),
    }


def _ours(name: str) -> Look:
    detector = load_detector(name, models_dir=MODELS)
    now = datetime(2026, 5, 1, tzinfo=UTC)
    ref = FrameRef("bench", 0, now, now, TimeSource.CONTAINER)
    return lambda image: detector.detect([Frame(ref, image)])


def _through_ultralytics(folder: Path, name: str) -> Look:
    import torch
    from ultralytics import YOLO

    torch.set_num_threads(1)
    model = YOLO(_exported(folder, name), task="detect")
    width, height = FRAME_WH
    return lambda image: model.predict(image, imgsz=(height, width), conf=0.25, verbose=False)


def _exported(folder: Path, name: str) -> str:
    """The manifest's network in the folder layout that ultralytics reads."""
    import openvino as ov

    network = find_entry(name, MODELS).network(MODELS)
    there = folder / f"{name}_openvino_model"
    there.mkdir()
    model = ov.Core().read_model(model=network.graph, weights=network.weights)
    width, height = FRAME_WH
    model.reshape([1, 3, height, width])
    ov.save_model(model, there / f"{name}.xml", compress_to_fp16=False)
    names = "\n".join(f"  {at}: {label}" for at, label in enumerate(network.labels))
    said = f"stride: 32\ntask: detect\nbatch: 1\nimgsz: [{height}, {width}]\nnames:\n{names}\nargs: {{}}\nchannels: 3\n"
    (there / "metadata.yaml").write_text(said)
    return str(there)


def _measured(looks: dict[str, Look], frame: Image, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of processor time per look; a first look, which compiles, does not count."""
    for look in looks.values():
        look(frame)
    spent = [{name: _spent(look, frame) for name, look in looks.items()} for _ in range(rounds)]
    return {name: [one[name] for one in spent] for name in looks}


def _spent(look: Look, frame: Image) -> float:
    start = time.process_time()
    look(frame)
    return 1000 * (time.process_time() - start)


def table(spent: dict[str, list[float]]) -> str:
    rows = [f"| {name} | {statistics.median(ms):.1f} | {min(ms):.1f} |" for name, ms in spent.items()]
    width, height = FRAME_WH
    head = f"| one core, {width}x{height}, processor time | median ms | least ms |"
    return "\n".join([head, "|---|---|---|", *rows])


if __name__ == "__main__":
    main()
