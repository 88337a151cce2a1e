"""Reads the uncompressed OpenEXR that Blender writes: one or many parts, scan lines, any channel."""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_MAGIC = b"\x76\x2f\x31\x01"
_MULTI_PART = 0x10
_KINDS = {0: "<u4", 1: "<f2", 2: "<f4"}

Planes = dict[str, NDArray[np.float32]]


class NotOurExr(Exception):
    """The file is not an uncompressed EXR; writing it again with exr_codec NONE helps."""


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    channels: tuple[tuple[str, str], ...]
    top: int
    width: int
    height: int

    def plane(self, channel: str) -> str:
        return channel if "." in channel or not self.name else f"{self.name}.{channel}"


class _Bytes:
    def __init__(self, data: bytes, at: int) -> None:
        self.data, self.at = data, at

    def text(self) -> str:
        end = self.data.index(b"\0", self.at)
        text = self.data[self.at : end].decode()
        self.at = end + 1
        return text

    def ints(self, count: int) -> tuple[int, ...]:
        values = struct.unpack_from(f"<{count}i", self.data, self.at)
        self.at += 4 * count
        return values

    def take(self, count: int) -> bytes:
        self.at += count
        return self.data[self.at - count : self.at]


def read_exr(path: Path) -> Planes:
    """Every channel by its full name. Raises NotOurExr."""
    data = path.read_bytes()
    if data[:4] != _MAGIC:
        raise NotOurExr(f"{path} is not an EXR file")
    many = bool(data[5] & _MULTI_PART)
    cursor = _Bytes(data, 8)
    parts = _headers(cursor, many)
    planes: Planes = {}
    for part in parts:
        planes |= _scan(cursor, part, many)
    return planes


def _headers(cursor: _Bytes, many: bool) -> list[_Part]:
    parts = [_header(cursor)]
    while many and cursor.data[cursor.at]:
        parts.append(_header(cursor))
    cursor.at += many
    return parts


def _header(cursor: _Bytes) -> _Part:
    fields: dict[str, bytes] = {}
    while cursor.data[cursor.at]:
        name, _kind = cursor.text(), cursor.text()
        fields[name] = cursor.take(cursor.ints(1)[0])
    cursor.at += 1
    if fields["compression"][0] != 0:
        raise NotOurExr("compressed; write it with exr_codec NONE")
    x0, y0, x1, y1 = struct.unpack("<4i", fields["dataWindow"])
    name = fields.get("name", b"").decode()
    return _Part(name, _channels(fields["channels"]), y0, x1 - x0 + 1, y1 - y0 + 1)


def _channels(field: bytes) -> tuple[tuple[str, str], ...]:
    cursor = _Bytes(field, 0)
    found = []
    while field[cursor.at]:
        name = cursor.text()
        found.append((name, _KINDS[cursor.ints(4)[0]]))
    return tuple(found)


def _scan(cursor: _Bytes, part: _Part, many: bool) -> Planes:
    offsets = np.frombuffer(cursor.take(8 * part.height), "<u8")
    planes = {part.plane(name): np.empty((part.height, part.width), np.float32) for name, _ in part.channels}
    for offset in offsets:
        line = _Bytes(cursor.data, int(offset) + 4 * many)
        row = line.ints(2)[0] - part.top
        for name, kind in part.channels:
            size = np.dtype(kind).itemsize * part.width
            planes[part.plane(name)][row] = np.frombuffer(line.take(size), kind)
    return planes
