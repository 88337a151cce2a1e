"""The network that knows seepage and sand boils in flood-fight photographs, through OpenVINO; no torch."""

from dataclasses import dataclass

import cv2
import numpy as np
import openvino as ov
from numpy.typing import NDArray

from vision.detector import DetectorFailed
from vision.openvino_detector import Network, with_pixels_as_input
from vision.types import Image

SIDES = 512, 384
"""Width and height of the input, the other way round for an upright picture; stretched into it, as in the lessons."""
Shares = NDArray[np.float32]
"""(classes, h, w): how likely each place is each class, adding up to 1; class 0 is the rest of the world."""


@dataclass(frozen=True, slots=True)
class Looking:
    """`mirrored` looks a second time at the mirror image and takes the mean: twice the time."""

    threads: int = 1
    mirrored: bool = True


class WetNet:
    """Compiles at the first picture of each orientation; one thread at a time may use it."""

    def __init__(self, network: Network, looking: Looking | None = None) -> None:
        self._network = network
        self._looking = looking or Looking()
        self._requests: dict[tuple[int, int], ov.InferRequest] = {}

    @property
    def name(self) -> str:
        return self._network.name

    @property
    def labels(self) -> tuple[str, ...]:
        return self._network.labels

    def shares(self, image: Image) -> Shares:
        """Raises DetectorFailed."""
        size = SIDES if image.shape[1] >= image.shape[0] else SIDES[::-1]
        small = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
        seen = self._infer(small, size)
        if not self._looking.mirrored:
            return seen
        other = self._infer(np.ascontiguousarray(small[:, ::-1]), size)
        return np.asarray((seen + other[:, :, ::-1]) / 2, np.float32)

    def _infer(self, small: Image, size: tuple[int, int]) -> Shares:
        try:
            output = self._request(size).infer([small[None]])[0]
        except RuntimeError as error:
            raise DetectorFailed(self.name, str(error), again=True) from error
        if not np.isfinite(output).all():
            raise DetectorFailed(self.name, "the network answered with numbers that are none", again=False)
        return np.array(output[0], np.float32)

    def _request(self, size: tuple[int, int]) -> "ov.InferRequest":
        if size not in self._requests:
            self._requests[size] = self._compiled(size).create_infer_request()
        return self._requests[size]

    def _compiled(self, size: tuple[int, int]) -> "ov.CompiledModel":
        core = ov.Core()
        model = core.read_model(model=self._network.graph, weights=self._network.weights)
        model.reshape([1, 3, size[1], size[0]])
        settings = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_NUM_THREADS": self._looking.threads}
        return core.compile_model(with_pixels_as_input(model), "CPU", settings)
