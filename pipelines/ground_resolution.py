"""How many centimetres of ground a pixel of a picture from above covers: as asked, as the drone says, else assumed."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipelines.exif import focal_35mm
from pipelines.xmp import note_of

ASSUMED_CM_PER_PX = 2.8
"""Nobody says: that of the orthophoto chips the overhead model learned from."""
FILM_DIAGONAL_MM = 43.27
"""Of 36 x 24 mm: lenses are compared by the angle over the diagonal (CIPA DCG-001)."""
LOWEST_M, FLATTEST_DEG = 2.0, 20.0
"""Lower, and the altimeter's own error decides; flatter, and one figure for the whole picture means nothing."""
_HEAD_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class GroundResolution:
    """Centimetres per pixel at the middle of the picture, and who says so: asked, camera or assumed."""

    cm_per_px: float
    said_by: str


_ASSUMED = GroundResolution(ASSUMED_CM_PER_PX, "assumed")
Sizer = Callable[[Path, tuple[int, int]], GroundResolution]
"""Finds the ground resolution of the picture in a file whose size in pixels (width, height) is known."""


def asked_for(cm_per_px: float) -> Sizer:
    """Whoever asks knows it for every picture."""
    return lambda path, size_wh: GroundResolution(cm_per_px, "asked")


def as_filed(path: Path, size_wh: tuple[int, int]) -> GroundResolution:
    """From DJI's XMP (height above take-off, gimbal pitch) and the EXIF lens; without them the assumed one."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    note, focal = note_of(head), focal_35mm(head)
    if note is None or focal is None:
        return _ASSUMED
    height, pitch = note.fix.rel_alt_m, note.fix.pitch_deg
    if height is None or height < LOWEST_M or (pitch is not None and pitch > -FLATTEST_DEG):
        return _ASSUMED
    return GroundResolution(seen_from(height, focal, size_wh, pitch_deg=-90.0 if pitch is None else pitch), "camera")


def seen_from(height_m: float, focal_35mm_mm: float, size_wh: tuple[int, int], *, pitch_deg: float) -> float:
    """cm per px where the optical axis meets level ground; -90 degrees of pitch look straight down."""
    distance_cm = 100 * height_m / math.sin(math.radians(-pitch_deg))
    return distance_cm * FILM_DIAGONAL_MM / (focal_35mm_mm * math.hypot(*size_wh))
