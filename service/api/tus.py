"""What tus 1.0 (tus.io) says in headers: read strictly, answered everywhere, errors included."""

import base64
import binascii
import hashlib
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from fastapi import Request, Response

from service.api.once import OnceRoute
from service.api.refusals import told
from service.errors import BadInput, ServiceError

VERSION = "1.0.0"
MEDIA_TYPE = "application/offset+octet-stream"
ALGORITHMS = ("sha1", "sha256")
EXTENSIONS = "creation,expiration,checksum,termination"
_MOST_DIGITS = 19


class OtherVersion(ServiceError):
    status = 412
    code = "other_version"

    def __init__(self) -> None:
        super().__init__("须使用 tus 1.0.0", f"the header Tus-Resumable must say {VERSION}")


class NotAPiece(ServiceError):
    status = 415
    code = "not_a_piece"

    def __init__(self) -> None:
        super().__init__("内容类型不对", f"the Content-Type of a piece is {MEDIA_TYPE}")


class BadHeader(BadInput):
    status = 400
    code = "bad_header"

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"请求头 {name} 有误", f"{name}: {why}")


class TusRoute(OnceRoute):
    """Every answer says the version, refusals too."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def with_version(request: Request) -> Response:
            try:
                response = await handle(request)
            except ServiceError as error:
                response = told(error)
            response.headers["Tus-Resumable"] = VERSION
            return response

        return with_version


@dataclass(frozen=True, slots=True)
class Checksum:
    """Of one piece."""

    algorithm: str
    digest: bytes

    def begun(self) -> "hashlib._Hash":
        return hashlib.new(self.algorithm, usedforsecurity=False)


def speak_version(request: Request) -> None:
    """Raises OtherVersion with anything but our version, except when asked which one it is."""
    if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != VERSION:
        raise OtherVersion


def offset_of(request: Request) -> int:
    """Of a piece. Raises NotAPiece or BadHeader."""
    if request.headers.get("Content-Type", "").split(";")[0].strip().lower() != MEDIA_TYPE:
        raise NotAPiece
    return _number(request, "Upload-Offset")


def length_of(request: Request) -> int:
    """Raises BadHeader."""
    return _number(request, "Upload-Length")


def announced(request: Request) -> int | None:
    """How many bytes the request says it brings, if it does."""
    return _number(request, "Content-Length") if "Content-Length" in request.headers else None


def checksum_of(request: Request) -> Checksum | None:
    """Raises BadHeader."""
    said = request.headers.get("Upload-Checksum")
    if said is None:
        return None
    algorithm, _, digest = said.partition(" ")
    if algorithm not in ALGORITHMS:
        raise BadHeader("Upload-Checksum", f"known are {', '.join(ALGORITHMS)}")
    return Checksum(algorithm, _decoded(digest, "Upload-Checksum"))


def metadata_of(request: Request) -> Mapping[str, str]:
    """Raises BadHeader."""
    pairs = (pair.strip().partition(" ") for pair in request.headers.get("Upload-Metadata", "").split(","))
    said = {key: _decoded(value, "Upload-Metadata") for key, _, value in pairs if key}
    try:
        return {key: value.decode() for key, value in said.items()}
    except UnicodeDecodeError as error:
        raise BadHeader("Upload-Metadata", "values must be UTF-8") from error


def http_date(moment: datetime) -> str:
    return format_datetime(moment, usegmt=True)


def _number(request: Request, name: str) -> int:
    text = request.headers.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise BadHeader(name, "a whole number of bytes is needed")
    return int(text)


def _decoded(text: str, name: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadHeader(name, "not Base64") from error
