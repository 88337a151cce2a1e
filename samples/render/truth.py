"""The truth of a clip: for every frame each visible actor's box and mask, since when things stand, camera and ground.

Two files beside the clip: NAME.truth.json for people and small programs, NAME.truth.npz with the columns:
    frame, actor      (n,) which actor (1-based, order of the JSON's `actors`) is visible in which frame
    box               (n, 4) float: x0, y0, x1, y1 in pixels around what is visible of it
    run_of            (n,) where its mask's runs begin in `runs`; masks that did not change share their runs
    run_count         (n,) how many numbers they are
    runs              int32: first pixel (row-major) and length, alternately, all masks one after another
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samples.render.kinds import KINDS
from samples.render.pinhole import ground_homography, intrinsics, rotation
from samples.render.reel import Picture
from samples.render.sample import Sample, expected, stays_in
from samples.render.timetable import standing

_LEAST_PX = 12


@dataclass(slots=True)
class TruthWriter:
    """Takes the index pass of every frame, in order."""

    _rows: list[tuple[int, int, tuple[int, int, int, int], int, int]] = field(default_factory=list)
    _runs: list[NDArray[np.int32]] = field(default_factory=list)
    _at: int = 0
    _known: dict[bytes, tuple[int, int]] = field(default_factory=dict)

    def add(self, frame: int, index: Picture) -> None:
        for actor in np.unique(index[index > 0]):
            mask = index == actor
            if mask.sum() >= _LEAST_PX:
                self._rows.append((frame, int(actor), box_of(mask), *self._keep(runs_of(mask))))

    def _keep(self, runs: NDArray[np.int32]) -> tuple[int, int]:
        key = runs.tobytes()
        if key not in self._known:
            self._known[key] = (self._at, len(runs))
            self._runs.append(runs)
            self._at += len(runs)
        return self._known[key]

    def write(self, sample: Sample, folder: Path) -> list[Path]:
        body = folder / f"{sample.name}.truth.json"
        body.write_text(json.dumps(described(sample), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        columns = folder / f"{sample.name}.truth.npz"
        np.savez_compressed(
            columns,
            frame=np.array([r[0] for r in self._rows], np.int16),
            actor=np.array([r[1] for r in self._rows], np.uint8),
            box=np.array([r[2] for r in self._rows], np.int16).reshape(-1, 4),
            run_of=np.array([r[3] for r in self._rows], np.int32),
            run_count=np.array([r[4] for r in self._rows], np.int32),
            runs=_small(np.concatenate(self._runs) if self._runs else np.zeros(0, np.int32)),
        )
        return [body, columns]


def _small(runs: NDArray[np.int32]) -> NDArray[np.int32]:
    """As differences: neighbouring rows begin one picture's width apart, which packs well."""
    small = runs.copy()
    small[::2] = np.diff(runs[::2], prepend=0)
    return small


def _restored(stored: NDArray[np.int32]) -> NDArray[np.int32]:
    runs = stored.copy()
    runs[::2] = np.cumsum(stored[::2])
    return runs


def runs_of(mask: NDArray[np.bool_]) -> NDArray[np.int32]:
    """First pixel and length of every run of True, row-major, alternately."""
    flat = np.concatenate([[False], mask.ravel(), [False]])
    edges = np.flatnonzero(flat[1:] != flat[:-1])
    runs = edges.reshape(-1, 2)
    return np.column_stack([runs[:, 0], runs[:, 1] - runs[:, 0]]).astype(np.int32).ravel()


def mask_of(runs: NDArray[np.int32], size: tuple[int, int]) -> NDArray[np.bool_]:
    starts, lengths = runs[::2], runs[1::2]
    edges = np.zeros(size[0] * size[1] + 1, np.int8)
    edges[starts], edges[starts + lengths] = 1, -1
    return np.cumsum(edges[:-1], dtype=np.int8).astype(bool).reshape(size[1], size[0])


def box_of(mask: NDArray[np.bool_]) -> tuple[int, int, int, int]:
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def described(sample: Sample) -> dict[str, object]:
    scene = sample.scene
    return {
        "name": sample.name,
        "title": sample.title,
        "seed": scene.seed,
        "fps": scene.fps,
        "frames": scene.frames,
        "size": list(scene.camera.size),
        "camera": asdict(scene.camera)
        | {
            "intrinsics": np.round(intrinsics(scene.camera), 3).tolist(),
            "rotation": np.round(rotation(scene.camera), 6).tolist(),
            "pixel_to_ground": ground_homography(scene.camera).tolist(),
        },
        "light": asdict(scene.light),
        "actors": [
            {"id": a.id, "kind": a.kind, "label": KINDS[a.kind].label, "stands_s": standing(scene, a)}
            for a in scene.actors
        ],
        "zones": [asdict(z) | {"stays": stays_in(sample, z)} for z in sample.zones],
        "expected": [asdict(e) for e in expected(sample)],
    }


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """A clip's truth, read back."""

    body: dict[str, Any]
    columns: dict[str, NDArray[Any]]

    @property
    def size(self) -> tuple[int, int]:
        width, height = self.body["size"]
        return width, height

    def visible(self, frame: int) -> list[int]:
        """Rows of the columns that belong to the frame."""
        return [int(i) for i in np.flatnonzero(self.columns["frame"] == frame)]

    def actor(self, row: int) -> dict[str, Any]:
        found: dict[str, Any] = self.body["actors"][int(self.columns["actor"][row]) - 1]
        return found

    def box(self, row: int) -> NDArray[np.int16]:
        return np.asarray(self.columns["box"][row], np.int16)

    def mask(self, row: int) -> NDArray[np.bool_]:
        first, count = int(self.columns["run_of"][row]), int(self.columns["run_count"][row])
        return mask_of(self.columns["runs"][first : first + count], self.size)


def read_truth(folder: Path, name: str) -> Truth:
    body = json.loads((folder / f"{name}.truth.json").read_text(encoding="utf-8"))
    with np.load(folder / f"{name}.truth.npz") as stored:
        columns = dict(stored)
    columns["runs"] = _restored(columns["runs"])
    return Truth(body, columns)
