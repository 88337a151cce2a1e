"""A small department: takes signed dispatches over HTTP and answers them, for the demo and for tests.

Stands alone (standard library and `standardwebhooks`). It honours `webhook-id`: a message is in its SQLite file before
204 is answered, a repeated one changes nothing, and a receiver that was killed goes on where it was.

    python samples/receiver.py --port 9100 --memory receiver.db --secret whsec_... --service http://127.0.0.1:8460 --key patrol_...
    python samples/receiver.py @receiver.args        (the same words, one per line, so that no secret shows in `ps`)
"""

import argparse
import json
import sqlite3
import struct
import sys
import threading
import urllib.error
import urllib.request
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from standardwebhooks import Webhook, WebhookVerificationError

LARGEST = 64 * 1024
STEPS = ("acknowledge", "arrive", "resolve")
WORK = ("dispatch.created", "dispatch.rework")
RECALLED = "dispatch.recalled"
RETRY_S = 1.0
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

    def next_step(self) -> Step | None:
        with self._open() as db:
            row = db.execute(
                "SELECT webhook_id, dispatch_id, steps_left FROM messages WHERE steps_left > 0 ORDER BY rowid LIMIT 1"
            ).fetchone()
        return None if row is None else Step(*row)

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


@dataclass(frozen=True)
class CommandCentre:
    """The way back: each answer carries a key of its own, so that saying it twice changes nothing."""

    url: str
    key: str
    photo: bytes

    def answer(self, step: Step) -> int:
        """The HTTP status. Raises OSError when the command centre cannot be reached."""
        body, media_type = (b"{}", "application/json") if step.name != "resolve" else self._with_photo()
        headers = {
            "Authorization": f"Bearer {self.key}",
            "Idempotency-Key": f"{step.webhook_id}-{step.name}",
            "Content-Type": media_type,
        }
        url = f"{self.url}/api/dispatches/{step.dispatch_id}/{step.name}"
        try:
            with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=15) as response:
                return int(response.status)
        except urllib.error.HTTPError as refused:
            with refused:
                say("refused", step=step.name, status=refused.code, answer=refused.read(2000).decode("utf-8", "replace"))
            return refused.code

    def _with_photo(self) -> tuple[bytes, str]:
        line = "patrol-after-photo"
        head = (
            f'--{line}\r\nContent-Disposition: form-data; name="note"\r\n\r\n已清理，车辆移走 / cleared\r\n'
            f'--{line}\r\nContent-Disposition: form-data; name="photo"; filename="after.png"\r\n'
            "Content-Type: image/png\r\n\r\n"
        )
        return head.encode() + self.photo + f"\r\n--{line}--\r\n".encode(), f"multipart/form-data; boundary={line}"


class Worker:
    """Answers what is owed, in order, each step after its delay; an unreachable command centre is asked again."""

    def __init__(self, memory: Memory, centre: CommandCentre, delays: Mapping[str, float]) -> None:
        self._memory = memory
        self._centre = centre
        self._delays = delays
        self._bell = threading.Event()

    def wake(self) -> None:
        self._bell.set()

    def run(self) -> None:
        while True:
            step = self._memory.next_step()
            if step is None:
                self._bell.wait(RETRY_S)
                self._bell.clear()
            else:
                threading.Event().wait(self._delays[step.name])
                self._answer(step)

    def _answer(self, step: Step) -> None:
        try:
            status = self._centre.answer(step)
        except OSError as error:
            status = 503
            say("unreachable", step=step.name, why=str(error))
        if status >= 500 or status in (409, 429):
            threading.Event().wait(RETRY_S)
        if status < 500 and status != 429:
            self._memory.leave(step, step.left - 1)
            say("answered", step=step.name, dispatch=step.dispatch_id, status=status)


class Door(BaseHTTPRequestHandler):
    """POST anything here: 204 when it is on disk (again too), 401 with a wrong signature, 400 when unreadable."""

    server: "Department"
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if not 0 < length <= LARGEST:
            self.close_connection = True
            return self._answer(413)
        return self._answer(self.server.receive(self.rfile.read(length), dict(self.headers)))

    def log_message(self, format: str, *arguments: object) -> None:
        """Silent: what matters is said by `say`."""

    def _answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()


class Department(ThreadingHTTPServer):
    """The listening side."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], secret: str, memory: Memory, worker: Worker) -> None:
        super().__init__(address, Door)
        self._webhook = Webhook(secret)
        self._memory = memory
        self._worker = worker

    def receive(self, body: bytes, headers: dict[str, str]) -> int:
        lowered = {name.lower(): value for name, value in headers.items()}
        try:
            message = self._webhook.verify(body, lowered)
            first = self._memory.take(lowered["webhook-id"], message)
        except WebhookVerificationError as error:
            say("refused", why=str(error))
            return 401
        except (KeyError, TypeError, ValueError) as error:
            say("unreadable", why=repr(error))
            return 400
        say("received" if first else "received again", id=lowered["webhook-id"], type=message["type"], data=message["data"])
        self._worker.wake()
        return 204


def say(what: str, **details: object) -> None:
    """One JSON object per line, so that a program can read along."""
    sys.stdout.write(json.dumps({"receiver": what, **details}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def plain_photo(width: int = 320, height: int = 180) -> bytes:
    """A grey street without anything on it, as PNG."""
    rows = (b"\0" + (b"\x6e\x74\x7a" if y > height // 3 else b"\x9f\xb8\xd0") * width for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(b"".join(rows))), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def arguments(words: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0], fromfile_prefix_chars="@")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0: any free one; it is said on the first line")
    parser.add_argument("--memory", type=Path, required=True, help="SQLite file with what was received")
    parser.add_argument("--secret", required=True, help="whsec_… shared with the command centre")
    parser.add_argument("--service", required=True, help="the command centre, e.g. http://127.0.0.1:8460")
    parser.add_argument("--key", required=True, help="this department's key")
    parser.add_argument("--photo", type=Path, help="after-photo (PNG or JPEG); without it a plain grey street")
    for step in STEPS:
        parser.add_argument(f"--{step}-after", type=float, default=0.3, metavar="S", help="seconds to wait before")
    return parser.parse_args(words)


def main() -> None:
    chosen = arguments()
    memory = Memory(chosen.memory)
    memory.prepare()
    photo = chosen.photo.read_bytes() if chosen.photo else plain_photo()
    centre = CommandCentre(chosen.service.rstrip("/"), chosen.key, photo)
    worker = Worker(memory, centre, {step: getattr(chosen, f"{step}_after") for step in STEPS})
    with Department((chosen.host, chosen.port), chosen.secret, memory, worker) as door:
        threading.Thread(target=worker.run, daemon=True).start()
        say("listening", url=f"http://{chosen.host}:{door.server_address[1]}/")
        door.serve_forever()


if __name__ == "__main__":
    main()
