"""The bytes of uploads on our disk. How much of a file has come is the size of its part, and nothing else knows it.

`incoming/<file id>` holds what has come; a flight's own folder holds only files that were verified, under their names.
What was acknowledged is on the disk (fsync), so that it outlives a power cut.
"""

import errno
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from service.flights import FlightFile
from service.upload_content import HEAD
from service.upload_errors import BeingWritten, DiskFull

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class Part:
    """One part, locked for us. Writes go to its end, wherever others thought that was."""

    def __init__(self, descriptor: int, path: Path) -> None:
        self._descriptor = descriptor
        self._path = path

    @property
    def is_there(self) -> bool:
        """False once it was discarded, also when another has taken its place: a flight may be withdrawn meanwhile."""
        try:
            return self._path.stat().st_ino == os.fstat(self._descriptor).st_ino
        except FileNotFoundError:
            return False

    @property
    def size(self) -> int:
        return os.fstat(self._descriptor).st_size

    def write(self, content: bytes | bytearray | memoryview) -> None:
        """Raises DiskFull; what fitted stays."""
        rest = memoryview(content)
        try:
            while rest:
                rest = rest[os.pwrite(self._descriptor, rest, self.size) :]
        except OSError as error:
            raise _named(error) from error

    def read(self, size: int, at: int) -> bytes:
        return os.pread(self._descriptor, size, at)

    def head(self) -> bytes:
        return self.read(HEAD, 0)

    def cut(self, size: int) -> None:
        os.ftruncate(self._descriptor, size)

    def keep(self) -> None:
        """On the disk, not only in memory. Raises DiskFull."""
        try:
            os.fsync(self._descriptor)
        except OSError as error:
            raise _named(error) from error


class Parts:
    """`root` is the folder of all flights; `free` tells how many bytes its disk has left."""

    def __init__(self, root: Path, *, free: Callable[[Path], int] | None = None) -> None:
        self._root = root
        self._incoming = root / "incoming"
        self._free = free or _free

    def open(self) -> None:
        self._incoming.mkdir(parents=True, exist_ok=True)

    def free(self) -> int:
        return self._free(self._root)

    def incoming(self) -> int:
        """Bytes of everything that is not verified yet."""
        return sum(_size(part) for part in self._incoming.iterdir())

    def path(self, file: FlightFile) -> Path:
        """Where it lies once it is verified."""
        return self._root / file.flight_id / file.name

    def part(self, file: FlightFile) -> Path:
        return self._incoming / file.id

    def now_at(self, file: FlightFile) -> Path:
        """Where it lies now: a file may have landed before a crash that kept us from writing so down."""
        part, path = self.part(file), self.path(file)
        return path if not part.exists() and path.exists() else part

    def size(self, file: FlightFile) -> int:
        """How much has come."""
        return _size(self.now_at(file))

    @contextmanager
    def locked(self, file: FlightFile) -> Iterator[Part]:
        """Nobody else writes, checks or discards it meanwhile, in no other process either. Raises BeingWritten."""
        path = self.now_at(file)
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
        except OSError as error:
            raise _named(error) from error
        try:
            part = Part(descriptor, path)
            _take(descriptor)
            if not part.is_there:
                raise BeingWritten
            yield part
        finally:
            os.close(descriptor)  # and so unlocked

    def land(self, file: FlightFile, part: Part) -> bool:
        """Under its own name, whole; safe to repeat. False when it was discarded meanwhile."""
        target = self.path(file)
        if not part.is_there:
            return False
        if self.now_at(file) != target:
            target.parent.mkdir(parents=True, exist_ok=True)
            self.part(file).replace(target)
            _sync_folder(target.parent)
        return True

    def discard(self, file: FlightFile) -> None:
        """Its lock must be held, or nobody be able to ask for it."""
        self.part(file).unlink(missing_ok=True)
        self.path(file).unlink(missing_ok=True)


def _take(descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise BeingWritten from error


def _named(error: OSError) -> Exception:
    return DiskFull() if error.errno in _FULL else error


def _size(path: Path) -> int:
    with suppress(FileNotFoundError):
        return path.stat().st_size
    return 0


def _free(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
