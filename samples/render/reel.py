"""The folder between rendering and film: one background, and per frame the rectangles that changed."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from samples.render.rectangles import Rect
from samples.render.whole_files import write_whole

Picture = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Patch:
    """resting: it belongs to the background from this frame on; otherwise it lives for one frame."""

    rect: Rect
    name: str
    resting: bool


@dataclass(frozen=True, slots=True)
class Reel:
    """A frame is done when its list of patches is written, so an interrupted rendering goes on where it stopped."""

    folder: Path

    def picture(self, name: str) -> Path:
        return self.folder / f"{name}.png"

    def has_background(self) -> bool:
        return self._index("background").exists()

    def has_frame(self, frame: int) -> bool:
        return self._list(frame).exists()

    def keep_index(self, name: str, index: Picture) -> None:
        write_whole(self._index(name), cv2.imencode(".png", index)[1].tobytes())

    def keep_frame(self, frame: int, patches: list[Patch], seconds: float) -> None:
        body = {"seconds": round(seconds, 2), "patches": [[list(p.rect), p.name, p.resting] for p in patches]}
        write_whole(self._list(frame), json.dumps(body))

    def patches(self, frame: int) -> list[Patch]:
        return [Patch(tuple(rect), name, resting) for rect, name, resting in self._read(frame)["patches"]]

    def seconds(self, frame: int) -> float:
        """CPU seconds that the frame's patches took."""
        return float(self._read(frame)["seconds"])

    def load(self, name: str) -> tuple[Picture, Picture]:
        """The picture (BGR) and its index."""
        return _read(self.picture(name), cv2.IMREAD_COLOR), _read(self._index(name), cv2.IMREAD_GRAYSCALE)

    def _read(self, frame: int) -> dict[str, Any]:
        body: dict[str, Any] = json.loads(self._list(frame).read_text())
        return body

    def _list(self, frame: int) -> Path:
        return self.folder / f"{frame:04d}.json"

    def _index(self, name: str) -> Path:
        return self.folder / f"{name}.index.png"


class Unreadable(Exception):
    """A picture of the reel is missing or cut short; delete its frame's list and film again."""


def _read(path: Path, mode: int) -> Picture:
    found = cv2.imread(str(path), mode)
    if found is None:
        raise Unreadable(str(path))
    return np.asarray(found, np.uint8)
