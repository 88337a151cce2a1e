"""A node's own memory: what it must not forget and what it still has to say, in one SQLite file.

A camera's memory and the facts that follow from it are written in one transaction, so a patrol that is killed has
said a fact exactly when it remembers having found it.
"""

import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.memory import CameraMemory, read, write
from pipelines.observation import Observation, to_json

_SCHEMA = """
CREATE TABLE IF NOT EXISTS memory (camera TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS unsaid (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, fact TEXT NOT NULL UNIQUE, body TEXT NOT NULL, refused TEXT);
"""


class JournalBroken(Exception):
    """The node's file can't be used; a person must look. Trying again does not help."""

    again = False


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A fact that the service has not taken yet. `seq` orders them."""

    seq: int
    body: str


class Journal:
    """Used by the patrol's thread and by the wire's; every call is one transaction."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._file: sqlite3.Connection | None = None

    def open(self) -> None:
        """Raises JournalBroken."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = sqlite3.connect(self._path, check_same_thread=False, timeout=10)
            self._file.execute("PRAGMA journal_mode=WAL")
            self._file.execute("PRAGMA synchronous=FULL")
            self._file.executescript(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise JournalBroken(f"{self._path}: {error}; move it away to start with an empty memory") from error

    def close(self) -> None:
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None

    def memory(self, camera: str) -> CameraMemory | None:
        """What was known of the camera; None for a new one. Raises JournalBroken for a memory it can't read."""
        with self._lock:
            row = self._open.execute("SELECT body FROM memory WHERE camera = ?", (camera,)).fetchone()
        try:
            return None if row is None else read(row[0])
        except (ValueError, KeyError, TypeError) as error:
            raise JournalBroken(f"{self._path}: the memory of camera {camera} can't be read: {error!r}") from error

    def keep(self, camera: str, memory: CameraMemory, told: Sequence[Observation]) -> None:
        """A fact that was kept before is not kept twice."""
        facts = [(str(observation.id), to_json(observation)) for observation in told]
        with self._lock, self._open as transaction:
            transaction.execute(
                "INSERT INTO memory VALUES (?, ?) ON CONFLICT (camera) DO UPDATE SET body = excluded.body",
                (camera, write(memory)),
            )
            transaction.executemany("INSERT OR IGNORE INTO unsaid (fact, body) VALUES (?, ?)", facts)

    def unsaid(self, limit: int = 50) -> list[Unsaid]:
        with self._lock:
            rows = self._open.execute(
                "SELECT seq, body FROM unsaid WHERE refused IS NULL ORDER BY seq LIMIT ?", (limit,)
            ).fetchall()
        return [Unsaid(*row) for row in rows]

    def said(self, seq: int) -> None:
        """The service has it."""
        with self._lock, self._open as transaction:
            transaction.execute("DELETE FROM unsaid WHERE seq = ?", (seq,))

    def refused(self, seq: int, why: str) -> None:
        """The service won't take it: kept for a person to look at, not tried again."""
        with self._lock, self._open as transaction:
            transaction.execute("UPDATE unsaid SET refused = ? WHERE seq = ?", (why, seq))

    @property
    def _open(self) -> sqlite3.Connection:
        if self._file is None:
            raise JournalBroken(f"{self._path} is not open")
        return self._file
