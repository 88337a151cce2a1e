"""Reads thermal stills as counts, and as temperatures where the camera's own format is known; others are named."""

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines.exif import camera_of
from pipelines.jpeg import APP1, segments
from pipelines.rjpeg import NoCounts, counts_of, degrees_of
from vision.radiometry import ZERO_C, Kelvin

Counts = NDArray[np.uint16]
"""(height, width), row by row from the top left, as the sensor or the camera's processor wrote them."""

_TIFF = (b"II*\0", b"MM\0*")
_JPEG = b"\xff\xd8"
_MOST_BYTES = 64 * 1024 * 1024


class NotRadiometric(Exception):
    """A picture without temperatures, or of a kind that is not decoded here. Trying again does not help."""

    again = False


class UnsupportedThermal(NotRadiometric):
    """A thermal picture of a maker whose counts are not decoded here: its colours are a palette and mean nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Thermal:
    """Counts rank the pixels of a picture, warmer is more; `kelvin` is the surface's temperature or None, and `why`
    then says why not. `kelvin_per_count`: what a small difference of counts is worth about the picture's median, with
    `scale_error` its relative doubt; None where nothing is known of it.
    """

    counts: Counts
    kelvin: Kelvin | None
    kelvin_per_count: float | None
    scale_error: float
    camera: str
    why: str

    @property
    def celsius(self) -> Kelvin | None:
        return None if self.kelvin is None else self.kelvin - np.float32(ZERO_C)


def read_thermal(path: Path, *, counts_per_kelvin: float | None = None) -> Thermal:
    """A DJI radiometric JPEG or a TIFF of 16-bit counts. Raises NotRadiometric, which names what it is instead.

    `counts_per_kelvin` is of TIFFs, which do not say what their counts mean; without it they stay counts.
    """
    if path.stat().st_size > _MOST_BYTES:
        raise NotRadiometric(f"{path.name} has {path.stat().st_size} bytes: no still of a thermal camera")
    data = path.read_bytes()
    if data.startswith(_TIFF):
        return _of_tiff(data, path.name, counts_per_kelvin)
    if data.startswith(_JPEG):
        return _of_jpeg(data, path.name)
    raise NotRadiometric(f"{path.name} is neither a JPEG nor a TIFF")


def _of_tiff(data: bytes, name: str, counts_per_kelvin: float | None) -> Thermal:
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if picture is None or picture.dtype != np.uint16 or picture.ndim != 2:
        raise NotRadiometric(f"{name} is no TIFF of one channel of 16 bits; temperatures are not in it")
    counts: Counts = np.ascontiguousarray(picture)
    if counts_per_kelvin is None:
        return Thermal(counts, None, None, 0.0, "", f"{name} does not say how many counts are a kelvin")
    return Thermal(counts, (counts / counts_per_kelvin).astype(np.float32), 1 / counts_per_kelvin, 0.0, "", "")


def _of_jpeg(data: bytes, name: str) -> Thermal:
    if any(marker == APP1 and body.startswith(b"FLIR\0") for marker, body in segments(data)):
        raise UnsupportedThermal(
            f"{name} is a FLIR file (FFF; also DJI XT2 and XT R): not supported; export it as TIFF"
        )
    try:
        counts = counts_of(data)
    except NoCounts as error:
        raise NotRadiometric(f"{name} is a plain picture, not a radiometric one: {error}") from error
    said = degrees_of(data, counts)
    return Thermal(counts, said.kelvin, said.kelvin_per_count, said.scale_error, camera_of(data), said.why)
