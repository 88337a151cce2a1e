"""tus 1.0 on the wire: offsets, pieces, checksums, locks; nothing is written for somebody who may not."""

import base64
import hashlib
from pathlib import Path
from typing import Any

import pytest

from service.access import Role
from tests.contract.api.footage import CARD, PIECE, STILL, TUS, VIDEO, declared, offset, piece
from tests.contract.api.office import EAGLE, HERON, Office

FILM = "DCIM/DJI_0002.MP4"


@pytest.fixture
def film(office: Office) -> Any:
    return next(one for one in declared(office)["files"] if one["name"] == FILM)


def kept(folder: Path) -> list[bytes]:
    return [part.read_bytes() for part in (folder / "flights" / "incoming").iterdir()]


def checksum(content: bytes, algorithm: str = "sha256") -> str:
    return f"{algorithm} {base64.b64encode(hashlib.new(algorithm, content).digest()).decode()}"


def test_pieces_follow_each_other_and_the_server_says_how_far_they_got(office: Office, film: Any) -> None:
    assert offset(office, film) == 0
    first = piece(office, film, VIDEO[:5000])
    assert (first.status_code, first.headers["upload-offset"]) == (204, "5000")
    assert offset(office, film) == 5000
    assert piece(office, film, VIDEO[5000:], 5000).headers["upload-offset"] == str(len(VIDEO))


@pytest.mark.parametrize("key", [None, "patrol_wrong", HERON, Role.OPERATOR, Role.ADMINISTRATOR])
def test_a_piece_from_somebody_who_may_not_send_it_writes_nothing(
    office: Office, film: Any, tmp_path: Path, key: str | None
) -> None:
    text = office.keys.get(key or "", key)
    headers = PIECE | ({"Authorization": f"Bearer {text}"} if text else {})
    answer = office.client.patch(film["url"], headers=headers, content=VIDEO)
    assert answer.status_code in (401, 403, 404)
    assert kept(tmp_path) == []
    assert offset(office, film) == 0


def test_a_session_of_a_page_needs_the_pages_header_and_then_may_send(office: Office, film: Any) -> None:
    assert office.client.post("/api/session", json={"key": office.keys[EAGLE]}).status_code == 200
    assert office.client.patch(film["url"], headers=PIECE, content=VIDEO).status_code == 403
    answer = office.client.patch(film["url"], headers=PIECE | {"X-Patrol": "1"}, content=VIDEO)
    assert answer.status_code == 204


@pytest.mark.parametrize("sent_for", [1, 4999, 5001, len(VIDEO)])
def test_a_piece_for_another_offset_is_refused_and_leaves_what_is_there(
    office: Office, film: Any, tmp_path: Path, sent_for: int
) -> None:
    piece(office, film, VIDEO[:5000])
    answer = piece(office, film, VIDEO[5000:6000], sent_for)
    assert (answer.status_code, answer.json()["error"]) == (409, "wrong_offset")
    assert kept(tmp_path) == [VIDEO[:5000]]


def test_a_piece_sent_twice_is_there_once(office: Office, film: Any, tmp_path: Path) -> None:
    assert [piece(office, film, VIDEO[:5000]).status_code for _ in range(2)] == [204, 409]
    assert kept(tmp_path) == [VIDEO[:5000]]


def test_more_than_was_declared_is_refused_before_a_byte_is_kept(office: Office, film: Any, tmp_path: Path) -> None:
    answer = piece(office, film, VIDEO + b"x")
    assert (answer.status_code, answer.json()["error"]) == (413, "too_much_sent")
    assert kept(tmp_path) == [b""]


def test_a_body_that_does_not_say_how_long_it_is_cannot_grow_beyond_the_declaration(
    office: Office, film: Any, tmp_path: Path
) -> None:
    endless = iter([VIDEO[:4096], VIDEO[4096:], b"and more"])
    answer = office.ask(EAGLE, "PATCH", film["url"], headers=PIECE, content=endless)
    assert answer.status_code == 413
    assert kept(tmp_path) == [VIDEO]


