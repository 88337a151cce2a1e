"""After-photos: what a department sends, kept under a name of ours with its SHA-256."""

import hashlib
import os
import secrets
from pathlib import Path
from typing import BinaryIO

from clock import Clock
from pipelines.observation import Evidence, EvidenceRole
from service.errors import BadInput, ServiceError

PHOTO_LIMIT = 12 * 1024 * 1024


class NotAPicture(BadInput):
    code = "not_a_picture"

    def __init__(self) -> None:
        super().__init__("照片须为 JPEG、PNG 或 WebP", "the photo must be a JPEG, PNG or WebP")


class PhotoTooLarge(ServiceError):
    status = 413
    code = "too_large"

    def __init__(self) -> None:
        super().__init__("照片不能超过 12 MB", "a photo may have 12 MB at most")


class Photos:
    """A folder `after/` beside the other evidence. The sender's file name and type are not believed."""

    def __init__(self, root: Path, clock: Clock) -> None:
        self._root = root
        self._clock = clock

    def keep(self, sent: BinaryIO, dispatch_id: str) -> Evidence:
        """On disk when this returns; the same photo twice is one file. Raises NotAPicture or PhotoTooLarge."""
        content = sent.read(PHOTO_LIMIT + 1)
        if len(content) > PHOTO_LIMIT:
            raise PhotoTooLarge
        suffix, media_type = _kind(content)
        sha256 = hashlib.sha256(content).hexdigest()
        name = f"after/{dispatch_id}/{sha256[:32]}{suffix}"
        _write(self._root / name, content)
        return Evidence(EvidenceRole.LATEST, name, sha256, media_type, self._clock.now())


def _kind(content: bytes) -> tuple[str, str]:
    if content.startswith(b"\xff\xd8\xff"):
        return ".jpg", "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return ".png", "image/png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return ".webp", "image/webp"
    raise NotAPicture


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, even when the machine loses power."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{secrets.token_hex(4)}.part")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
