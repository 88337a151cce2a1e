"""The seam between pixels and words: anything that can say what stands in a frame."""

from collections.abc import Sequence
from typing import Protocol

from vision.types import Detections, Frame


class DetectorFailed(Exception):
    """The detector could not look. That is not the same as having seen nothing.

    `again` says whether the same frame may succeed on another try.
    """

    def __init__(self, model: str, why: str, *, again: bool) -> None:
        super().__init__(f"{model} could not look: {why}")
        self.model = model
        self.again = again


class Detector(Protocol):
    """Looks at a batch of frames, which may come from different cameras and have different sizes."""

    @property
    def name(self) -> str:
        """name@sha8 of the weights."""

    def detect(self, frames: Sequence[Frame]) -> list[Detections]:
        """One Detections per frame, in order, in pixels of that frame. Raises DetectorFailed."""
