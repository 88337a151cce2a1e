"""Single pictures without a plan: each goes through one view, and what it says becomes `detections.json`."""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from pipelines.still_source import read_picture
from pipelines.still_times import PICTURES
from vision.types import Image

RESULT = "detections.json"
Entry = Mapping[str, object]
"""One picture in the result: image, width, height, detections and, when it could not be read, error."""
Told = Callable[[int, int, Entry], None]
"""Hears after each picture: how many are done, how many there are, and what was written of the latest."""


class BadStills(Exception):
    """There is no picture to look at. A person has to correct the path."""

    again = False


class UnreadableStill(Exception):
    """This one picture can't be looked at; the rest can. Copying it again may help, trying again does not."""

    again = False


class View(Protocol):
    """One way to look at single pictures, such as a street from above."""

    def look(self, path: Path) -> Entry:
        """The picture's entry of detections.json, boxes in pixels of the upright picture.

        Raises UnreadableStill, and DetectorFailed when it is not the picture's fault.
        """


def stills_at(path: Path) -> list[Path]:
    """The picture itself, or those of a folder in the order of their names. Raises BadStills."""
    if path.is_file():
        return [path]
    try:
        found = sorted(one for one in path.iterdir() if one.suffix.lower() in PICTURES and one.is_file())
    except OSError as error:
        raise BadStills(f"{path} can't be read: {error.strerror}. Give a picture or a folder of pictures") from error
    if not found:
        raise BadStills(f"{path} holds no picture ({', '.join(sorted(PICTURES))}). Check the path")
    return found


def read_still(path: Path) -> Image:
    """The pixels, turned upright as EXIF says. Raises UnreadableStill."""
    try:
        image = read_picture(path)
    except OSError as error:
        raise UnreadableStill(f"can't be read: {error.strerror}") from error
    if image is None:
        raise UnreadableStill("is no picture, or is cut off: copy it again")
    return image


def look_through(paths: Sequence[Path], view: View, tell: Told) -> list[Entry]:
    """One entry per picture in the given order; a picture that can't be read is listed and stops nobody."""
    entries: list[Entry] = []
    for path in paths:
        entries.append(_entry(path, view))
        tell(len(entries), len(paths), entries[-1])
    return entries


def _entry(path: Path, view: View) -> Entry:
    try:
        return view.look(path)
    except UnreadableStill as error:
        return {"image": path.name, "width": 0, "height": 0, "detections": [], "error": str(error)}


def write_detections(entries: Sequence[Entry], folder: Path) -> Path:
    """Replaces DIR/detections.json in one step, so that a reader never sees half of it."""
    path, draft = folder / RESULT, folder / f"{RESULT}.part"
    draft.write_text(json.dumps(entries, ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(draft, path)
    return path
