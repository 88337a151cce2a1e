"""What one street camera knows from look to look: its own motion, what keeps to which place, what has no name."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.bare_ground import CELL, BareGround
from vision.dwell import look_again
from vision.gate import Blocks, blocks_of, rested, settled
from vision.geometry import Points, area_inside
from vision.motion import CameraMotion, Registration, View, apply, grey, inverse, small
from vision.stay import Look, Places, Stay, Tuning
from vision.types import Boxes, Detections, Frame, FrameRef, Grey, Image

PERSON = "person"
OBSTACLE = "obstacle"
"""Something that stands there and that the detector has no name for."""

_OBSTACLE_SCORE = 0.5
_SURE = 0.4
_MOST_ZOOM = 0.03
_MARGIN = 0.03
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
    """Follows one camera. Frames must come in order of capture.

    `zones`: polygons in fractions of the view; nothing outside them and a margin is looked at for change.
    """

    def __init__(self, tuning: Tuning, zones: Sequence[Points], places: Places | None = None) -> None:
        self._tuning = tuning
        self._zones = zones
        self._blocks: Blocks | None = None
        self._small: tuple[FrameRef, Image, Grey] | None = None
        self._ground = BareGround()
        self._motion = CameraMotion()
        self._places = places or Places()
        self._seen: Grey | None = None
        self._awake_at: datetime | None = None

    @property
    def places(self) -> Places:
        return self._places

    def may_sleep(self, frame: Frame) -> bool:
        """Nothing new came to rest in a zone since the detector looked, and nothing young waits for another look."""
        history = self._places.history
        if self._seen is None or self._awake_at is None or not history:
            return False
        if (frame.ref.captured_at - self._awake_at).total_seconds() >= _AWAKE_AT_LEAST_EVERY_S:
            return False
        _, picture = self._pictures(frame)
        if any(stay.awake < 2 * self._tuning.established for stay in self._near(picture)):
            return False
        if self._blocks is None:
            self._blocks = blocks_of(self._in_pixels(picture), (picture.shape[1], picture.shape[0]))
        return not settled(self._seen, history[-1].picture, picture, self._blocks)

    def see(self, frame: Frame, detections: Detections | None) -> Scene:
        """`detections` is None when the detector slept."""
        last = self._places.history[-1].picture if self._places.history else None
        view, picture = self._pictures(frame)
        registration = self._motion.register(picture)
        scale = picture.shape[1] / frame.image.shape[1]
        look = _look(frame, picture, registration, detections, scale)
        lost = registration.view is View.LOST
        if not lost:
            if detections is not None:
                look = self._with_nameless(look, view)
            self._places = look_again(self._places, look, self._tuning)
        if detections is not None:
            self._seen = picture if last is None or self._seen is None else rested(self._seen, last, picture)
            self._awake_at = frame.ref.captured_at
        return Scene(frame.ref, look, self._places.stays, scale, lost)

    def _with_nameless(self, look: Look, view: Image) -> Look:
        """The look with what stands in the area and has no name, beside what the detector named."""
        assert look.boxes is not None
        if not _is_near(look.registration):
            return look
        x1, y1, x2, y2 = self._around(look.picture)
        corner = np.array([x1 - x1 % CELL, y1 - y1 % CELL] * 2, np.float32)
        cut = _onto_reference(view, look.registration)[int(corner[1]) : y2, int(corner[0]) : x2]
        named = np.vstack([look.to_view(look.boxes[_sure(look)]), self._named()]) - corner
        found = apply(inverse(look.registration.to_reference), self._ground.foreign(cut, named) + corner)
        return replace(
            look,
            boxes=np.vstack([look.boxes, found]),
            scores=np.concatenate([look.scores, np.full(len(found), _OBSTACLE_SCORE, np.float32)]),
            labels=look.labels + (OBSTACLE,) * len(found),
        )

    def _pictures(self, frame: Frame) -> tuple[Image, Grey]:
        """The frame at the working size, made once for all that look at it."""
        if self._small is None or self._small[0] != frame.ref:
            view = small(frame.image)
            self._small = frame.ref, view, grey(view)
        return self._small[1:]

    def _in_pixels(self, picture: Grey) -> list[Points]:
        return [zone * (picture.shape[1], picture.shape[0]) for zone in self._zones]

    def _near(self, picture: Grey) -> list[Stay]:
        """Stays that reach into a zone."""
        zones = self._in_pixels(picture)
        return [stay for stay in self._places.stays if any(area_inside(stay.box, zone) > 0 for zone in zones)]

    def _around(self, picture: Grey) -> tuple[int, int, int, int]:
        """The box (pixels) round every zone, and as much on each side: what fills a lane is no change of light."""
        height, width = picture.shape
        corners = np.vstack(self._zones) if self._zones else np.zeros((1, 2))
        low, high = corners.min(axis=0), corners.max(axis=0)
        margin = np.maximum(high - low, _MARGIN)
        low = np.clip(low - margin, 0, 1) * (width, height)
        high = np.clip(high + margin, 0, 1) * (width, height)
        return int(low[0]), int(low[1]), int(np.ceil(high[0])), int(np.ceil(high[1]))

    def _named(self) -> Boxes:
        known = (stay for stay in self._places.stays if stay.label != OBSTACLE and stay.is_real(self._tuning))
        boxes = [stay.box for stay in known]
        return np.array(boxes, np.float32).reshape(-1, 4)


def _look(frame: Frame, picture: Grey, registration: Registration, detections: Detections | None, scale: float) -> Look:
    at = frame.ref.captured_at
    if detections is None:
        return Look(at, picture, registration, None, np.zeros(0, np.float32), ())
    return Look(at, picture, registration, detections.boxes * np.float32(scale), detections.scores, detections.labels)


def _sure(look: Look) -> NDArray[np.bool_]:
    """Which detections name a thing for certain: people always, since one who waits is no heap of goods."""
    return np.array([label == PERSON for label in look.labels], np.bool_) | (look.scores >= _SURE)


def _is_near(registration: Registration) -> bool:
    """Zoomed pictures are sharper or softer than the ground that was learnt, and can't be compared with it."""
    scale = float(np.hypot(registration.to_reference[0, 0], registration.to_reference[1, 0]))
    return abs(scale - 1) <= _MOST_ZOOM


def _onto_reference(view: Image, registration: Registration) -> Image:
    if registration.view is View.STILL:
        return view
    size = view.shape[1], view.shape[0]
    moved = cv2.warpAffine(view, registration.to_reference, size, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(moved, np.uint8)
