"""What a file is, by its first bytes: the list of what is taken. Its name says nothing.

Taken are containers and pictures that hold their own content, and telemetry as text. Whatever makes FFmpeg open
something else (m3u8, ffconcat, SDP, DASH, playlists) is text of other kinds and so is never on the list.
"""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum

from service.flights import FileKind

HEAD = 4096
"""Bytes that are enough to tell."""


class Format(StrEnum):
    MP4 = "mp4"
    MATROSKA = "matroska"
    MPEG_TS = "mpegts"
    AVI = "avi"
    JPEG = "jpeg"
    PNG = "png"
    TIFF = "tiff"
    HEIF = "heif"
    SUBTITLES = "srt"
    TABLE = "csv"
    TRACK = "track"
    KLV = "klv"


_MOVING = frozenset({FileKind.VIDEO, FileKind.THERMAL})
_STANDING = frozenset({FileKind.STILL, FileKind.THERMAL})
_SAYING = frozenset({FileKind.TELEMETRY})

KINDS: Mapping[Format, frozenset[FileKind]] = {
    Format.MP4: _MOVING,
    Format.MATROSKA: _MOVING,
    Format.MPEG_TS: _MOVING,
    Format.AVI: _MOVING,
    Format.JPEG: _STANDING,
    Format.PNG: _STANDING,
    Format.TIFF: _STANDING,
    Format.HEIF: _STANDING,
    Format.SUBTITLES: _SAYING,
    Format.TABLE: _SAYING,
    Format.TRACK: _SAYING,
    Format.KLV: _SAYING,
}

_ATOMS = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"})
_HEIF = frozenset({b"heic", b"heix", b"mif1", b"heim", b"heis"})
_TS_SYNC, _TS_PACKETS = 0x47, ((0, 188), (4, 192))  # first packet and length; cameras put 4 bytes of time before each
_UL, _UL_END = (
    b"\x06\x0e\x2b\x34",
    b"\x0e\x01\x03\x01\x01\x00\x00\x00",
)  # the key of MISB ST 0601, whole or begun before
_CUE_TIME = re.compile(r"\d+:\d\d:\d\d[,.]\d+\s*-->")
_CUE_DATE = re.compile(r"\d{4}[-.]\d{1,2}[-.]\d{1,2} \d")
_ROOT = re.compile(r"^(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(kml|gpx)[\s>]", re.DOTALL)


def format_of(head: bytes) -> Format | None:
    """`head`: the first HEAD bytes, or all there are. None: not taken."""
    return next((format_ for format_, fits in _TESTS if fits(head)), None)


def _is_mp4(head: bytes) -> bool:
    return head[4:8] in _ATOMS and not _is_heif(head)


def _is_heif(head: bytes) -> bool:
    return head[4:8] == b"ftyp" and head[8:12] in _HEIF


def _is_ts(head: bytes) -> bool:
    return any(len(head) > at + 2 * step and _synced(head, at, step) for at, step in _TS_PACKETS)


def _synced(head: bytes, at: int, step: int) -> bool:
    return all(head[place] == _TS_SYNC for place in (at, at + step, at + 2 * step))


def _is_klv(head: bytes) -> bool:
    return head.startswith(_UL) or _UL_END in head[:16]


def _lines(head: bytes) -> list[str]:
    """The text's lines that are not blank; none when it is no text. The last may be cut."""
    text = head.decode("utf-8-sig", "replace")
    if any(ord(one) < 32 and one not in "\t\r\n\f" for one in text):
        return []
    return [line.strip() for line in text.splitlines() if line.strip()]


def _is_subtitles(head: bytes) -> bool:
    lines = _lines(head)
    return len(lines) > 1 and lines[0].isdigit() and bool(_CUE_TIME.match(lines[1]) or _CUE_DATE.match(lines[1]))


def _is_table(head: bytes) -> bool:
    """A first row of at least three cells, and a second with as many (it may be cut)."""
    first, *rest = _lines(head)[:2] or [""]
    return first.count(",") >= 2 and first[0] not in "#<[{" and all("," in row for row in rest)


def _is_track(head: bytes) -> bool:
    return bool(_ROOT.match("\n".join(_lines(head))))


_TESTS: tuple[tuple[Format, Callable[[bytes], bool]], ...] = (
    (Format.JPEG, lambda head: head.startswith(b"\xff\xd8\xff")),
    (Format.PNG, lambda head: head.startswith(b"\x89PNG\r\n\x1a\n")),
    (Format.TIFF, lambda head: head[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")),
    (Format.HEIF, _is_heif),
    (Format.MP4, _is_mp4),
    (Format.MATROSKA, lambda head: head.startswith(b"\x1a\x45\xdf\xa3")),
    (Format.AVI, lambda head: head[:4] == b"RIFF" and head[8:12] == b"AVI "),
    (Format.MPEG_TS, _is_ts),
    (Format.KLV, _is_klv),
    (Format.SUBTITLES, _is_subtitles),
    (Format.TRACK, _is_track),
    (Format.TABLE, _is_table),
)
