"""The laptop's side of an upload: asks, sends piece after piece, and after any interruption asks again and goes on."""

import base64
import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import httpx2 as http

from clock import Clock
from commands.upload_remote import Remote, RemoteFlight, flight_from
from pipelines.backoff import Backoff

PIECE = 8 * 1024 * 1024  # at 1 Mbit/s a minute; a piece that breaks off is not lost either
_STEP = 128 * 1024
_AGAIN = frozenset({408, 423, 425, 429, 460})
_MEDIA_TYPE = "application/offset+octet-stream"

Found = TypeVar("Found")


class Refused(Exception):
    """The service will not take this, now or later; a person must look."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.code = code


class GaveUp(Exception):
    """Nothing went through for too long. The same command goes on where it was."""


class _Later(Exception):
    """Not now."""


class UploadWire:
    """`trouble` is told why we wait and for how many seconds."""

    def __init__(
        self,
        client: http.Client,
        clock: Clock,
        backoff: Backoff,
        *,
        patience_s: float,
        trouble: Callable[[str, float], None],
    ) -> None:
        self._client = client
        self._clock = clock
        self._backoff = backoff
        self._patience_s = patience_s
        self._trouble = trouble
        self._moved_at = clock.monotonic()

    def declare(self, card: Mapping[str, Any]) -> RemoteFlight:
        """Raises Refused or GaveUp, as everything here does."""
        self._moved()
        return self._until(lambda: flight_from(self._ask("POST", "/api/flights", json=card).json()))

    def flight(self, flight_id: str) -> RemoteFlight:
        return self._until(lambda: flight_from(self._ask("GET", f"/api/flights/{flight_id}").json()))

    def send(self, file: Remote, path: Path, sent: Callable[[int], None]) -> None:
        """The rest of the file. `sent` is told of bytes that left, and, negative, of those that did not arrive."""
        offset = file.offset
        with path.open("rb") as content:
            while offset < file.size:
                content.seek(offset)
                offset = self._piece(file, content.read(PIECE), offset, sent)

    def _piece(self, file: Remote, piece: bytes, offset: int, sent: Callable[[int], None]) -> int:
        """The offset that the service has now, which is what counts."""
        told = _Told(sent)
        try:
            reached = self._patch(file, piece, offset, told)
        except _Later as why:
            self._wait(why)
            reached = self._until(lambda: self._offset(file))
        sent(reached - offset - told.bytes)
        if reached > offset:
            self._moved()
        return reached

    def _patch(self, file: Remote, piece: bytes, offset: int, sent: Callable[[int], None]) -> int:
        if not piece:
            raise Refused("file_changed", f"{file.name} 在上传期间变短了 / became shorter while it was sent")
        headers = {
            "Content-Type": _MEDIA_TYPE,
            "Content-Length": str(len(piece)),
            "Upload-Offset": str(offset),
            "Upload-Checksum": f"sha256 {base64.b64encode(hashlib.sha256(piece).digest()).decode()}",
        }
        answer = self._ask("PATCH", file.url, content=_steps(piece, sent), headers=headers)
        return int(answer.headers["Upload-Offset"])

    def _offset(self, file: Remote) -> int:
        return int(self._ask("HEAD", file.url).headers["Upload-Offset"])

    def _ask(self, method: str, path: str, headers: Mapping[str, str] | None = None, **more: Any) -> http.Response:
        """Raises _Later or Refused."""
        try:
            answer = self._client.request(method, path, headers={"Tus-Resumable": "1.0.0", **(headers or {})}, **more)
        except http.TransportError as error:
            raise _Later(str(error) or type(error).__name__) from error
        if not answer.is_success:
            raise _refusal(answer)
        return answer

    def _until(self, ask: Callable[[], Found]) -> Found:
        while True:
            try:
                found = ask()
            except _Later as why:
                self._wait(why)
            else:
                return found

    def _wait(self, why: _Later) -> None:
        if self._clock.monotonic() - self._moved_at > self._patience_s:
            raise GaveUp(str(why)) from why
        seconds = self._backoff.next_s()
        self._trouble(str(why), seconds)
        self._clock.sleep(seconds)

    def _moved(self) -> None:
        self._moved_at = self._clock.monotonic()
        self._backoff.reset()


class _Told:
    """Counts what it passes on."""

    def __init__(self, sent: Callable[[int], None]) -> None:
        self._sent = sent
        self.bytes = 0

    def __call__(self, size: int) -> None:
        self.bytes += size
        self._sent(size)


def client_for(service: str, key: str) -> http.Client:
    return http.Client(base_url=service, headers={"Authorization": f"Bearer {key}"}, timeout=30.0, trust_env=False)


def _steps(piece: bytes, sent: Callable[[int], None]) -> Iterator[bytes]:
    for at in range(0, len(piece), _STEP):
        step = piece[at : at + _STEP]
        yield step
        sent(len(step))


def _refusal(answer: http.Response) -> Exception:
    """A HEAD has no body to tell why."""
    try:
        said = answer.json()
    except ValueError:
        said = {}
    code = str(said.get("error", answer.status_code))
    why = f"{said.get('message_zh', '')} / {said.get('message_en', answer.reason_phrase)}"
    later = answer.status_code >= 500 or answer.status_code in _AGAIN or said.get("again") or code == "wrong_offset"
    return _Later(why) if later else Refused(code, why)
