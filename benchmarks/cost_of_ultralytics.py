"""Runs `YOLO.track(stream=True)` over a clip with the same network in OpenVINO, and prints what it found and spent.

Its best setting: network reshaped to the picture's proportion, ByteTrack (the cheaper tracker), one thread, no
drawing, and a dwell rule on track ids that costs next to nothing.
"""

import argparse
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from benchmarks.meter import Meter
from commands.looking import MODELS, STREET
from pipelines.camera_patrol import CANDIDATE_SCORE
from pipelines.plan_file import load_plan
from pipelines.standing import stands_in
from pipelines.weights import find_entry

IMAGE_SIZE = (384, 640)
FPS = 25
_FORGET_S = 6.0


@dataclass(slots=True)
class TrackDwell:
    """An event for every unbroken time in which some track id stays in the lane for as long as is allowed."""

    allowed_s: float
    since: dict[int, float] = field(default_factory=dict)
    seen: dict[int, float] = field(default_factory=dict)
    events: list[list[float]] = field(default_factory=list)
    blocked: bool = False

    def look(self, at: float, standing: list[int]) -> None:
        for track in standing:
            self.since.setdefault(track, at)
            self.seen[track] = at
        for track in [track for track, seen in self.seen.items() if at - seen > _FORGET_S]:
            del self.since[track], self.seen[track]
        over = [since for since in self.since.values() if at - since >= self.allowed_s]
        if over and not self.blocked:
            self.events.append([min(over), at])
        self.blocked = bool(over)


def main() -> None:
    asked = _arguments()
    os.environ.update(YOLO_AUTOINSTALL="false", YOLO_VERBOSE="false")
    if not asked.all_cores:
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with TemporaryDirectory() as folder:
        print(json.dumps(_measured(asked, Path(folder))))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clip", type=Path, required=True)
    parser.add_argument("--plan", type=Path, required=True)
    parser.add_argument("--model", default=STREET)
    parser.add_argument("--stride", type=int, default=1)
    parser.add_argument("--all-cores", action="store_true", help="costs more processor time than one")
    return parser.parse_args()


def _measured(asked: argparse.Namespace, folder: Path) -> dict[str, Any]:
    import torch
    from ultralytics import YOLO

    if not asked.all_cores:
        torch.set_num_threads(1)
    zone = load_plan(asked.plan).camera(None).zones[0]
    model, dwell = YOLO(_exported(asked.model, folder), task="detect"), TrackDwell(zone.allowed_s)
    model.predict(np.zeros((1080, 1920, 3), np.uint8), imgsz=IMAGE_SIZE, verbose=False)
    meter, frames = Meter(), 0
    for frames, result in enumerate(_tracked(model, asked), start=1):
        dwell.look((frames - 1) * asked.stride / FPS, _standing(result, zone.polygon * (1920, 1080)))
    return {"events": dwell.events, "sampled": frames, "dropped": 0, "inferred": frames, **asdict(meter.read())}


def _tracked(model: Any, asked: argparse.Namespace) -> Any:
    return model.track(
        str(asked.clip),
        stream=True,
        vid_stride=asked.stride,
        imgsz=IMAGE_SIZE,
        conf=CANDIDATE_SCORE,
        tracker="bytetrack.yaml",
        verbose=False,
    )


def _standing(result: Any, polygon: Any) -> list[int]:
    """Ids of the vehicles whose foot is in the lane, by the same test as ours."""
    if result.boxes.id is None:
        return []
    rows = zip(result.boxes.xyxy.numpy(), result.boxes.id.int().tolist(), result.boxes.cls.int().tolist(), strict=True)
    return [track for box, track, label in rows if result.names[label] != "person" and stands_in(box, polygon)]


def _exported(name: str, folder: Path) -> str:
    """The manifest's network in the folder layout that ultralytics reads, reshaped to the clip's proportion."""
    import openvino as ov

    entry = find_entry(name, MODELS)
    there = folder / f"{name}_openvino_model"
    there.mkdir()
    core = ov.Core()
    network = entry.network(MODELS)
    model = core.read_model(model=network.graph, weights=network.weights)
    model.reshape([1, 3, *IMAGE_SIZE])
    ov.save_model(model, there / f"{name}.xml", compress_to_fp16=False)
    labels = "\n".join(f"  {at}: {label or f'unused {at}'}" for at, label in enumerate(entry.labels))
    (there / "metadata.yaml").write_text(
        f"stride: 32\ntask: detect\nbatch: 1\nimgsz: {list(IMAGE_SIZE)}\nnames:\n{labels}\nargs: {{}}\nchannels: 3\n"
    )
    return str(there)


if __name__ == "__main__":
    main()
