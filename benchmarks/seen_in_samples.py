"""How surely two detectors see what the rendered samples show: confidence per class against the samples' exact truth.

python -m benchmarks.seen_in_samples ../shared/weights/yolo11n-coco.pt      # prints a table in Markdown
"""

import hashlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import av
import numpy as np

from pipelines.weights import load_detector
from samples.render.kinds import KINDS
from samples.render.truth import Truth, read_truth
from vision.detector import Detector
from vision.geometry import iou
from vision.types import Detections, Frame, FrameRef, TimeSource
from vision.yolo_detector import Checkpoint, Look, YoloDetector

_ROOT = Path(__file__).resolve().parent.parent
_SAMPLES = _ROOT / "samples"
_EVERY_S = 2
_LEAST_PX = 900
_WIDE = frozenset({"car", "van", "bus", "truck"})
"""COCO has no van and calls one by any of these; a hit is any word of the group, as the blockage rule counts it."""

_COCO = {w: w for w in ("person", "bicycle", "motorcycle", "car", "bus", "truck")}


@dataclass(frozen=True, slots=True)
class Sighting:
    """kind: what truly stood there. score: of the best fitting box, 0 when there was none; said: its word."""

    sample: str
    kind: str
    score: float
    said: str


def coco(path: Path) -> Detector:
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return YoloDetector(Checkpoint(path.stem, path, sha256, _COCO), Look(threshold=0.05, side=1280))


def ours() -> Detector:
    return load_detector("street-1", models_dir=_ROOT / "models", threads=2, threshold=0.05)


def frames(name: str, truth: Truth) -> Iterator[tuple[int, Frame]]:
    zero = datetime(2026, 5, 1, tzinfo=UTC)
    with av.open(str(_SAMPLES / f"{name}.mp4")) as container:
        for number, picture in enumerate(container.decode(video=0)):
            if number % (truth.body["fps"] * _EVERY_S) == 0:
                at = zero + timedelta(seconds=number / truth.body["fps"])
                ref = FrameRef(name, number, at, at, TimeSource.CONTAINER)
                yield number, Frame(ref, np.ascontiguousarray(picture.to_ndarray(format="bgr24"), np.uint8))


def sightings(name: str, detector: Detector) -> list[Sighting]:
    truth = read_truth(_SAMPLES, name)
    found = []
    for number, frame in frames(name, truth):
        (seen,) = detector.detect([frame])
        found += [_sighting(name, truth, row, seen) for row in truth.visible(number) if _counts(truth, row)]
    return found


def _counts(truth: Truth, row: int) -> bool:
    """Large enough and whole enough: not cut by the picture's edge."""
    x0, y0, x1, y1 = (int(v) for v in truth.box(row))
    width, height = truth.size
    inside = x0 > 2 and y0 > 2 and x1 < width - 2 and y1 < height - 2
    return inside and (x1 - x0) * (y1 - y0) >= _LEAST_PX


def _sighting(name: str, truth: Truth, row: int, seen: Detections) -> Sighting:
    kind = truth.actor(row)["kind"]
    best = max(_fitting(kind, truth.box(row).astype(np.float32), seen), default=(0.0, ""))
    return Sighting(name, kind, *best)


def _fitting(kind: str, box: np.ndarray, seen: Detections) -> list[tuple[float, str]]:
    overlap = iou(box[None, :], seen.boxes)[0] if len(seen.boxes) else np.zeros(0)
    return [
        (float(seen.scores[i]), seen.labels[i]) for i in np.flatnonzero(overlap > 0.4) if _fits(kind, seen.labels[i])
    ]


def _fits(kind: str, said: str) -> bool:
    """For a thing that no detector has a word for, any word is worth noting."""
    label = KINDS[kind].label
    return not label or said == label or {said, label} <= _WIDE or (label == "tricycle" and said in _WIDE)


def table(of: dict[str, list[Sighting]]) -> str:
    kinds = sorted({s.kind for found in of.values() for s in found})
    head = ["| kind | looks | " + " | ".join(f"{n}: share > .25 / median | said" for n in of) + " |"]
    head.append("|---|---|" + "---|---|" * len(of))
    return "\n".join(head + [_row(kind, of) for kind in kinds])


def _row(kind: str, of: dict[str, list[Sighting]]) -> str:
    cells = [_cells([s for s in found if s.kind == kind]) for found in of.values()]
    looks = max(sum(s.kind == kind for s in found) for found in of.values())
    return f"| {kind} | {looks} | " + " | ".join(cells) + " |"


def _cells(found: Sequence[Sighting]) -> str:
    share = sum(s.score > 0.25 for s in found) / len(found)
    words = sorted({s.said for s in found if s.score > 0.25})
    return f"{share:.2f} / {median(s.score for s in found):.2f} | {', '.join(words) or '–'}"


def main(arguments: Sequence[str]) -> int:
    names = sorted(
        p.name.removesuffix(".truth.npz") for p in _SAMPLES.glob("*.truth.npz") if not p.name.startswith("dam_")
    )
    detectors = {"COCO yolo11n @1280": coco(Path(arguments[0])), "street-1": ours()}
    print(table({name: [s for clip in names for s in sightings(clip, d)] for name, d in detectors.items()}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
