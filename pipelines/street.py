"""What one fixed street camera knows from look to look: its own motion, and what keeps to which place."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from vision.dwell import Look, Places, Stay, Tuning, look_again
from vision.gate import changed
from vision.geometry import Points
from vision.motion import CameraMotion, Grey, View, grey
from vision.types import Boxes, Detections, Frame, FrameRef

PERSON = "person"
_AWAKE_AT_LEAST_EVERY_S = 20.0


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """One look: what was seen, how the view lies, and every stay. Boxes of stays are pixels of the view.

    `scale`: view pixels per frame pixel. `lost`: the view could not be found, so nothing is known of any place.
    """

    ref: FrameRef
    look: Look
    stays: tuple[Stay, ...]
    scale: float
    lost: bool

    @property
    def at(self) -> datetime:
        return self.look.at

    @property
    def view_wh(self) -> tuple[int, int]:
        height, width = self.look.picture.shape
        return width, height

    def in_frame(self, box: Boxes) -> Boxes:
        """A box of the view in pixels of the current frame."""
        return self.look.from_view(box) / np.float32(self.scale)

    def polygon_in_frame(self, polygon: Points) -> Points:
        """A polygon of the view (pixels) in pixels of the current frame."""
        transform = self.look.registration.to_reference
        back = np.linalg.inv(transform[:, :2])
        return np.asarray((polygon - transform[:, 2]) @ back.T / self.scale, np.float64)


class StreetView:
    """Follows one camera. Frames must come in order of capture."""

    def __init__(self, tuning: Tuning, places: Places | None = None) -> None:
        self._tuning = tuning
        self._motion = CameraMotion()
        self._places = places or Places()
        self._seen: Grey | None = None
        self._awake_at: datetime | None = None

    @property
    def places(self) -> Places:
        return self._places

    def may_sleep(self, frame: Frame, area: tuple[float, float, float, float]) -> bool:
        """Nothing changed in the area (fractions x1 y1 x2 y2) since the detector last looked, and nothing young
        waits for a second opinion."""
        if self._seen is None or self._awake_at is None:
            return False
        if (frame.ref.captured_at - self._awake_at).total_seconds() >= _AWAKE_AT_LEAST_EVERY_S:
            return False
        if any(stay.awake < 2 * self._tuning.established for stay in self._places.stays):
            return False
        return not changed(self._seen, grey(frame.image), _pixels(area, self._seen))

    def see(self, frame: Frame, detections: Detections | None) -> Scene:
        """`detections` is None when the detector slept."""
        picture = grey(frame.image)
        registration = self._motion.register(picture)
        scale = picture.shape[1] / frame.image.shape[1]
        look = _look(frame, picture, registration, detections, scale)
        lost = registration.view is View.LOST
        if not lost:
            self._places = look_again(self._places, look, self._tuning)
        if detections is not None:
            self._seen, self._awake_at = picture, frame.ref.captured_at
        return Scene(frame.ref, look, self._places.stays, scale, lost)


def _look(frame: Frame, picture: Grey, registration, detections: Detections | None, scale: float) -> Look:  # type: ignore[no-untyped-def]
    at = frame.ref.captured_at
    if detections is None:
        return Look(at, picture, registration, None, np.zeros(0, np.float32), ())
    return Look(at, picture, registration, detections.boxes * np.float32(scale), detections.scores, detections.labels)


def _pixels(area: tuple[float, float, float, float], picture: Grey) -> tuple[int, int, int, int]:
    height, width = picture.shape
    x1, y1, x2, y2 = area
    return int(x1 * width), int(y1 * height), int(np.ceil(x2 * width)), int(np.ceil(y2 * height))
