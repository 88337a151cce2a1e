"""What a JPEG says of itself in EXIF: when it was taken (DateTimeOriginal), through which lens."""

import struct
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone, tzinfo

from pipelines.jpeg import APP1, segments

_EXIF_IFD = 0x8769
_MODEL = 0x0110
_TAKEN, _TAKEN_OFFSET, _TAKEN_FRACTION = 0x9003, 0x9011, 0x9291
_FOCAL_35MM = 0xA405
_ASCII, _SHORT, _LONG = 2, 3, 4
_EXIF = b"Exif\0\0"


def taken_at(jpeg: bytes, zone: tzinfo) -> datetime | None:
    """`zone` applies when the camera wrote no offset. None: the picture does not say."""
    try:
        tags = _tags(next((body for body in _exif_bodies(jpeg)), b""))
        return _moment(tags, zone)
    except (struct.error, ValueError, IndexError, OverflowError):
        return None


def focal_35mm(jpeg: bytes) -> float | None:
    """Focal length in mm of the 35 mm film camera that would see as much. None: the picture does not say."""
    try:
        said = _tags(next((body for body in _exif_bodies(jpeg)), b"")).get(_FOCAL_35MM)
    except (struct.error, IndexError):
        return None
    return float(said) if isinstance(said, int) and said > 0 else None


def camera_of(jpeg: bytes) -> str:
    """The camera's model, or "" when the picture does not say."""
    try:
        return str(_tags(next(_exif_bodies(jpeg), b"")).get(_MODEL, ""))
    except (struct.error, ValueError, IndexError, OverflowError):
        return ""


def _exif_bodies(jpeg: bytes) -> Iterator[bytes]:
    for marker, body in segments(jpeg):
        if marker == APP1 and body.startswith(_EXIF):
            yield body[len(_EXIF) :]


def _tags(body: bytes) -> dict[int, str | int]:
    if not body:
        return {}
    order = "<" if body[:2] == b"II" else ">"
    main = _directory(body, order, struct.unpack_from(f"{order}I", body, 4)[0])
    inner = main.get(_EXIF_IFD)
    return main | (_directory(body, order, inner) if isinstance(inner, int) else {})


def _directory(body: bytes, order: str, at: int) -> dict[int, str | int]:
    found: dict[int, str | int] = {}
    for n in range(struct.unpack_from(f"{order}H", body, at)[0]):
        entry = at + 2 + 12 * n
        tag, kind, count, value = struct.unpack_from(f"{order}HHII", body, entry)
        if kind == _ASCII:
            start = entry + 8 if count <= 4 else value
            found[tag] = body[start : start + count].split(b"\0")[0].decode("ascii", "replace").strip()
        elif kind == _SHORT and count == 1:
            found[tag] = struct.unpack_from(f"{order}H", body, entry + 8)[0]
        elif kind == _LONG:
            found[tag] = value
    return found


def _moment(tags: dict[int, str | int], zone: tzinfo) -> datetime | None:
    if _TAKEN not in tags:
        return None
    naive = datetime.strptime(str(tags[_TAKEN]), "%Y:%m:%d %H:%M:%S")
    fraction = str(tags.get(_TAKEN_FRACTION, ""))
    naive += timedelta(seconds=float(f"0.{fraction}") if fraction.isdigit() else 0.0)
    return naive.replace(tzinfo=_offset(str(tags.get(_TAKEN_OFFSET, ""))) or zone)


def _offset(text: str) -> tzinfo | None:
    """`+08:00`, or None when it is anything else."""
    try:
        return datetime.strptime(text, "%z").tzinfo or timezone(timedelta(0))
    except ValueError:
        return None
