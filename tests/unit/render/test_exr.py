"""Blender's own picture format, as far as we read it."""

import struct
from pathlib import Path

import numpy as np
import pytest

from samples.render.exr import NotOurExr, read_exr

WIDTH, HEIGHT = 5, 3


def attribute(name: bytes, kind: bytes, value: bytes) -> bytes:
    return name + b"\0" + kind + b"\0" + struct.pack("<i", len(value)) + value


def an_exr(plane: np.ndarray, *, compression: int = 0) -> bytes:
    """One part with one 32-bit channel called depth.Z, a scan line per row."""
    channel = b"depth.Z\0" + struct.pack("<iiii", 2, 0, 1, 1) + b"\0"
    header = attribute(b"channels", b"chlist", channel) + attribute(
        b"compression", b"compression", bytes([compression])
    )
    header += attribute(b"dataWindow", b"box2i", struct.pack("<4i", 0, 0, WIDTH - 1, HEIGHT - 1)) + b"\0"
    head = b"\x76\x2f\x31\x01" + struct.pack("<i", 2) + header
    lines = [struct.pack("<ii", y, 4 * WIDTH) + row.tobytes() for y, row in enumerate(plane)]
    first = len(head) + 8 * HEIGHT
    offsets = [first + y * len(lines[0]) for y in range(HEIGHT)]
    return head + struct.pack(f"<{HEIGHT}Q", *offsets) + b"".join(lines)


def test_a_channel_comes_back_by_name(tmp_path: Path) -> None:
    plane = np.arange(WIDTH * HEIGHT, dtype="<f4").reshape(HEIGHT, WIDTH)
    path = tmp_path / "a.exr"
    path.write_bytes(an_exr(plane))
    assert (read_exr(path)["depth.Z"] == plane).all()


def test_a_compressed_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.exr"
    path.write_bytes(an_exr(np.zeros((HEIGHT, WIDTH), "<f4"), compression=3))
    with pytest.raises(NotOurExr, match="NONE"):
        read_exr(path)


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.exr"
    path.write_bytes(b"not a picture")
    with pytest.raises(NotOurExr):
        read_exr(path)
