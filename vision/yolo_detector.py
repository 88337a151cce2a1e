"""Any ultralytics .pt that somebody vouches for: slower, brings torch; for teachers and comparisons."""

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vision.detector import DetectorFailed
from vision.suppression import groups_of, survivors
from vision.types import Detections, Frame


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A .pt file. It is a pickle and runs code when loaded, so its SHA-256 must be the one that the caller vouches for.

    `labels` translates the checkpoint's class names to ours; a name it does not hold is kept out.
    """

    name: str
    path: Path
    sha256: str
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """How to look. `augment` looks several times, scaled and mirrored: a teacher's patience."""

    threshold: float = 0.25
    overlap: float = 0.55
    side: int = 640
    augment: bool = False
    batch: int = 8


class YoloDetector:
    """Looks with ultralytics. Loads at the first frames; one thread at a time may use it."""

    def __init__(self, checkpoint: Checkpoint, look: Look | None = None) -> None:
        self._checkpoint = checkpoint
        self._how = look or Look()
        self._loaded: Any = None

    @property
    def name(self) -> str:
        return f"{self._checkpoint.name}@{self._checkpoint.sha256[:8]}"

    def detect(self, frames: Sequence[Frame]) -> list[Detections]:
        size = self._how.batch
        batches = [frames[start : start + size] for start in range(0, len(frames), size)]
        return [seen for batch in batches for seen in self._look(batch)]

    def _look(self, frames: Sequence[Frame]) -> list[Detections]:
        model = self._model()
        try:
            results = model.predict([frame.image for frame in frames], **self._options())
        except RuntimeError as error:
            raise DetectorFailed(self.name, str(error), again=True) from error
        return [self._read(result, frame) for result, frame in zip(results, frames, strict=True)]

    def _options(self) -> dict[str, Any]:
        how = self._how
        return {"conf": how.threshold, "iou": 0.7, "imgsz": how.side, "augment": how.augment, "verbose": False}

    def _model(self) -> Any:
        if self._loaded is None:
            self._refuse_strangers()
            self._loaded = load_checkpoint(self._checkpoint.path)
        return self._loaded

    def _refuse_strangers(self) -> None:
        try:
            found = hashlib.sha256(self._checkpoint.path.read_bytes()).hexdigest()
        except OSError as error:
            raise DetectorFailed(self.name, f"{self._checkpoint.path}: {error.strerror}", again=False) from error
        if found != self._checkpoint.sha256:
            why = f"{self._checkpoint.path} has SHA-256 {found}, and nobody vouches for that file"
            raise DetectorFailed(self.name, why, again=False)

    def _read(self, result: Any, frame: Frame) -> Detections:
        boxes = result.boxes.xyxy.cpu().numpy().astype(np.float32)
        scores = result.boxes.conf.cpu().numpy().astype(np.float32)
        named = [self._checkpoint.labels.get(result.names[int(number)], "") for number in result.boxes.cls]
        ours = np.flatnonzero([label != "" for label in named])
        return self._one_each(
            Detections(frame.ref, boxes[ours], scores[ours], tuple(named[a] for a in ours), self.name)
        )

    def _one_each(self, seen: Detections) -> Detections:
        kept = survivors(seen.boxes, seen.scores, groups_of(seen.labels), overlap=self._how.overlap)
        keep: NDArray[np.bool_] = np.isin(np.arange(len(seen)), kept)
        return seen.only(keep)


def load_checkpoint(path: Path) -> Any:
    """ultralytics' model. Auto-install is off before the import: else it installs whatever a checkpoint names."""
    os.environ["YOLO_AUTOINSTALL"] = "false"
    from ultralytics import YOLO

    return YOLO(str(path))
