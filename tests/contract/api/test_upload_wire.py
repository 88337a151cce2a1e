"""The laptop's side against a real service, over a line that breaks where a test says."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import httpx2 as http
import pytest

from commands.upload_card import read_card
from commands.upload_digests import Digests
from commands.upload_flight import Upload
from commands.upload_progress import Progress
from commands.upload_remote import RemoteFlight, remote_from
from commands.upload_wire import PIECE, GaveUp, Refused, UploadWire
from pipelines.backoff import Backoff
from service.flights import FileKind, FileStatus, FlightStatus
from tests.contract.api.footage import STILL, VIDEO, declared
from tests.contract.api.office import EAGLE, HandClock, Office

FACTS = {"mission": "dam", "place": "东风水库"}
FILM = VIDEO + bytes(PIECE)


class Line(http.BaseTransport):
    """Passes requests on to the office; before each piece it may break, or let only a part of the piece through."""

    def __init__(self, office: Office, *breaks: int | None) -> None:
        self._office = office
        self._breaks = list(breaks)

    def handle_request(self, request: http.Request) -> http.Response:
        content = request.read()
        if request.method == "PATCH" and self._breaks:
            passes = self._breaks.pop(0)
            if passes is not None:
                self._pass_on(request, content[:passes])
                raise http.ReadError("the line broke")
        return self._pass_on(request, content)

    def _pass_on(self, request: http.Request, content: bytes) -> http.Response:
        headers = {name: value for name, value in request.headers.items() if name != "content-length"}
        if content != request.content:
            headers.pop("upload-checksum", None)  # the service could not have compared it
        path = request.url.raw_path.decode()
        answer = self._office.client.request(request.method, path, headers=headers, content=content)
        self._office.service.checks.check_due()
        return http.Response(answer.status_code, headers=answer.headers, content=answer.content)


class Dead(http.BaseTransport):
    def handle_request(self, request: http.Request) -> http.Response:
        raise http.ConnectError("nobody there")


@pytest.fixture
def card(tmp_path: Path) -> Path:
    folder = tmp_path / "card"
    folder.mkdir()
    (folder / "a.MP4").write_bytes(FILM)
    (folder / "b.JPG").write_bytes(STILL)
    return folder


@pytest.fixture
def send(office: Office, tmp_path: Path) -> Iterator[Callable[..., RemoteFlight]]:
    with Digests(tmp_path / "digests.db") as digests:

        def sent(folder: Path, line: http.BaseTransport, key: str = EAGLE) -> RemoteFlight:
            head = {"Authorization": f"Bearer {office.keys.get(key, key)}"}
            client = http.Client(transport=line, base_url="http://service", headers=head)
            clock, log = HandClock(), io.StringIO()
            wire = UploadWire(client, clock, Backoff(Random(1)), patience_s=600, trouble=lambda why, s: None)
            return Upload(read_card(folder), digests, wire, Progress(log, clock), clock).run(FACTS)

        yield sent


def states(flight: RemoteFlight) -> dict[str, FileStatus]:
    return {one.name: one.status for one in flight.files}


@pytest.mark.parametrize("breaks", [(), (0,), (1,), (PIECE - 1, 0, 0, 5), (None, 7)])
def test_a_card_arrives_over_a_line_that_breaks(
    send: Callable[..., RemoteFlight], office: Office, card: Path, breaks: tuple[int | None, ...]
) -> None:
    flight = send(card, Line(office, *breaks))
    assert flight.status is FlightStatus.RECEIVED
    assert set(states(flight).values()) == {FileStatus.VERIFIED}
    arrived = office.service.edge.settings.flights / flight.id / "a.MP4"
    assert arrived.read_bytes() == FILM


def test_what_is_told_of_progress_is_what_the_service_has(office: Office, card: Path) -> None:
    (declared_film,) = declared(office, {"a.MP4": (FILM, FileKind.VIDEO)})["files"]
    head = {"Authorization": f"Bearer {office.keys[EAGLE]}"}
    client = http.Client(transport=Line(office, 0, 7, PIECE - 1), base_url="http://service", headers=head)
    told: list[int] = []
    wire = UploadWire(client, HandClock(), Backoff(Random(1)), patience_s=600, trouble=lambda why, s: None)
    wire.send(remote_from(declared_film), card / "a.MP4", told.append)
    assert sum(told) == len(FILM)


def test_a_dead_service_is_asked_again_until_patience_ends(send: Callable[..., RemoteFlight], card: Path) -> None:
    with pytest.raises(GaveUp):
        send(card, Dead())


def test_a_wrong_key_is_not_tried_again(send: Callable[..., RemoteFlight], office: Office, card: Path) -> None:
    with pytest.raises(Refused) as refused:
        send(card, Line(office), key="patrol_wrong")
    assert refused.value.code == "key_refused"


def test_the_same_card_again_is_the_same_flight(send: Callable[..., RemoteFlight], office: Office, card: Path) -> None:
    assert send(card, Line(office)) == send(card, Line(office))


def test_a_file_that_changes_while_it_is_sent_ends_in_a_refusal_and_not_in_a_loop(
    send: Callable[..., RemoteFlight], office: Office, card: Path
) -> None:
    class Changing(Line):
        def handle_request(self, request: http.Request) -> http.Response:
            answer = super().handle_request(request)
            if request.url.path == "/api/flights":
                (card / "b.JPG").write_bytes(STILL[:-1] + b"x")
            return answer

    with pytest.raises(Refused) as refused:
        send(card, Changing(office))
    assert refused.value.code == "sha256_differs"


def test_a_file_that_the_service_refuses_spoils_only_itself(
    send: Callable[..., RemoteFlight], office: Office, card: Path
) -> None:
    class Swapping(Line):
        def handle_request(self, request: http.Request) -> http.Response:
            answer = super().handle_request(request)
            if request.url.path == "/api/flights":
                (card / "b.JPG").write_bytes(b"M" * len(STILL))
            return answer

    flight = send(card, Swapping(office))
    assert flight.status is FlightStatus.RECEIVED
    assert states(flight) == {"a.MP4": FileStatus.VERIFIED, "b.JPG": FileStatus.REFUSED}
