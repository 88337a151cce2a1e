"""A body that comes as bodies come over a bad line: in chunks, slowly, not to its end."""

import asyncio
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import Request

from service.api.piece import BLOCK, take_piece
from service.api.tus import Checksum
from service.flights import FileKind, FlightFile
from service.upload_errors import PieceDamaged, Stalled, TooMuchSent
from service.upload_parts import Part, Parts

CONTENT = bytes(range(256)) * (BLOCK // 100)  # more than two blocks
SHA256 = Checksum("sha256", hashlib.sha256(CONTENT).digest())


@pytest.fixture
def part(tmp_path: Path) -> Iterator[Part]:
    parts = Parts(tmp_path)
    parts.open()
    file = FlightFile(id="f", flight_id="x", name="a.mp4", size=len(CONTENT), sha256="", kind=FileKind.VIDEO)
    with parts.locked(file) as locked:
        yield locked


def taken(part: Part, *messages: dict[str, Any], room: int = len(CONTENT), checksum: Checksum | None = None) -> bytes:
    """What is kept. After the last message the line is silent."""
    coming = iter(messages)

    async def receive() -> dict[str, Any]:
        for message in coming:
            return message
        await asyncio.Event().wait()
        raise AssertionError

    request = Request({"type": "http", "method": "PATCH", "headers": []}, receive)
    asyncio.run(take_piece(request, part, room, checksum, idle_s=0.05))
    return kept(part)


def kept(part: Part) -> bytes:
    return part.read(part.size, 0)


def chunks(content: bytes, size: int = 65_536) -> list[dict[str, Any]]:
    return [
        {"type": "http.request", "body": content[at : at + size], "more_body": True}
        for at in range(0, len(content), size)
    ]


END: dict[str, Any] = {"type": "http.request", "body": b"", "more_body": False}
BREAK: dict[str, Any] = {"type": "http.disconnect"}


def test_a_body_in_many_chunks_is_kept_in_their_order(part: Part) -> None:
    assert taken(part, *chunks(CONTENT), END, checksum=SHA256) == CONTENT


@pytest.mark.parametrize("checksum", [None, SHA256])
def test_a_line_that_breaks_leaves_every_byte_that_came(part: Part, checksum: Checksum | None) -> None:
    came = CONTENT[: BLOCK + 12_345]
    assert taken(part, *chunks(came), BREAK, checksum=checksum) == came


def test_a_silent_line_is_given_up_and_leaves_every_byte_that_came(part: Part) -> None:
    came = CONTENT[: BLOCK + 12_345]
    with pytest.raises(Stalled):
        taken(part, *chunks(came))
    assert kept(part) == came


def test_a_damaged_piece_is_cut_off_and_what_was_there_before_stays(part: Part) -> None:
    part.write(b"before")
    with pytest.raises(PieceDamaged):
        taken(part, *chunks(CONTENT[:-1] + b"x"), END, checksum=SHA256)
    assert kept(part) == b"before"


def test_not_a_byte_more_than_there_is_room_for_is_kept(part: Part) -> None:
    with pytest.raises(TooMuchSent):
        taken(part, *chunks(CONTENT), END, room=100_000)
    assert kept(part) == CONTENT[:100_000]
