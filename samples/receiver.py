"""A small department: takes signed dispatches over HTTP and answers them, for the demo and for tests.

Stands alone (standard library and `standardwebhooks`). It honours `webhook-id`: a message is in its SQLite file before
204 is answered, a repeated one changes nothing, and a receiver that was killed goes on where it was.

    python samples/receiver.py --port 9100 --memory receiver.db --secret whsec_… --service http://127.0.0.1:8460 --key …
    python samples/receiver.py @receiver.args        (the same words, one per line: no secret shows in `ps`)
"""

import argparse
import json
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from receiver_memory import STEPS, Memory, Step
from receiver_photo import plain_photo
from standardwebhooks import Webhook, WebhookVerificationError

LARGEST = 64 * 1024
RETRY_S = 1.0


@dataclass(frozen=True)
class CommandCentre:
    """The way back: each answer carries a key of its own, so that saying it twice changes nothing."""

    url: str
    key: str
    photo: bytes

    def answer(self, step: Step) -> tuple[int, bool]:
        """The HTTP status, and whether to ask again. Raises OSError when the command centre cannot be reached."""
        body, media_type = (b"{}", "application/json") if step.name != "resolve" else self._with_photo()
        headers = {
            "Authorization": f"Bearer {self.key}",
            "Idempotency-Key": f"{step.webhook_id}-{step.name}",
            "Content-Type": media_type,
        }
        url = f"{self.url}/api/dispatches/{step.dispatch_id}/{step.name}"
        try:
            with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=15) as response:
                return int(response.status), False
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, _again(refused.code, refused.read(LARGEST))

    def _with_photo(self) -> tuple[bytes, str]:
        line = "patrol-after-photo"
        head = (
            f'--{line}\r\nContent-Disposition: form-data; name="note"\r\n\r\n已清理，车辆移走 / cleared\r\n'
            f'--{line}\r\nContent-Disposition: form-data; name="photo"; filename="after.png"\r\n'
            "Content-Type: image/png\r\n\r\n"
        )
        return head.encode() + self.photo + f"\r\n--{line}--\r\n".encode(), f"multipart/form-data; boundary={line}"


class Crews:
    """A crew for every dispatch answers what is owed of it, each step after its delay, so that none waits for another.

    An unreachable command centre is asked again.
    """

    def __init__(self, memory: Memory, centre: CommandCentre, delays: Mapping[str, float]) -> None:
        self._memory = memory
        self._centre = centre
        self._delays = delays

    def go_on(self) -> None:
        """After a start: whatever an earlier run left."""
        for webhook_id in self._memory.unfinished():
            self.send_out(webhook_id)

    def send_out(self, webhook_id: str) -> None:
        threading.Thread(target=self._work, args=(webhook_id,), daemon=True).start()

    def _work(self, webhook_id: str) -> None:
        while (step := self._memory.next_step(webhook_id)) is not None:
            threading.Event().wait(self._delays[step.name])
            if self._memory.next_step(webhook_id) == step:  # not recalled meanwhile
                self._answer(step)

    def _answer(self, step: Step) -> None:
        try:
            status, again = self._centre.answer(step)
        except OSError as error:
            status, again = 0, True
            say("unreachable", step=step.name, why=str(error))
        if again:
            threading.Event().wait(RETRY_S)
        else:
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

    def __init__(self, address: tuple[str, int], secret: str, memory: Memory, crews: Crews) -> None:
        super().__init__(address, Door)
        self._webhook = Webhook(secret)
        self._memory = memory
        self._crews = crews

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
        say(
            "received" if first else "received again",
            id=lowered["webhook-id"],
            type=message["type"],
            data=message["data"],
        )
        if first:
            self._crews.send_out(lowered["webhook-id"])
        return 204


def _again(status: int, body: bytes) -> bool:
    """The command centre says itself whether again helps; something between us may not."""
    try:
        refusal = json.loads(body)
        say("refused", status=status, **refusal)
        return bool(refusal["again"]) or status >= 500
    except (ValueError, KeyError, TypeError):
        return status >= 500


def say(what: str, **details: object) -> None:
    """One JSON object per line, so that a program can read along."""
    sys.stdout.write(json.dumps({"receiver": what, **details}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


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
    crews = Crews(memory, centre, {step: getattr(chosen, f"{step}_after") for step in STEPS})
    with Department((chosen.host, chosen.port), chosen.secret, memory, crews) as door:
        crews.go_on()
        say("listening", url=f"http://{chosen.host}:{door.server_address[1]}/")
        door.serve_forever()


if __name__ == "__main__":
    main()
