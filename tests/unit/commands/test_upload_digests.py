"""A laptop's memory of SHA-256."""

import hashlib
import os
from pathlib import Path

from commands.upload_digests import Digests


def of(memory: Path, path: Path) -> str:
    with Digests(memory) as digests:
        return digests.of(path, lambda _: None)


def change_unseen(path: Path, content: bytes) -> None:
    """So that only reading it can tell."""
    before = path.stat()
    path.write_bytes(content)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_file_is_read_once_and_again_only_when_it_changed(tmp_path: Path) -> None:
    memory, path = tmp_path / "new" / "digests.db", tmp_path / "a.mp4"
    path.write_bytes(b"one")
    first = of(memory, path)
    change_unseen(path, b"two")
    assert of(memory, path) == first == hashlib.sha256(b"one").hexdigest()
    path.write_bytes(b"three")
    assert of(memory, path) == hashlib.sha256(b"three").hexdigest()


def test_a_forgotten_file_is_read_again(tmp_path: Path) -> None:
    memory, path = tmp_path / "digests.db", tmp_path / "a.mp4"
    path.write_bytes(b"one")
    of(memory, path)
    change_unseen(path, b"two")
    with Digests(memory) as digests:
        digests.forget(path)
    assert of(memory, path) == hashlib.sha256(b"two").hexdigest()


def test_every_byte_is_told_whether_read_or_remembered(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(bytes(3_000_000))
    for _ in range(2):
        told: list[int] = []
        with Digests(tmp_path / "digests.db") as digests:
            digests.of(path, told.append)
        assert sum(told) == 3_000_000
