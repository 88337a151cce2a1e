"""Which contact sheets the documentation has."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import cv2
import numpy as np

from samples.render.catalogue import SAMPLES
from samples.render.flights import FLIGHTS
from samples.render.kinds import KINDS
from samples.render.sheets import Picture, moments, plain_moments, sheet
from samples.render.truth import read_truth

_MOMENTS = 6


def write_sheets(samples: Path, parade: Mapping[str, Path], docs: Path) -> list[Path]:
    docs.mkdir(exist_ok=True)
    stalls = [kind for kind, what in KINDS.items() if what.stall]
    others = [kind for kind in KINDS if kind not in stalls]
    written = [_of_kinds(stalls, parade, docs / "stalls.jpg"), _of_kinds(others, parade, docs / "library.jpg")]
    written += [_of_sample(name, samples, docs) for name in SAMPLES if (samples / f"{name}.mp4").exists()]
    written += [_of_flight(name, samples, docs) for name in FLIGHTS if (samples / f"{name}.mp4").exists()]
    return written


def _of_kinds(kinds: Sequence[str], parade: Mapping[str, Path], path: Path) -> Path:
    sheet([(_read(parade[kind]), kind) for kind in kinds], path, columns=4, width=360)
    return path


def _read(path: Path) -> Picture:
    return np.ascontiguousarray(cv2.imread(str(path))[..., ::-1])


def _of_sample(name: str, samples: Path, docs: Path) -> Path:
    truth, path = read_truth(samples, name), docs / f"sample_{name}.jpg"
    seconds = SAMPLES[name]().scene.seconds
    at = [round(seconds * (k + 0.5) / _MOMENTS) for k in range(_MOMENTS)]
    sheet(moments(samples / f"{name}.mp4", truth, at), path)
    return path


def _of_flight(name: str, samples: Path, docs: Path) -> Path:
    path = docs / f"sample_{name}.jpg"
    tiles = [
        (picture, f"{kind} {caption}")
        for kind, clip in (("colour", f"{name}.mp4"), ("thermal", f"{name}_thermal.mp4"))
        for picture, caption in plain_moments(samples / clip, (0, 40, 110), 5)
    ]
    sheet(tiles, path)
    return path
