"""What a megapixel from above costs on one core: our tiles, and the same weights on the same tiles through ultralytics.

`./patrol bench overhead-cost` prints a table. Both see one picture in turns, so that a busy machine is busy for both.
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
from pipelines.ground_resolution import ASSUMED_CM_PER_PX
from pipelines.overhead import FAINTEST, OVERHEAD, load_overhead, tiling
from pipelines.weights import find_entry, load_detector
from vision.tiles import TiledDetector, Way, scaled, tiles
from vision.types import Frame, FrameRef, Image, TimeSource

PICTURE_WH = (4000, 3000)
"""A drone's still."""
Look = Callable[[Image], Any]


def main() -> None:
    asked = _arguments()
    os.environ.update(YOLO_AUTOINSTALL="false", YOLO_VERBOSE="false")
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    picture = np.random.default_rng(1).integers(0, 255, (*PICTURE_WH[::-1], 3), np.uint8)
    with TemporaryDirectory() as folder:
        print(table(_measured(_looks(Path(folder)), picture, asked.rounds), picture))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


def _looks(folder: Path) -> dict[str, Look]:
    side = find_entry(OVERHEAD, MODELS).side
    once = [Way(load_detector(OVERHEAD, models_dir=MODELS, threshold=FAINTEST))]
    return {
        "ours, four looks at each tile (ships)": _ours(load_overhead(models_dir=MODELS).detector),
        "ours, one look": _ours(TiledDetector(once, tiling(side))),
        "ultralytics, one look": _through_ultralytics(folder, side),
    }


def _ours(detector: TiledDetector) -> Look:
    now = datetime(2026, 5, 1, tzinfo=UTC)
    ref = FrameRef("bench", 0, now, now, TimeSource.CONTAINER)
    return lambda image: detector.look(Frame(ref, image), cm_per_px=ASSUMED_CM_PER_PX)


def _through_ultralytics(folder: Path, side: int) -> Look:
    import torch
    from ultralytics import YOLO

    torch.set_num_threads(1)
    model, cut_as = YOLO(_exported(folder, side), task="detect"), tiling(side)
    options = {"imgsz": side, "conf": FAINTEST, "verbose": False}

    def look(image: Image) -> list[Any]:
        cut = tiles(scaled(image, ASSUMED_CM_PER_PX / cut_as.cm_per_px), cut_as)
        return [model.predict(tile.image, **options) for tile in cut]

    return look


def _exported(folder: Path, side: int) -> str:
    """The manifest's network in the folder layout that ultralytics reads."""
    import openvino as ov

    network = find_entry(OVERHEAD, MODELS).network(MODELS)
    there = folder / f"{OVERHEAD}_openvino_model"
    there.mkdir()
    model = ov.Core().read_model(model=network.graph, weights=network.weights)
    model.reshape([1, 3, side, side])
    ov.save_model(model, there / f"{OVERHEAD}.xml", compress_to_fp16=False)
    names = "\n".join(f"  {at}: {label}" for at, label in enumerate(network.labels))
    said = f"stride: 32\ntask: detect\nbatch: 1\nimgsz: [{side}, {side}]\nnames:\n{names}\nargs: {{}}\nchannels: 3\n"
    (there / "metadata.yaml").write_text(said)
    return str(there)


def _measured(looks: dict[str, Look], picture: Image, rounds: int) -> dict[str, float]:
    """Median milliseconds of processor time per look; a first look, which compiles, does not count."""
    for look in looks.values():
        look(picture[:700, :700])
    spent = [{name: _spent(look, picture) for name, look in looks.items()} for _ in range(rounds)]
    return {name: statistics.median(one[name] for one in spent) for name in looks}


def _spent(look: Look, picture: Image) -> float:
    start = time.process_time()
    look(picture)
    return 1000 * (time.process_time() - start)


def table(spent: dict[str, float], picture: Image) -> str:
    """Per megapixel as filed at 2.8 cm per px, and per hectare of ground."""
    height, width = picture.shape[:2]
    megapixels = height * width / 1e6
    hectares = height * width * (ASSUMED_CM_PER_PX / 100) ** 2 / 1e4
    rows = [f"| {name} | {ms / megapixels:.1f} | {ms / hectares:.0f} | {ms / 1000:.2f} |" for name, ms in spent.items()]
    head = f"| one core, {width}x{height} at {ASSUMED_CM_PER_PX} cm per px | ms per megapixel | ms per hectare | s |"
    return "\n".join([head, "|---|---|---|---|", *rows])


if __name__ == "__main__":
    main()
