"""SHA-256 of files on a laptop, remembered: a card of 100 GB is not read once more after each interruption."""

import hashlib
import sqlite3
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

BLOCK = 1024 * 1024


class Digests:
    """A context. A file is known again by its path, size and time of change; the service compares in any case."""

    def __init__(self, memory: Path) -> None:
        self._memory = memory
        self._file: sqlite3.Connection | None = None

    def __enter__(self) -> "Digests":
        """Raises OSError or sqlite3.Error."""
        self._memory.parent.mkdir(parents=True, exist_ok=True)
        self._file = sqlite3.connect(self._memory, isolation_level=None)
        self._file.execute(
            "CREATE TABLE IF NOT EXISTS digests (path TEXT PRIMARY KEY, size INTEGER, changed INTEGER, sha256 TEXT)"
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def of(self, path: Path, read: Callable[[int], None]) -> str:
        """In hexadecimal. `read` is told how many bytes were done at each step. Raises OSError."""
        known = self._known(path)
        if known is not None:
            read(path.stat().st_size)
            return known
        before = _state(path)
        digest = _sha256(path, read)
        self._rows().execute("REPLACE INTO digests VALUES (?, ?, ?, ?)", (str(path.resolve()), *before, digest))
        return digest

    def forget(self, path: Path) -> None:
        self._rows().execute("DELETE FROM digests WHERE path = ?", (str(path.resolve()),))

    def _known(self, path: Path) -> str | None:
        asked = "SELECT size, changed, sha256 FROM digests WHERE path = ?"
        row = self._rows().execute(asked, (str(path.resolve()),)).fetchone()
        return str(row[2]) if row is not None and row[:2] == _state(path) else None

    def _rows(self) -> sqlite3.Connection:
        assert self._file is not None, "Digests was not entered"
        return self._file


def _state(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _sha256(path: Path, read: Callable[[int], None]) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
            read(len(block))
    return digest.hexdigest()
