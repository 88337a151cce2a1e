"""What lies in a folder that came from a drone's card: what is sent, and what is left out and why."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from service.flights import FileKind
from service.upload_content import HEAD, KINDS, Format, format_of
from service.upload_errors import BadName
from service.upload_names import checked

_PREVIEWS = frozenset({".lrf", ".lrv", ".thm"})
_HEAT = ("_t", "_r")  # how makers end the names of thermal pictures; no more than a hint, and the service takes it so


@dataclass(frozen=True, slots=True)
class CardFile:
    """`name` is the path below the folder, with `/`, as the service keeps it."""

    path: Path
    name: str
    size: int
    kind: FileKind


@dataclass(frozen=True, slots=True)
class LeftOut:
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Card:
    files: tuple[CardFile, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def size(self) -> int:
        return sum(one.size for one in self.files)


def read_card(folder: Path) -> Card:
    """Nothing is followed out of the folder. Raises OSError."""
    found = [_judged(path, path.relative_to(folder).as_posix()) for path in _files(folder)]
    return Card(
        tuple(one for one in found if isinstance(one, CardFile)),
        tuple(one for one in found if isinstance(one, LeftOut)),
    )


def _files(folder: Path) -> Iterator[Path]:
    """By name, without what systems hide on cards."""
    for entry in sorted(os.scandir(folder), key=lambda one: one.name):
        if entry.name.startswith(".") or entry.name == "System Volume Information":
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path))
        elif entry.is_file(follow_symlinks=False):
            yield Path(entry.path)


def _judged(path: Path, name: str) -> CardFile | LeftOut:
    size = path.stat().st_size
    if size == 0:
        return LeftOut(name, "空文件 empty")
    if path.suffix.lower() in _PREVIEWS:
        return LeftOut(name, "预览 preview")
    try:
        kept = checked(name)
    except BadName as error:
        return LeftOut(name, str(error))
    with path.open("rb") as file:
        format_ = format_of(file.read(HEAD))
    if format_ is None:
        return LeftOut(name, "不是视频、照片或遥测 no video, still or telemetry")
    return CardFile(path, kept, size, _kind(format_, path.stem))


def _kind(format_: Format, stem: str) -> FileKind:
    kinds = KINDS[format_]
    if FileKind.THERMAL in kinds and stem.lower().endswith(_HEAT):
        return FileKind.THERMAL
    (kind,) = kinds - {FileKind.THERMAL}
    return kind
