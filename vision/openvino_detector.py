"""Exported YOLO networks through OpenVINO on CPU or integrated GPU: the hot path, batched, no torch in the process."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import openvino as ov
from numpy.typing import NDArray
from openvino.preprocess import ColorFormat, PrePostProcessor

from vision.detector import DetectorFailed
from vision.letterbox import Letterbox, input_size
from vision.suppression import groups_of, survivors
from vision.types import Boxes, Detections, Frame

KEPT_OUT = ""
Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Network:
    """An exported network in memory, vouched for by whoever read it. `name` is the model's name@sha8.

    `labels` says what each output class is called here; an empty label keeps that class out.
    """

    name: str
    graph: bytes
    weights: bytes
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tuning:
    """How to look: `side` is the input's long side in pixels (more sees smaller things and costs its square).

    `batch` frames of one proportion go in at once, and what is left over one by one: a network compiled for a
    fixed number of pictures is a sixth faster than one that must take any number.
    """

    threshold: float = 0.25
    overlap: float = 0.55
    side: int = 640
    threads: int = 1
    device: str = "CPU"
    batch: int = 4


class OpenVinoDetector:
    """Looks with one network. Compiles once for each proportion of frame it meets; one thread at a time may use it."""

    def __init__(self, network: Network, tuning: Tuning | None = None) -> None:
        self._network = network
        self._tuning = tuning or Tuning()
        self._wanted = np.array([at for at, label in enumerate(network.labels) if label != KEPT_OUT], np.int64)
        self._requests: dict[tuple[int, Size], ov.InferRequest] = {}

    @property
    def name(self) -> str:
        return self._network.name

    def detect(self, frames: Sequence[Frame]) -> list[Detections]:
        found: dict[int, Detections] = {}
        for size, places in self._by_input(frames).items():
            for batch in in_batches(places, self._tuning.batch):
                seen = self._look([frames[at] for at in batch], size)
                found.update(zip(batch, seen, strict=True))
        return [found[at] for at in range(len(frames))]

    def _by_input(self, frames: Sequence[Frame]) -> dict[Size, list[int]]:
        places: dict[Size, list[int]] = defaultdict(list)
        for at, frame in enumerate(frames):
            places[input_size(frame.size_wh, self._tuning.side)].append(at)
        return places

    def _look(self, frames: Sequence[Frame], size: Size) -> list[Detections]:
        fits = [Letterbox(frame.size_wh, size) for frame in frames]
        output = self._infer(np.stack([fit.put(frame.image) for fit, frame in zip(fits, frames, strict=True)]), size)
        return [self._read(rows, fit, frame) for rows, fit, frame in zip(output, fits, frames, strict=True)]

    def _infer(self, pictures: NDArray[np.uint8], size: Size) -> NDArray[np.float32]:
        try:
            output: NDArray[np.float32] = self._request(len(pictures), size).infer([pictures], share_outputs=True)[0]
        except RuntimeError as error:
            raise DetectorFailed(self.name, str(error), again=True) from error
        if not np.isfinite(output).all():
            raise DetectorFailed(self.name, "the network answered with numbers that are none", again=False)
        return output

    def _request(self, count: int, size: Size) -> "ov.InferRequest":
        if (count, size) not in self._requests:
            self._requests[count, size] = self._compiled(count, size).create_infer_request()
        return self._requests[count, size]

    def _compiled(self, count: int, size: Size) -> "ov.CompiledModel":
        core = ov.Core()
        model = core.read_model(model=self._network.graph, weights=self._network.weights)
        width, height = size
        model.reshape([count, 3, height, width])
        return core.compile_model(with_pixels_as_input(model), self._tuning.device, self._properties())

    def _properties(self) -> dict[str, str | int]:
        threads = {"INFERENCE_NUM_THREADS": self._tuning.threads} if self._tuning.device == "CPU" else {}
        return {"PERFORMANCE_HINT": "LATENCY", **threads}

    def _read(self, rows: NDArray[np.float32], fit: Letterbox, frame: Frame) -> Detections:
        """`rows` is (4 + classes, candidates): centre x, centre y, width, height, then a score per class."""
        of_class = rows[4:][self._wanted]
        scores = of_class.max(axis=0)
        sure = np.flatnonzero(scores >= self._tuning.threshold)
        labels = tuple(self._network.labels[self._wanted[at]] for at in of_class[:, sure].argmax(axis=0))
        boxes, scores = fit.back(corners(rows[:4, sure].T)), scores[sure]
        kept = survivors(boxes, scores, groups_of(labels), overlap=self._tuning.overlap)
        return Detections(frame.ref, boxes[kept], scores[kept], tuple(labels[at] for at in kept), self.name)


def in_batches(places: Sequence[int], size: int) -> list[Sequence[int]]:
    """Full batches, then the rest one by one."""
    full = len(places) - len(places) % size
    whole: list[Sequence[int]] = [places[start : start + size] for start in range(0, full, size)]
    return whole + [[at] for at in places[full:]]


def corners(centred: Boxes) -> Boxes:
    """Boxes as x1 y1 x2 y2 from centre x, centre y, width, height."""
    half = centred[:, 2:] / 2
    return np.concatenate([centred[:, :2] - half, centred[:, :2] + half], axis=1).astype(np.float32)


def with_pixels_as_input(model: "ov.Model") -> "ov.Model":
    """The same network taking (n, h, w, 3) BGR bytes: colour order and scaling run inside, compiled."""
    steps = PrePostProcessor(model)
    steps.input().tensor().set_element_type(ov.Type.u8).set_layout(ov.Layout("NHWC")).set_color_format(ColorFormat.BGR)
    steps.input().model().set_layout(ov.Layout("NCHW"))
    steps.input().preprocess().convert_element_type(ov.Type.f32).convert_color(ColorFormat.RGB).scale(255.0)
    return steps.build()
