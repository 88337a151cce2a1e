"""After-photos from strangers' telephones: what is kept, under which name, and what is not."""

import hashlib
from pathlib import Path

import pytest
from httpx2 import Response

from service.access import Role
from service.photos import PHOTO_LIMIT
from tests.contract.api.office import FIRE, JPEG, Office


@pytest.fixture
def dispatch(office: Office) -> str:
    _, sent = office.dispatched()
    office.post(FIRE, f"/api/dispatches/{sent[FIRE]}/acknowledge")
    return sent[FIRE]


def resolve(office: Office, dispatch: str, photo: tuple[str, bytes, str]) -> Response:
    return office.ask(
        FIRE, "POST", f"/api/dispatches/{dispatch}/resolve", files={"photo": photo}, data={"note": "已清"}
    )


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (JPEG, "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "image/png"),
        (b"RIFF\x20\x00\x00\x00WEBP" + bytes(20), "image/webp"),
    ],
)
def test_a_photo_is_known_by_its_bytes_whatever_it_is_called(
    office: Office, dispatch: str, content: bytes, media_type: str
) -> None:
    answer = resolve(office, dispatch, ("evil.html", content, "text/html"))
    assert answer.status_code == 200, answer.text
    kept = office.get(Role.OPERATOR, f"/api/incidents/{answer.json()['incident_id']}")["evidence"][-1]
    assert (kept["role"], kept["media_type"]) == ("after", media_type)
    assert kept["sha256"] == hashlib.sha256(content).hexdigest()
    shown = office.ask(Role.OPERATOR, "GET", kept["url"])
    assert (shown.content, shown.headers["content-type"]) == (content, media_type)


@pytest.mark.parametrize("name", ["../../../outside.jpg", "/tmp/outside.jpg", "..\\outside.jpg", "a\x00b.jpg", ""])
def test_the_senders_file_name_is_not_used(office: Office, dispatch: str, tmp_path: Path, name: str) -> None:
    before = set(tmp_path.rglob("*"))
    answer = resolve(office, dispatch, (name or "x", JPEG, "image/jpeg"))
    assert answer.status_code == 200, answer.text
    new = [path for path in set(tmp_path.rglob("*")) - before if path.is_file() and path.suffix == ".jpg"]
    digest = hashlib.sha256(JPEG).hexdigest()[:32]
    assert new == [tmp_path / "evidence" / "after" / dispatch / f"{digest}.jpg"]


@pytest.mark.parametrize("content", [b"", b"<html><script>alert(1)</script>", b"GIF89a" + bytes(20), b"MZ" + bytes(99)])
def test_what_is_not_a_picture_is_refused_and_nothing_is_kept(
    office: Office, dispatch: str, tmp_path: Path, content: bytes
) -> None:
    answer = resolve(office, dispatch, ("a.jpg", content, "image/jpeg"))
    assert (answer.status_code, answer.json()["error"]) == (422, "not_a_picture")
    assert not (tmp_path / "evidence" / "after").exists()
    assert office.get(FIRE, f"/api/dispatches/{dispatch}")["status"] == "acknowledged"


def test_a_photo_that_is_too_large_is_refused_and_nothing_is_kept(
    office: Office, dispatch: str, tmp_path: Path
) -> None:
    answer = resolve(office, dispatch, ("a.jpg", JPEG + bytes(PHOTO_LIMIT), "image/jpeg"))
    assert answer.status_code == 413
    assert answer.json()["again"] is False
    assert not (tmp_path / "evidence" / "after").exists()


def test_a_body_that_is_far_too_large_is_not_even_read(office: Office, dispatch: str) -> None:
    answer = office.ask(FIRE, "POST", f"/api/dispatches/{dispatch}/resolve", content=bytes(PHOTO_LIMIT * 2))
    assert answer.status_code == 413
    assert answer.json()["error"] == "too_large"


def test_other_requests_have_a_smaller_limit(office: Office) -> None:
    incident = office.raised()
    answer = office.ask(
        Role.OPERATOR, "POST", f"/api/incidents/{incident}/reject", json={"reason": "x", "note": "x" * 1024 * 1024}
    )
    assert (answer.status_code, answer.json()["error"]) == (413, "too_large")


def test_the_same_photo_sent_twice_is_one_file(office: Office, dispatch: str, tmp_path: Path) -> None:
    for _ in range(2):
        resolve(office, dispatch, ("a.jpg", JPEG, "image/jpeg"))
    assert len(list((tmp_path / "evidence" / "after" / dispatch).iterdir())) == 1


def test_another_departments_photo_leaves_nothing_behind(office: Office, dispatch: str, tmp_path: Path) -> None:
    answer = office.ask("water", "POST", f"/api/dispatches/{dispatch}/resolve", files={"photo": ("a.jpg", JPEG)})
    assert answer.status_code == 404
    assert not (tmp_path / "evidence" / "after").exists()