@pytest.mark.parametrize(
    ("headers", "status", "error"),
    [
        ({"Tus_Resumable": "0.2.2"}, 412, "other_version"),
        ({"Content_Type": "application/octet-stream"}, 415, "not_a_piece"),
        ({"Upload_Offset": "-1"}, 400, "bad_header"),
        ({"Upload_Offset": "½"}, 400, "bad_header"),
        ({"Upload_Offset": "9" * 30}, 400, "bad_header"),
        ({"Upload_Checksum": "crc32 AAAA"}, 400, "bad_header"),
        ({"Upload_Checksum": "sha256 not base64!"}, 400, "bad_header"),
    ],
)
def test_a_head_that_is_not_tus_writes_nothing_and_says_what_is_wrong(
    office: Office, film: Any, tmp_path: Path, headers: dict[str, str], status: int, error: str
) -> None:
    encoded = {name.replace("_", "-"): value.encode() for name, value in headers.items()}
    answer = office.ask(EAGLE, "PATCH", film["url"], headers=PIECE | encoded, content=VIDEO)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.headers["tus-resumable"] == "1.0.0"
    assert kept(tmp_path) == []


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_piece_damaged_on_its_way_is_cut_off_again(office: Office, film: Any, algorithm: str) -> None:
    good, said = VIDEO[:5000], checksum(VIDEO[5000:9000], algorithm)
    assert piece(office, film, good, Upload_Checksum=checksum(good, algorithm)).status_code == 204
    answer = piece(office, film, b"x" + VIDEO[5001:9000], 5000, Upload_Checksum=said)
    assert (answer.status_code, answer.json()["again"]) == (460, True)
    assert offset(office, film) == 5000
    assert piece(office, film, VIDEO[5000:9000], 5000, Upload_Checksum=said).status_code == 204


def test_a_file_that_another_request_is_writing_is_locked(office: Office, film: Any) -> None:
    edge = office.service.edge
    with edge.store.read() as tx:
        file = tx.flights.file(film["id"])
    with edge.uploads.writing(file):
        answer = piece(office, film, VIDEO)
        removed = office.ask(EAGLE, "DELETE", film["url"], headers=TUS)
    assert [(one.status_code, one.json()["again"]) for one in (answer, removed)] == [(423, True)] * 2
    assert piece(office, film, VIDEO).status_code == 204


def test_what_is_no_footage_is_refused_with_its_first_bytes(office: Office, tmp_path: Path) -> None:
    playlist = b"#EXTM3U\n#EXTINF:1,\nhttp://10.0.0.1/secret.ts\n" * 500
    (file,) = declared(office, {"DJI_0003.MP4": (playlist, CARD[FILM][1])})["files"]
    answer = piece(office, file, playlist[:4096])
    assert (answer.status_code, answer.json()["error"]) == (415, "not_footage")
    assert kept(tmp_path) == []
    assert office.ask(EAGLE, "HEAD", file["url"], headers=TUS).status_code == 409


def test_a_client_of_the_standard_finds_a_declared_file_by_its_name(office: Office) -> None:
    flight = declared(office)
    words = {"flight": flight["id"], "filename": "DCIM/DJI_0001.JPG"}
    metadata = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in words.items())
    headers = TUS | {"Upload-Length": str(len(STILL)), "Upload-Metadata": metadata}
    made = office.ask(EAGLE, "POST", "/api/uploads", headers=headers)
    assert (made.status_code, made.headers["location"]) == (201, flight["files"][0]["url"])
    assert office.ask(EAGLE, "POST", "/api/uploads", headers=headers | {"Upload-Length": "7"}).status_code == 400
    assert office.ask(HERON, "POST", "/api/uploads", headers=headers).status_code == 404


def test_the_server_says_what_it_can_do_and_until_when_it_waits(office: Office, film: Any) -> None:
    said = office.ask(EAGLE, "OPTIONS", "/api/uploads").headers
    assert said["tus-version"] == "1.0.0"
    assert set(said["tus-extension"].split(",")) == {"creation", "expiration", "checksum", "termination"}
    head = office.ask(EAGLE, "HEAD", film["url"], headers=TUS).headers
    assert head["upload-expires"] == "Fri, 08 May 2026 00:00:00 GMT"
    assert head["upload-length"] == str(len(VIDEO))


def test_a_terminated_file_is_gone_and_the_flight_goes_on_without_it(office: Office, film: Any, tmp_path: Path) -> None:
    piece(office, film, VIDEO[:5000])
    assert office.ask(EAGLE, "DELETE", film["url"], headers=TUS).status_code == 204
    assert kept(tmp_path) == []
    assert piece(office, film, VIDEO).json()["error"] == "not_uploading"
