"""Evidence: blurred for everybody, the original with a role and a reason, and nothing from outside the folder."""

from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response

from service.access import Role
from tests.contract.api.office import FIRE, Office, a_still

BLURRED, ORIGINAL = b"\xff\xd8\xff blurred", b"\xff\xd8\xff original"


@pytest.fixture
def exhibit(office: Office, tmp_path: Path) -> dict[str, Any]:
    (tmp_path / "evidence" / "a.jpg").write_bytes(BLURRED)
    (tmp_path / "evidence" / "a.original.jpg").write_bytes(ORIGINAL)
    return shown(office, a_still("a.jpg", original="a.original.jpg"))


def shown(office: Office, still: Any) -> dict[str, Any]:
    incident, _ = office.dispatched(evidence=(still,))
    found: dict[str, Any] = office.get(Role.OPERATOR, f"/api/incidents/{incident}")["evidence"][0]
    return found | {"incident": incident}


def opened(office: Office, who: str, exhibit: dict[str, Any], reason: str) -> Response:
    return office.ask(who, "GET", f"{exhibit['url']}?original=true&reason={reason}")


def test_everybody_whom_it_concerns_sees_the_blurred_picture(office: Office, exhibit: dict[str, Any]) -> None:
    for who in (Role.OPERATOR, Role.SUPERVISOR, FIRE):
        assert office.ask(who, "GET", exhibit["url"]).content == BLURRED


def test_the_original_is_shown_to_a_supervisor_with_a_reason_and_that_is_written_down(
    office: Office, exhibit: dict[str, Any]
) -> None:
    assert opened(office, Role.SUPERVISOR, exhibit, "警方来函").content == ORIGINAL
    last = office.get(Role.OPERATOR, f"/api/incidents/{exhibit['incident']}")["stamps"][-1]
    assert (last["step"], last["by"]) == ("original_opened", "supervisor:test supervisor")


def test_without_a_reason_or_without_the_role_the_original_stays_shut(office: Office, exhibit: dict[str, Any]) -> None:
    assert opened(office, Role.SUPERVISOR, exhibit, "%20").status_code == 422
    assert opened(office, Role.OPERATOR, exhibit, "curious").status_code == 403
    assert opened(office, FIRE, exhibit, "curious").status_code == 403
    steps = [one["step"] for one in office.get(Role.OPERATOR, f"/api/incidents/{exhibit['incident']}")["stamps"]]
    assert "original_opened" not in steps


@pytest.mark.parametrize("name", ["../patrol.db", "/etc/passwd", "a/../../patrol.db", "."])
def test_a_name_that_leads_out_of_the_folder_leads_nowhere(office: Office, tmp_path: Path, name: str) -> None:
    assert (tmp_path / "patrol.db").exists()
    assert office.ask(Role.OPERATOR, "GET", shown(office, a_still(name))["url"]).status_code == 404


def test_a_link_that_leads_out_of_the_folder_leads_nowhere(office: Office, tmp_path: Path) -> None:
    (tmp_path / "evidence" / "link.jpg").symlink_to(tmp_path / "patrol.db")
    assert office.ask(Role.OPERATOR, "GET", shown(office, a_still("link.jpg"))["url"]).status_code == 404


def test_a_page_sent_as_evidence_is_not_shown_as_a_page(office: Office, tmp_path: Path) -> None:
    (tmp_path / "evidence" / "a.html").write_text("<script>alert(1)</script>")
    answer = office.ask(Role.OPERATOR, "GET", shown(office, a_still("a.html", media_type="text/html"))["url"])
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
