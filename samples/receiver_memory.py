"""What the sample department received and still owes, in a SQLite file."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

STEPS = ("acknowledge", "arrive", "resolve")
WORK = ("cn.patrol.dispatch.created", "cn.patrol.dispatch.rework")
RECALLED = "cn.patrol.dispatch.recalled"
SCHEMA = """
CREATE TABLE IF NOT EXISTS messages (
    webhook_id TEXT PRIMARY KEY, type TEXT NOT NULL, body TEXT NOT NULL, times INTEGER NOT NULL DEFAULT 1,
    dispatch_id TEXT, steps_left INTEGER NOT NULL)
"""


@dataclass(frozen=True)
class Step:
    """One answer still owed to the command centre."""

    webhook_id: str
    dispatch_id: str
    left: int

    @property
    def name(self) -> str:
        return STEPS[-self.left]


class Memory:
    """What was received and answered, in a SQLite file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def prepare(self) -> None:
        with self._open() as db:
            db.execute("PRAGMA journal_mode=WAL")
            db.execute(SCHEMA)

    def take(self, webhook_id: str, message: Mapping[str, Any]) -> bool:
        """True the first time. On disk when this returns."""
        dispatch_id = message["data"]["dispatch_id"]
        left = len(STEPS) if message["type"] in WORK else 0
        with self._open() as db:
            if message["type"] == RECALLED:
                db.execute("UPDATE messages SET steps_left = 0 WHERE dispatch_id = ?", (dispatch_id,))
            (times,) = db.execute(
                "INSERT INTO messages (webhook_id, type, body, dispatch_id, steps_left) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (webhook_id) DO UPDATE SET times = times + 1 RETURNING times",
                (webhook_id, message["type"], json.dumps(message, ensure_ascii=False), dispatch_id, left),
            ).fetchone()
        return bool(times == 1)

    def next_step(self, webhook_id: str) -> Step | None:
        """What is owed next of one message, or None when nothing is left."""
        with self._open() as db:
            row = db.execute(
                "SELECT webhook_id, dispatch_id, steps_left FROM messages WHERE webhook_id = ? AND steps_left > 0",
                (webhook_id,),
            ).fetchone()
        return None if row is None else Step(*row)

    def unfinished(self) -> list[str]:
        with self._open() as db:
            rows = db.execute("SELECT webhook_id FROM messages WHERE steps_left > 0 ORDER BY rowid").fetchall()
        return [webhook_id for (webhook_id,) in rows]

    def leave(self, step: Step, steps_left: int) -> None:
        with self._open() as db:
            db.execute("UPDATE messages SET steps_left = ? WHERE webhook_id = ?", (steps_left, step.webhook_id))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        db = sqlite3.connect(self._path, timeout=10)
        try:
            with db:
                yield db
        finally:
            db.close()
