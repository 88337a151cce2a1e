"""Views that one detector is enough for: a street as it is, or a street from above in tiles."""

from pathlib import Path

from clock import Clock
from pipelines.ground_resolution import Sizer
from pipelines.stills import Entry, read_still
from vision.detector import Detector
from vision.tiles import TiledDetector
from vision.types import Detections, Frame, FrameRef, Image, TimeSource


class PlainView:
    """The whole picture through one detector."""

    def __init__(self, detector: Detector, clock: Clock) -> None:
        self._detector = detector
        self._clock = clock

    def look(self, path: Path) -> Entry:
        image = read_still(path)
        return entry(path, image, self._detector.detect([a_frame(path.name, image, self._clock)])[0])


def a_frame(name: str, image: Image, clock: Clock) -> Frame:
    """A picture outside any recording: when it was taken is nobody's business here, so it is taken as just arrived."""
    now = clock.now()
    return Frame(FrameRef(name, 0, now, now, TimeSource.ARRIVAL), image)


def entry(path: Path, image: Image, seen: Detections) -> Entry:
    """Best score first; boxes in pixels, origin top left, to a tenth."""
    order = seen.scores.argsort()[::-1].tolist()
    boxes, scores = seen.boxes.tolist(), seen.scores.tolist()
    detections = [
        {"label": seen.labels[at], "score": round(scores[at], 4), "xyxy": [round(edge, 1) for edge in boxes[at]]}
        for at in order
    ]
    return {"image": path.name, "width": image.shape[1], "height": image.shape[0], "detections": detections}


class OverheadView:
    """The picture in tiles at the ground resolution that the model knows. `least` is the score from which it tells."""

    def __init__(self, detector: TiledDetector, sizer: Sizer, clock: Clock, *, least: float) -> None:
        self._detector = detector
        self._sizer = sizer
        self._clock = clock
        self._least = least

    def look(self, path: Path) -> Entry:
        image = read_still(path)
        resolution = self._sizer(path, (image.shape[1], image.shape[0]))
        seen = self._detector.look(a_frame(path.name, image, self._clock), cm_per_px=resolution.cm_per_px)
        return entry(path, image, seen.only(seen.scores >= self._least))
