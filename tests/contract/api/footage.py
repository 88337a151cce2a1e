"""A drone's card as a team declares and sends it; small files of the kinds that are taken."""

import hashlib
from collections.abc import Mapping
from typing import Any

from httpx2 import Response

from service.flights import FileKind
from tests.contract.api.office import EAGLE, Office

STILL = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40
VIDEO = b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 400
SUBTITLES = b"1\n00:00:00,000 --> 00:00:00,033\n[latitude: 30.1] [longitude: 110.2]\n\n" * 9
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = TUS | {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}

Card = Mapping[str, tuple[bytes, FileKind]]
CARD: Card = {
    "DCIM/DJI_0001.JPG": (STILL, FileKind.STILL),
    "DCIM/DJI_0002.MP4": (VIDEO, FileKind.VIDEO),
    "DCIM/DJI_0002.SRT": (SUBTITLES, FileKind.TELEMETRY),
}


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def a_file(name: str, content: bytes, kind: FileKind = FileKind.STILL, **changes: Any) -> dict[str, Any]:
    return {"name": name, "size": len(content), "sha256": sha256(content), "kind": kind} | changes


def a_card(card: Card = CARD, **changes: Any) -> dict[str, Any]:
    files = [a_file(name, content, kind) for name, (content, kind) in card.items()]
    return {"mission": "dam", "place": "东风水库", "files": files} | changes


def declared(office: Office, card: Card = CARD, *, team: str = EAGLE, **changes: Any) -> Any:
    return office.post(team, "/api/flights", **a_card(card, **changes))


def piece(
    office: Office, file: Mapping[str, Any], content: bytes, offset: int = 0, *, team: str = EAGLE, **headers: str
) -> Response:
    said = PIECE | {"Upload-Offset": str(offset)} | {name.replace("_", "-"): value for name, value in headers.items()}
    return office.ask(team, "PATCH", file["url"], headers=said, content=content)


def offset(office: Office, file: Mapping[str, Any], *, team: str = EAGLE) -> int:
    answer = office.ask(team, "HEAD", file["url"], headers=TUS)
    assert answer.status_code == 200
    return int(answer.headers["upload-offset"])


def brought(office: Office, card: Card = CARD, **changes: Any) -> Any:
    """Declared, sent and checked; the flight as it is then."""
    flight = declared(office, card, **changes)
    for file in flight["files"]:
        if file["status"] == "waiting":
            answer = piece(office, file, card[file["name"]][0])
            assert answer.status_code == 204, answer.text
    office.service.checks.check_due()
    return office.get(EAGLE, f"/api/flights/{flight['id']}")
