"""Looks of a flight at the world: pictures with the pose they were taken from, or the reason why they have none."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from clock import Clock
from pipelines.dam import Dam
from pipelines.face_watch import Glimpse
from pipelines.file_source import FileSource
from pipelines.flight import Clip, Flight, Recording
from pipelines.footage import BadSource, SourceBroke, SourceEnded
from pipelines.radiometric import NotRadiometric, Thermal, read_thermal
from pipelines.telemetry import Fix
from pipelines.viewpoint import NoViewpoint, lens_of, pose_of
from vision.pose import GPS_OVER_TOWN
from vision.types import Image

_NOUGHT = datetime(2000, 1, 1, tzinfo=UTC)
"""Media time is counted from here; only differences to it are used."""


class NotLocated(Exception):
    """This picture can't be laid on the ground. Another may; trying again does not help."""

    again = False


@dataclass(frozen=True, slots=True, eq=False)
class ColourLook:
    glimpse: Glimpse
    image: Image


@dataclass(frozen=True, slots=True, eq=False)
class ThermalLook:
    """kelvin (height, width): apparent temperature up to a constant of the picture's own."""

    glimpse: Glimpse
    kelvin: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Missed:
    """A picture or a file that could not be looked at, and why."""

    file: str
    media_s: float | None
    why: str


def colour_looks(recording: Recording, dam: Dam, clock: Clock, *, rate_hz: float) -> Iterator[ColourLook | Missed]:
    """The recording's colour clip at about `rate_hz`, in order. A part that breaks spoils only its own rest."""
    clip = recording.colour
    for image, media_s, name in () if clip is None else _frames(clip, clock, rate_hz):
        if image is None:
            yield Missed(name, media_s, "the file breaks off here, or is damaged: copy it from the card again")
            continue
        try:
            yield ColourLook(_glimpse(name, media_s, recording.fix_at(media_s), image, dam), image)
        except (NotLocated, NoViewpoint) as error:
            yield Missed(name, media_s, str(error))


def _frames(clip: Clip, clock: Clock, rate_hz: float) -> Iterator[tuple[Image | None, float, str]]:
    before = 0.0
    for part, seconds in zip(clip.parts, clip.part_seconds, strict=True):
        source = FileSource(part, part.name, rate_hz=rate_hz, clock=clock, captured_from=_NOUGHT)
        try:
            source.open()
            while True:
                frame = source.look(0.0)
                if frame is not None:
                    yield frame.image, before + (frame.ref.captured_at - _NOUGHT).total_seconds(), part.name
        except SourceEnded:
            pass
        except (BadSource, SourceBroke) as error:
            yield None, before + (getattr(error, "at", None) or 0.0), part.name
        finally:
            source.close()
        before += seconds


def thermal_looks(flight: Flight, recording: Recording, dam: Dam) -> Iterator[ThermalLook | Missed]:
    """The radiometric pictures that belong to a recording. The palette of the film is the pilot's and is not used."""
    for sample in recording.samples:
        fix = recording.fix_at(sample.media_s or 0.0, thermal=True)
        yield _thermal(sample.path, sample.media_s or 0.0, fix, dam)


def thermal_stills(flight: Flight, dam: Dam) -> Iterator[ThermalLook | Missed]:
    for shot in flight.shots:
        if shot.thermal is not None:
            yield _thermal(shot.thermal, 0.0, shot.fix, dam)


def _thermal(path: Path, media_s: float, fix: Fix | None, dam: Dam) -> ThermalLook | Missed:
    try:
        thermal = read_thermal(path, counts_per_kelvin=dam.counts_per_kelvin or None)
        kelvin = _kelvin(thermal)
        return ThermalLook(_glimpse(path.name, media_s, fix, kelvin, dam, ratio=dam.thermal_ratio or 1.0), kelvin)
    except (NotRadiometric, NotLocated, NoViewpoint, OSError) as error:
        return Missed(path.name, media_s, str(error))


def _kelvin(thermal: Thermal) -> NDArray[np.float32]:
    """Raises NotLocated when nobody knows what a count is worth."""
    if thermal.kelvin is not None:
        return thermal.kelvin
    if thermal.kelvin_per_count is None:
        raise NotLocated(f"{thermal.why}; say counts_per_kelvin in the dam's plan")
    return (thermal.counts * np.float32(thermal.kelvin_per_count)).astype(np.float32)


def _glimpse(
    file: str, media_s: float, fix: Fix | None, picture: NDArray[np.generic], dam: Dam, *, ratio: float = 1.0
) -> Glimpse:
    """Raises NoViewpoint, NotLocated."""
    if fix is None:
        raise NotLocated("there is no telemetry for this moment")
    lens = lens_of(fix, picture.shape[1], picture.shape[0], crop=ratio)
    if lens is None:
        raise NotLocated("the telemetry says no focal length")
    pose = pose_of(fix, GPS_OVER_TOWN, take_off_m=dam.take_off_m)
    return Glimpse(file, round(media_s, 3), fix.at, pose, lens, _sharpness(picture))


def _sharpness(picture: NDArray[np.generic]) -> float:
    """Variance of the Laplacian of a small grey copy: higher is sharper, and only pictures of one scene compare."""
    grey = picture if picture.ndim == 2 else cv2.cvtColor(np.asarray(picture, np.uint8), cv2.COLOR_BGR2GRAY)
    height = max(1, round(360 * grey.shape[0] / grey.shape[1]))
    small = cv2.resize(np.asarray(grey, np.float32), (360, height), interpolation=cv2.INTER_AREA)
    return float(cv2.Laplacian(small, cv2.CV_32F).var())
