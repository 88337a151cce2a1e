"""A look into one file that a stranger sent, in a process of its own that may do nothing else.

`python -m pipelines.probe FORMAT PATH` prints a JSON object: `duration_s`, `width`, `height` (px) and `codec` as far as
the format has them, or `trouble`. The process limits itself before it touches the file: processor time, memory, what it
may write and open. FFmpeg is given the file and nothing else (pipelines/media.py). What breaks it breaks it alone.
"""

import json
import resource
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

CPU_S = 20
MEMORY_BYTES = 2 * 2**30  # of addresses: FFmpeg's and numpy's libraries take 240 MB before a file is opened
WRITTEN_BYTES = 2**20
OPEN_FILES = 64
MOST_PIXELS = 400_000_000  # a drone's panorama has 100 to 200 million

_LIMITS = (
    (resource.RLIMIT_CPU, CPU_S),
    (resource.RLIMIT_AS, MEMORY_BYTES),
    (resource.RLIMIT_FSIZE, WRITTEN_BYTES),
    (resource.RLIMIT_NOFILE, OPEN_FILES),
    (resource.RLIMIT_CORE, 0),
)
_MOVING = frozenset({"mp4", "matroska", "mpegts", "avi"})
_HEADER = 16 * 2**20  # a picture's size stands behind its metadata, which may hold a thermal frame

Seen = Mapping[str, Any]


def main(argv: Sequence[str] | None = None) -> int:
    format_, path = sys.argv[1:] if argv is None else argv
    for limit, most in _LIMITS:
        resource.setrlimit(limit, (most, most))
    print(json.dumps(look(format_, Path(path)), ensure_ascii=False))
    return 0


def look(format_: str, path: Path) -> Seen:
    """Never raises for what is in the file."""
    if format_ in _MOVING:
        return _film(path)
    reader = _PICTURES.get(format_)
    return {} if reader is None else _picture(reader, path)


def _film(path: Path) -> Seen:
    # Most files of a card are pictures: only a film pays for loading FFmpeg.
    from pipelines.footage import BadSource
    from pipelines.media import open_file, video_stream

    try:
        with open_file(path) as container:
            stream = video_stream(container, path.name)
            coded = stream.codec_context
            length = container.duration
            return {
                "duration_s": None if length is None else length / 1_000_000,
                "width": coded.width,
                "height": coded.height,
                "codec": coded.name,
            }
    except BadSource as error:
        return {"trouble": str(error).replace(str(path), path.name)}


def _picture(size_of: Callable[[bytes], tuple[int, int] | None], path: Path) -> Seen:
    with path.open("rb") as file:
        size = size_of(file.read(_HEADER))
    if size is None:
        return {"trouble": "the picture's size can't be found. Check that the file is complete"}
    if size[0] * size[1] > MOST_PIXELS:
        return {"trouble": f"a picture of {size[0]} x {size[1]} pixels is more than is opened here"}
    return {"width": size[0], "height": size[1]}


def _jpeg_size(head: bytes) -> tuple[int, int] | None:
    """From the frame header (SOF0 to SOF15, of which C4, C8 and CC are other things)."""
    at = 2
    while head[at : at + 1] == b"\xff" and at + 9 <= len(head):
        marker, length = head[at + 1], int.from_bytes(head[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(head[at + 7 : at + 9], "big"), int.from_bytes(head[at + 5 : at + 7], "big")
        at += 2 + max(length, 2)
    return None


def _png_size(head: bytes) -> tuple[int, int] | None:
    if len(head) < 24 or head[12:16] != b"IHDR":
        return None
    return int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")


_PICTURES: Mapping[str, Callable[[bytes], tuple[int, int] | None]] = {"jpeg": _jpeg_size, "png": _png_size}


if __name__ == "__main__":
    sys.exit(main())
