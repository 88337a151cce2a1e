"""Flights: what is declared, when it counts as received, and what is never taken."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from service.access import Role
from service.flights import FileKind
from tests.contract.api.footage import (
    CARD,
    STILL,
    TUS,
    VIDEO,
    a_card,
    a_file,
    brought,
    declared,
    offset,
    piece,
)
from tests.contract.api.office import EAGLE, HERON, MORNING, Office


def states(flight: Any) -> dict[str, str]:
    return {one["name"]: one["status"] for one in flight["files"]}


def refused(office: Office, files: list[dict[str, Any]], **changes: Any) -> tuple[int, str]:
    answer = office.ask(EAGLE, "POST", "/api/flights", json=a_card(**changes) | {"files": files})
    return answer.status_code, answer.json()["error"]


def steps(office: Office) -> list[Any]:
    with office.service.edge.store.read() as tx:
        return [one for one in tx.stamps.after(0) if one.flight_id]


def test_a_flight_is_received_when_every_file_is_what_was_declared(office: Office, tmp_path: Path) -> None:
    flight = brought(office)
    assert flight["status"] == "received"
    assert set(states(flight).values()) == {"verified"}
    for name, (content, _) in CARD.items():
        assert (tmp_path / "flights" / flight["id"] / name).read_bytes() == content
    assert list((tmp_path / "flights" / "incoming").iterdir()) == []


def test_nothing_lies_in_a_flights_folder_before_it_was_verified(office: Office, tmp_path: Path) -> None:
    flight = declared(office)
    piece(office, flight["files"][0], STILL)
    assert not (tmp_path / "flights" / flight["id"]).exists()
    office.service.checks.check_due()
    assert [path.name for path in (tmp_path / "flights" / flight["id"]).rglob("*.*")] == ["DJI_0001.JPG"]
    assert office.get(EAGLE, f"/api/flights/{flight['id']}")["status"] == "uploading"


def test_a_file_that_is_not_what_was_declared_is_thrown_away_and_may_come_again(office: Office) -> None:
    flight = declared(office)
    film = flight["files"][1]
    piece(office, film, VIDEO[:-1] + b"x")
    office.service.checks.check_due()
    seen = office.get(EAGLE, f"/api/flights/{flight['id']}")["files"][1]
    assert (seen["status"], seen["offset"], seen["fault"]["error"]) == ("waiting", 0, "sha256_differs")
    assert seen["fault"]["again"] is True
    piece(office, film, VIDEO)
    office.service.checks.check_due()
    seen = office.get(EAGLE, f"/api/flights/{flight['id']}")["files"][1]
    assert (seen["status"], seen["fault"]) == ("verified", None)


def test_declaring_the_same_card_again_finds_the_flight_as_far_as_it_has_come(office: Office) -> None:
    flight = declared(office)
    piece(office, flight["files"][1], VIDEO[:700])
    again = declared(office)
    assert again["id"] == flight["id"]
    assert [one["offset"] for one in again["files"]] == [0, 700, 0]
    assert brought_id(office) == flight["id"]
    assert declared(office)["status"] == "received"


def brought_id(office: Office) -> str:
    for file in declared(office)["files"]:
        piece(office, file, CARD[file["name"]][0][file["offset"] :], file["offset"])
    office.service.checks.check_due()
    return str(declared(office)["id"])


def test_two_teams_that_bring_the_same_files_have_a_flight_each(office: Office) -> None:
    assert declared(office, team=EAGLE)["id"] != declared(office, team=HERON)["id"]


def test_a_card_that_still_holds_an_earlier_flight_sends_only_what_is_new(office: Office) -> None:
    earlier = brought(office)
    new = {"DCIM/DJI_0003.JPG": (STILL + b"new", FileKind.STILL)}
    flight = declared(office, {**CARD, **new})
    assert states(flight) == dict.fromkeys(CARD, "duplicate") | {"DCIM/DJI_0003.JPG": "waiting"}
    assert {one["duplicate_of"] for one in flight["files"]} == {earlier["id"], None}
    assert brought(office, {**CARD, **new})["status"] == "received"


def test_a_file_of_a_flight_that_is_not_received_yet_must_come_with_every_flight(office: Office) -> None:
    flight = declared(office)
    piece(office, flight["files"][0], STILL)
    office.service.checks.check_due()
    other = declared(office, {"DCIM/DJI_0001.JPG": CARD["DCIM/DJI_0001.JPG"]})
    assert states(other) == {"DCIM/DJI_0001.JPG": "waiting"}  # the first flight may still be withdrawn


def test_a_card_without_anything_new_is_refused_and_names_the_flight(office: Office) -> None:
    earlier = brought(office)
    answer = office.ask(EAGLE, "POST", "/api/flights", json=a_card({"x.jpg": (STILL, FileKind.STILL)}))
    assert (answer.status_code, answer.json()["error"]) == (409, "nothing_new")
    assert earlier["id"] in answer.json()["message_en"]


def test_a_refused_file_spoils_only_itself(office: Office) -> None:
    text = b"just some words " * 20
    flight = brought_with_refusal(office, {**CARD, "notes.txt": (text, FileKind.TELEMETRY)})
    assert flight["status"] == "received"
    assert states(flight)["notes.txt"] == "refused"
    (fault,) = (one["fault"] for one in flight["files"] if one["fault"])
    assert (fault["error"], fault["again"]) == ("not_footage", False)


def test_a_flight_of_which_nothing_can_be_used_is_refused(office: Office) -> None:
    flight = brought_with_refusal(office, {"a.mp4": (b"MZ" + bytes(99), FileKind.VIDEO)})
    assert flight["status"] == "refused"


def brought_with_refusal(office: Office, card: Any) -> Any:
    flight = declared(office, card)
    for file in flight["files"]:
        piece(office, file, card[file["name"]][0])
    office.service.checks.check_due()
    return office.get(EAGLE, f"/api/flights/{flight['id']}")


def test_a_still_declared_as_a_film_is_refused(office: Office) -> None:
    flight = brought_with_refusal(office, {"a.mp4": (STILL, FileKind.VIDEO)})
    assert flight["files"][0]["fault"]["error"] == "wrong_kind"


def test_what_the_probe_saw_is_told(office: Office) -> None:
    film = next(one for one in brought(office)["files"] if one["kind"] == "video")
    assert (film["media"]["format"], film["media"]["trouble"]) == ("mp4", None)


HOSTILE = [
    "../../etc/passwd",
    "/etc/passwd",
    "a//b.jpg",
    "a/./b.jpg",
    "..\\b.jpg",
    "C:b.jpg",
    "a\x00.jpg",
    "a\n.jpg",
    "\u202egpj.exe",
    ".hidden.jpg",
    "-rf.jpg",
    "a.jpg ",
    "a.jpg.",
    "NUL",
    "con.jpg",
    "DCIM/lpt1.mp4",
    "img%03d.jpg",
    "x" * 201,
    "a/b/c/d/e/f/g.jpg",
    "\ud800.jpg",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_leads_elsewhere_or_means_something_else_is_refused(
    office: Office, tmp_path: Path, name: str
) -> None:
    before = set(tmp_path.rglob("*.*"))
    body = a_card() | {"files": [a_file(name, STILL)]}
    answer = office.ask(EAGLE, "POST", "/api/flights", content=as_json(body), headers=JSON)
    assert (answer.status_code, answer.json()["error"]) in [(422, "bad_name"), (422, "bad_input")]
    assert {path for path in set(tmp_path.rglob("*.*")) - before if "patrol.db" not in path.name} == set()


@pytest.mark.parametrize("names", [("a.jpg", "A.JPG"), ("a", "a/b.jpg"), ("e\u0301.jpg", "\u00e9.jpg")])
def test_two_names_that_would_be_one_file_are_refused(office: Office, names: tuple[str, str]) -> None:
    files = [a_file(name, STILL + bytes([n])) for n, name in enumerate(names)]
    assert refused(office, files) == (422, "bad_name")


def test_names_of_cards_and_of_people_are_kept(office: Office, tmp_path: Path) -> None:
    for name in ("DCIM/100MEDIA/DJI_0001.JPG", "坝坡 第2次/照片（一）.jpg"):
        flight = brought(office, {name: (STILL + name.encode(), FileKind.STILL)})
        assert (tmp_path / "flights" / flight["id"] / name).is_file()


def test_a_team_may_not_hold_more_than_its_quota(office: Office) -> None:
    quota = office.service.edge.settings.team_quota
    big = a_file("a.mp4", VIDEO, FileKind.VIDEO, size=60 * 2**30)
    half = [big | {"name": f"{n}.mp4", "sha256": f"{n:064x}"} for n in range(quota // big["size"] + 1)]
    assert refused(office, half) == (403, "quota_spent")
    assert declared(office, team=HERON)["status"] == "uploading"


def test_a_file_too_large_and_a_card_too_long_are_refused(office: Office) -> None:
    huge = a_file("a.mp4", VIDEO, FileKind.VIDEO, size=65 * 2**30)
    assert refused(office, [huge]) == (413, "file_too_large")
    many = [a_file(f"{n}.jpg", STILL, sha256=f"{n:064x}") for n in range(5001)]
    assert refused(office, many) == (422, "too_many_files")


def test_a_withdrawn_flight_leaves_nothing_and_can_be_declared_anew(office: Office, tmp_path: Path) -> None:
    flight = declared(office)
    piece(office, flight["files"][0], STILL)
    office.service.checks.check_due()
    piece(office, flight["files"][1], VIDEO[:99])
    gone = office.post(EAGLE, f"/api/flights/{flight['id']}/withdraw")
    assert gone["status"] == "withdrawn"
    assert [path for path in (tmp_path / "flights").rglob("*.*") if path.is_file()] == []
    assert brought(office)["status"] == "received"
    answer = office.ask(EAGLE, "POST", f"/api/flights/{flight['id']}/withdraw")
    assert (answer.status_code, answer.json()["error"]) == (409, "not_uploading")


def test_an_abandoned_flight_expires_after_its_last_bytes_and_not_before(office: Office, tmp_path: Path) -> None:
    flight, kept = declared(office), office.service.edge.settings.upload_kept
    office.clock.at += timedelta(days=3)
    piece(office, flight["files"][1], VIDEO[:99])
    office.clock.at += kept
    assert office.service.edge.uploads.expire() == 0
    office.clock.at += timedelta(seconds=1)
    assert office.service.edge.uploads.expire() == 1
    assert office.get(EAGLE, f"/api/flights/{flight['id']}")["status"] == "expired"
    assert list((tmp_path / "flights" / "incoming").iterdir()) == []


def test_a_last_byte_that_came_just_before_a_crash_is_noticed(office: Office) -> None:
    flight = declared(office)
    for file in flight["files"]:
        path = office.service.edge.settings.flights / "incoming" / file["id"]
        path.write_bytes(CARD[file["name"]][0])
    office.service.edge.uploads.open()
    assert office.service.checks.check_due() == 3
    assert office.get(EAGLE, f"/api/flights/{flight['id']}")["status"] == "received"


def test_a_file_that_landed_before_a_crash_could_be_written_down_is_settled_after_it(office: Office) -> None:
    flight = declared(office)
    edge = office.service.edge
    for file in flight["files"]:
        path = edge.settings.flights / flight["id"] / file["name"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(CARD[file["name"]][0])
    assert [offset(office, file) for file in flight["files"]] == [len(content) for content, _ in CARD.values()]
    assert office.service.checks.check_due() == 3
    assert office.get(EAGLE, f"/api/flights/{flight['id']}")["status"] == "received"


def test_times_of_capture_are_late_facts_beside_the_time_of_arrival(office: Office) -> None:
    office.clock.at = MORNING + timedelta(hours=3)
    times: Any = {"captured_from": "2026-05-01T08:00:00+08:00", "captured_until": "2026-05-01T08:30:00+08:00"}
    flight = brought(office, timezone="Asia/Shanghai", **times)
    assert (flight["clock"], flight["ingest_lag_s"]) == ("said", 9000.0)
    last = steps(office)[-1]
    assert (last.step, last.at) == ("flight_received", office.clock.now())
    assert last.details["captured_until"] == "2026-05-01T00:30:00+00:00"
    assert last.details["ingest_lag_s"] == 9000.0


@pytest.mark.parametrize(
    ("until", "clock"), [(None, "unknown"), ("2026-05-01T00:00:00Z", "said"), ("2026-05-03T00:00:00Z", "doubtful")]
)
def test_a_clock_that_is_unknown_or_wrong_is_said_and_never_guessed(
    office: Office, until: str | None, clock: str
) -> None:
    flight = brought(office, captured_from="2026-04-30T23:00:00Z", captured_until=until)
    assert flight["clock"] == clock
    assert (flight["ingest_lag_s"] is None) == (clock != "said")


@pytest.mark.parametrize(
    "changes",
    [
        {"timezone": "Mars/Olympus"},
        {"timezone": "../../etc/passwd"},
        {"captured_from": "2026-05-01T08:00:00"},
        {"captured_from": "2026-05-01T08:00:00Z", "captured_until": "2026-05-01T07:00:00Z"},
        {"mission": "war"},
        {"files": []},
        {"files": [a_file("a.jpg", STILL, sha256="abc")]},
        {"files": [a_file("a.jpg", b"")]},
    ],
)
def test_a_declaration_that_makes_no_sense_is_refused(office: Office, changes: dict[str, Any]) -> None:
    answer = office.ask(EAGLE, "POST", "/api/flights", json=a_card(**changes))
    assert (answer.status_code, answer.json()["error"]) == (422, "bad_input")


def test_the_centre_sees_every_teams_flights_and_brings_none(office: Office) -> None:
    flight = brought(office)
    assert office.get(Role.OPERATOR, "/api/flights")["flights"][0]["id"] == flight["id"]
    assert office.get(Role.OPERATOR, f"/api/flights/{flight['id']}")["status"] == "received"
    assert office.ask(Role.OPERATOR, "POST", "/api/flights", json=a_card()).status_code == 403


def test_a_removed_file_no_longer_holds_up_the_flight(office: Office) -> None:
    flight = declared(office)
    for file in flight["files"][:2]:
        piece(office, file, CARD[file["name"]][0])
    office.service.checks.check_due()
    office.ask(EAGLE, "DELETE", flight["files"][2]["url"], headers=TUS)
    seen = office.get(EAGLE, f"/api/flights/{flight['id']}")
    assert (seen["status"], states(seen)["DCIM/DJI_0002.SRT"]) == ("received", "withdrawn")


def test_a_pilots_key_names_its_team_and_no_other_key_does(office: Office) -> None:
    for wrong in ({"role": "pilot"}, {"role": "operator", "team": "eagle"}):
        answer = office.ask(Role.ADMINISTRATOR, "POST", "/api/keys", json={"name": "x"} | wrong)
        assert (answer.status_code, answer.json()["error"]) == (422, "team_needed")
    made = office.post(Role.ADMINISTRATOR, "/api/keys", name="laptop", role="pilot", team=EAGLE)
    office.keys["laptop"] = made["text"]
    assert office.get("laptop", "/api/me")["team"] == EAGLE
    assert office.get("laptop", f"/api/flights/{declared(office)['id']}")["team"] == EAGLE


JSON = {"Content-Type": "application/json"}


def as_json(body: Any) -> bytes:
    """Also of text that is not Unicode, which a client of ours would refuse to send."""
    return json.dumps(body).encode("ascii")
