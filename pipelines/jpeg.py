"""The segments of a JPEG, which is where cameras write what is not the picture."""

from collections.abc import Iterator

APP1, APP3, APP4, APP5 = 0xE1, 0xE3, 0xE4, 0xE5
_SCAN = 0xDA


def segments(jpeg: bytes) -> Iterator[tuple[int, bytes]]:
    """(marker, body) of each segment, up to and with the scan's header. A cut-off file ends with what there is."""
    at = 2
    while jpeg[at : at + 1] == b"\xff" and at + 4 <= len(jpeg):
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        yield marker, jpeg[at + 4 : at + 2 + length]
        if marker == _SCAN:
            return
        at += 2 + max(length, 2)


def joined(jpeg: bytes, wanted: int) -> bytes:
    """The bodies of all segments of one marker, one after the other: how data longer than 64 KiB is kept."""
    return b"".join(body for marker, body in segments(jpeg) if marker == wanted)
