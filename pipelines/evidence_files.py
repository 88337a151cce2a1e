"""Where evidence lies and how it gets there: whole or not at all, under names that lead nowhere else."""

import errno
import hashlib
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from tempfile import TemporaryDirectory

SHOWN = "shown"
ORIGINAL = "original"
_PARTS = ".parts"

_LONGEST_PART = 80
_FINAL = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENAMETOOLONG})


class EvidenceFailed(Exception):
    """The picture or clip could not be kept; what it proves stands all the same.

    `again` says whether the same call may succeed later.
    """

    def __init__(self, why: str, *, again: bool) -> None:
        super().__init__(why)
        self.again = again


@dataclass(frozen=True, slots=True)
class Floors:
    """Free bytes that must remain on the disk: clips stop first, then stills; rows go on."""

    clips: int = 4 << 30
    stills: int = 1 << 30


def evidence_name(source_id: str, captured_at: datetime, stem: str, suffix: str, tz: tzinfo) -> str:
    """camera/2026-05-01/stem.jpg, the day as people there count it."""
    day = captured_at.astimezone(tz).date().isoformat()
    return f"{safe_part(source_id)}/{day}/{safe_part(stem)}{suffix}"


def safe_part(text: str) -> str:
    """One part of a path from any text, and another one for any other text."""
    part = "".join(_safe(char, first=not at) for at, char in enumerate(text)) or "~"
    if len(part.encode()) <= _LONGEST_PART:
        return part
    digest = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
    return f"{part[:16]}~{digest[:16]}"


def _safe(char: str, *, first: bool) -> str:
    return char if char.isalnum() or char in "-_" or (char == "." and not first) else f"~{ord(char):06x}"


@contextmanager
def workspace(root: Path) -> Iterator[Path]:
    """A folder on the same disk for what is not finished, gone afterwards. Failures come out as EvidenceFailed."""
    try:
        (root / _PARTS).mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=root / _PARTS) as folder:
            yield Path(folder)
    except OSError as error:
        raise EvidenceFailed(f"cannot write evidence: {error}", again=error.errno not in _FINAL) from error


def keep(part: Path, root: Path, branch: str, name: str) -> str:
    """Move a finished file to its place, replacing what was there in one step; its SHA-256.

    Originals can be read by the account that runs the product and nobody else.
    """
    path = root / branch / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if branch == ORIGINAL:
        (root / branch).chmod(0o700)
    part.chmod(0o600 if branch == ORIGINAL else 0o644)
    with part.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    part.replace(path)
    _sync_folder(path.parent)
    return digest


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def check_room(root: Path, floor: int) -> None:
    """Raises EvidenceFailed when the disk has less than `floor` bytes free."""
    there = next(folder for folder in (root, *root.absolute().parents) if folder.exists())
    free = shutil.disk_usage(there).free
    if free < floor:
        raise EvidenceFailed(f"{free >> 20} MiB free of {floor >> 20} MiB to be left on the disk", again=True)


def forget(root: Path, *, now: datetime, days: int, protected: Collection[str]) -> list[str]:
    """Delete evidence of more than `days` days ago, and half-written leftovers; the names that are gone.

    `protected`: names (`Evidence.name`) that stay, with their originals. Safe to repeat.
    """
    oldest = (now - timedelta(days=days)).date().isoformat()
    kept = {name.split("/", 1)[1] for name in protected}
    old = [path for path in root.glob("*/*/????-??-??/*") if path.parent.name < oldest]
    gone = [path for path in sorted(old) if path.relative_to(root).as_posix().split("/", 1)[1] not in kept]
    for path in gone:
        path.unlink(missing_ok=True)
    _tidy(root, now - timedelta(days=1))
    return [path.relative_to(root).as_posix() for path in gone]


def _tidy(root: Path, before: datetime) -> None:
    for folder in root.glob("*/*/????-??-??"):
        if not any(folder.iterdir()):
            folder.rmdir()
    for left in (root / _PARTS).glob("*"):
        if left.stat().st_mtime < before.timestamp():
            shutil.rmtree(left, ignore_errors=True)
