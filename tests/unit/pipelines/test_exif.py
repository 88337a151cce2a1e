"""What a JPEG says of itself."""

import struct
from datetime import UTC, datetime, timedelta, timezone

import cv2
import numpy as np
import pytest

from pipelines.exif import taken_at

CHINA = timezone(timedelta(hours=8))


def a_jpeg() -> bytes:
    return cv2.imencode(".jpg", np.full((48, 64, 3), 90, np.uint8))[1].tobytes()


def with_exif(jpeg: bytes, taken: str, *, offset: str = "", fraction: str = "", order: str = "<") -> bytes:
    """The picture with an EXIF block as cameras write it: a directory that points to another with the times."""
    texts = [(0x9003, taken), (0x9011, offset), (0x9291, fraction)]
    entries = [(tag, f"{text}\0".encode()) for tag, text in texts if text]
    inner_at, data_at = 26, 26 + 2 + 12 * len(entries) + 4
    body = (b"II" if order == "<" else b"MM") + struct.pack(f"{order}HI", 42, 8)
    body += struct.pack(f"{order}HHHIII", 1, 0x8769, 4, 1, inner_at, 0)
    inner, data = struct.pack(f"{order}H", len(entries)), b""
    for tag, text in entries:
        value = text.ljust(4, b"\0") if len(text) <= 4 else struct.pack(f"{order}I", data_at + len(data))
        inner += struct.pack(f"{order}HHI", tag, 2, len(text)) + value
        data += text if len(text) > 4 else b""
    exif = b"Exif\0\0" + body + inner + struct.pack(f"{order}I", 0) + data
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg[2:]


@pytest.mark.parametrize("order", ["<", ">"])
def test_the_cameras_time_is_in_the_zone_it_wrote(order: str) -> None:
    jpeg = with_exif(a_jpeg(), "2026:05:01 08:00:03", offset="+08:00", fraction="25", order=order)
    assert taken_at(jpeg, UTC) == datetime(2026, 5, 1, 0, 0, 3, 250_000, UTC)


def test_a_camera_that_wrote_no_zone_gets_the_given_one() -> None:
    assert taken_at(with_exif(a_jpeg(), "2026:05:01 08:00:03"), CHINA) == datetime(2026, 5, 1, 0, 0, 3, tzinfo=UTC)


def test_a_picture_without_exif_does_not_say() -> None:
    assert taken_at(a_jpeg(), UTC) is None


@pytest.mark.parametrize("taken", ["    :  :     :  :  ", "0000:00:00 00:00:00", "yesterday"])
def test_a_clock_that_was_never_set_does_not_say(taken: str) -> None:
    assert taken_at(with_exif(a_jpeg(), taken), UTC) is None


def test_a_damaged_block_does_not_say_and_does_not_fail() -> None:
    jpeg = with_exif(a_jpeg(), "2026:05:01 08:00:03")
    for end in range(2, len(jpeg), 7):
        taken_at(jpeg[:end], UTC)
    assert taken_at(b"", UTC) is None
