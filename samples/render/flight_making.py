"""From a flight's two stills to its films: colour, thermal, radiometric frames, telemetry, truth."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from samples.render.encoding import encoded
from samples.render.flights import (
    COLOUR,
    FPS,
    KELVIN_COUNTS,
    SECONDS,
    THERMAL,
    Eye,
    Flight,
    gimbal,
    radiometric_frames,
    radiometric_names,
    telemetry,
    to_frame,
)
from samples.render.pinhole import intrinsics, rotation
from samples.render.reel import Picture
from samples.render.thermal import Passes, Sensor, counts, shown, temperature_c
from samples.render.truth import runs_of

_FRAMES = SECONDS * FPS
_WET_FROM = 0.5
_DEFLATE = 8


@dataclass(frozen=True, slots=True, eq=False)
class Stills:
    colour: Picture
    of_colour: Passes
    of_thermal: Passes


def stills(work: Path) -> Stills:
    return Stills(cv2.imread(str(work / "colour.png")), _passes(work / "colour.npz"), _passes(work / "thermal.npz"))


def _passes(path: Path) -> Passes:
    with np.load(path) as stored:
        return Passes(*(stored[name].astype(np.float32) for name in ("wet", "warmer", "sunlit")))


def make_flight(flight: Flight, taken: Stills, folder: Path) -> list[Path]:
    """Writes the films and everything beside them. Raises encoding.TooLarge."""
    span = _span(flight, taken)
    encoded(_colour_frames(flight, taken), folder / f"{flight.name}.mp4", FPS)
    encoded(_thermal_frames(flight, taken, span), folder / f"{flight.name}_thermal.mp4", FPS, limit=2_500_000)
    telemetry_path = folder / f"{flight.name}.srt"
    telemetry_path.write_text(telemetry(flight), encoding="utf-8")
    return [telemetry_path, *_radiometric(flight, taken, folder), *_truth(flight, taken, folder)]


def _warped(plane: NDArray, flight: Flight, eye: Eye, frame: int) -> NDArray:
    return cv2.warpPerspective(
        plane, to_frame(flight, eye, frame), eye.size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT
    )


def _colour_frames(flight: Flight, taken: Stills) -> Iterator[Picture]:
    for frame in range(_FRAMES):
        noise = np.random.RandomState(flight.number * 1009 + frame).normal(0, 1.3, (*COLOUR.size[::-1], 1))
        yield np.clip(_warped(taken.colour, flight, COLOUR, frame) + noise, 0, 255).astype(np.uint8)


def _measured(flight: Flight, taken: Stills) -> Iterator[NDArray[np.float32]]:
    scene = temperature_c(taken.of_thermal, flight.air_c)
    sensor = Sensor(flight.number, THERMAL.size)
    for frame in range(_FRAMES):
        yield sensor.reads(_warped(scene, flight, THERMAL, frame), frame)


def _span(flight: Flight, taken: Stills) -> tuple[float, float]:
    ground = temperature_c(taken.of_thermal, flight.air_c)
    low, high = np.percentile(ground[ground > 0], (0.5, 99))
    return float(low), float(high)


def _thermal_frames(flight: Flight, taken: Stills, span: tuple[float, float]) -> Iterator[Picture]:
    for celsius in _measured(flight, taken):
        yield cv2.cvtColor(shown(celsius, *span), cv2.COLOR_GRAY2BGR)


def _radiometric(flight: Flight, taken: Stills, folder: Path) -> list[Path]:
    measured = list(_measured(flight, taken))
    paths = [folder / name for name in radiometric_names(flight)]
    for frame, path in zip(radiometric_frames(), paths, strict=True):
        cv2.imwrite(str(path), counts(measured[frame]), [cv2.IMWRITE_TIFF_COMPRESSION, _DEFLATE])
    return paths


def _truth(flight: Flight, taken: Stills, folder: Path) -> list[Path]:
    """The wet mask once per still, and the exact homography from the still to every frame."""
    body = folder / f"{flight.name}.truth.json"
    body.write_text(json.dumps(_described(flight, taken), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    columns = folder / f"{flight.name}.truth.npz"
    np.savez_compressed(
        columns,
        colour_wet=runs_of(taken.of_colour.wet > _WET_FROM),
        thermal_wet=runs_of(taken.of_thermal.wet > _WET_FROM),
        colour_to_frame=np.array([to_frame(flight, COLOUR, f) for f in range(_FRAMES)]),
        thermal_to_frame=np.array([to_frame(flight, THERMAL, f) for f in range(_FRAMES)]),
    )
    return [body, columns]


def _described(flight: Flight, taken: Stills) -> dict[str, object]:
    return {
        "name": flight.name,
        "flight": flight.number,
        "started": flight.started.isoformat(),
        "fps": FPS,
        "frames": _FRAMES,
        "seeps": [asdict(seep) for seep in flight.seeps],
        "wet_px_of_still": int((taken.of_colour.wet > _WET_FROM).sum()),
        "air_c": flight.air_c,
        "kelvin_counts": KELVIN_COUNTS,
        "contrast_k": _contrast(flight, taken),
        "camera": {name: _camera(flight, eye) for name, eye in (("colour", COLOUR), ("thermal", THERMAL))},
        "gimbal_deg": [[round(v, 4) for v in asdict(gimbal(flight, f)).values()] for f in range(_FRAMES)],
    }


def _camera(flight: Flight, eye: Eye) -> dict[str, object]:
    camera = flight.camera(eye)
    turn = {"intrinsics": np.round(intrinsics(camera), 3).tolist(), "rotation": np.round(rotation(camera), 6).tolist()}
    return asdict(camera) | turn


def _contrast(flight: Flight, taken: Stills) -> float | None:
    """Mean of the wet pixels less the mean of a ring around them; None where nothing is wet."""
    if not flight.seeps:
        return None
    celsius = temperature_c(taken.of_thermal, flight.air_c)
    wet = (taken.of_thermal.wet > _WET_FROM).astype(np.uint8)
    near = cv2.dilate(wet, np.ones((7, 7))) > 0
    ring = (cv2.dilate(wet, np.ones((25, 25))) > 0) & ~near
    return round(float(celsius[wet > 0].mean() - celsius[ring].mean()), 3)
