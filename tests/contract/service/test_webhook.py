"""The webhook channel against a real server: Standard Webhooks, and nowhere but where the administrator allows."""

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace

import pytest
from standardwebhooks import Webhook

from clock import SystemClock
from service.channels.webhook import WebhookChannel
from service.county import Endpoint
from service.errors import AddressRefused, EndpointGone, NotDelivered
from service.letters import Letter, MessageType
from tests.clocks import MORNING, FakeClock
from tests.contract.service.department import Department
from tests.facts import SECRET, an_endpoint

OTHER_SECRET = "whsec_" + "b3RoZXIh" * 4


def a_letter(body: str = '{"type": "cn.patrol.dispatch.created", "data": {"zh": "消防通道"}}') -> Letter:
    return Letter(
        webhook_id="d-created",
        incident_id="i",
        dispatch_id="d",
        department="fire",
        type=MessageType.CREATED,
        body=body,
        urgent=True,
        created_at=MORNING,
        started_at=MORNING,
        next_at=MORNING,
    )


def a_channel(*addresses: str, timeout_s: float = 5) -> WebhookChannel:
    """On the machine's own clock, because receivers check how old a letter is. Names resolve to `addresses`."""

    def resolve(host: str, port: int) -> Sequence[str]:
        return addresses or (host,)

    return WebhookChannel(clock=SystemClock(), resolve=resolve, timeout_s=timeout_s)


def test_a_letter_arrives_signed_so_that_any_standard_receiver_can_check_it(department: Department) -> None:
    assert a_channel().send(an_endpoint(department.url), a_letter()) == 200
    (received,) = department.received
    data = Webhook(SECRET).verify(received.body, dict(received.headers))
    assert data == {"type": "cn.patrol.dispatch.created", "data": {"zh": "消防通道"}}
    assert (received.webhook_id, received.path) == ("d-created", "/hook")


def test_while_a_secret_is_replaced_both_sign(department: Department) -> None:
    endpoint = replace(an_endpoint(department.url), secrets=(SECRET, OTHER_SECRET))
    a_channel().send(endpoint, a_letter())
    (received,) = department.received
    for secret in (SECRET, OTHER_SECRET):
        assert Webhook(secret).verify(received.body, dict(received.headers))


def test_the_signatures_time_is_that_of_the_attempt(department: Department) -> None:
    clock = FakeClock()
    channel = WebhookChannel(clock=clock, resolve=lambda host, port: [host])
    for _ in range(2):
        channel.send(an_endpoint(department.url), a_letter())
        clock.move(60)
    times = [int(one.headers["webhook-timestamp"]) for one in department.received]
    assert times == [int(MORNING.timestamp()), int(MORNING.timestamp()) + 60]
    assert len({one.webhook_id for one in department.received}) == 1


@pytest.mark.parametrize("status", [301, 302, 307, 400, 401, 404, 500, 502, 503])
def test_anything_but_acceptance_is_a_failure_to_be_repeated(department: Department, status: int) -> None:
    department.answers(status, location="http://127.0.0.1:1/elsewhere")
    with pytest.raises(NotDelivered) as failure:
        a_channel().send(an_endpoint(department.url), a_letter())
    assert (failure.value.http_status, failure.value.again) == (status, True)
    assert len(department.received) == 1


def test_gone_is_gone(department: Department) -> None:
    department.answers(410)
    with pytest.raises(EndpointGone):
        a_channel().send(an_endpoint(department.url), a_letter())


@pytest.mark.parametrize(
    ("said", "heard"), [("7", 7.0), ("Fri, 01 May 2026 00:01:00 GMT", 60.0), ("soon", None), ("", None)]
)
def test_a_wish_to_wait_is_understood_as_seconds_or_a_date(department: Department, said: str, heard: float) -> None:
    department.answers(429, retry_after=said)
    channel = WebhookChannel(clock=FakeClock(), resolve=lambda host, port: [host])
    with pytest.raises(NotDelivered) as failure:
        channel.send(an_endpoint(department.url), a_letter())
    assert failure.value.retry_after_s == heard


def test_a_server_that_hangs_is_not_waited_for(silent_server: str) -> None:
    with pytest.raises(NotDelivered, match="Timeout") as failure:
        a_channel(timeout_s=0.3).send(an_endpoint(silent_server), a_letter())
    assert failure.value.again


def test_a_server_that_is_away_may_come_back() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    with pytest.raises(NotDelivered) as failure:
        a_channel().send(an_endpoint(f"http://127.0.0.1:{port}/"), a_letter())
    assert failure.value.again


def test_a_name_that_cannot_be_resolved_may_be_later() -> None:
    channel = WebhookChannel(clock=FakeClock())
    with pytest.raises(NotDelivered) as failure:
        channel.send(an_endpoint("http://no-such-host.invalid/"), a_letter())
    assert failure.value.again


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("127.0.0.1", []),
        ("127.0.0.1", ["10.0.0.0/8"]),
        ("::ffff:127.0.0.1", ["10.0.0.0/8", "::/0"]),
        ("169.254.169.254", ["10.0.0.0/8"]),
        ("::1", ["127.0.0.0/8"]),
    ],
)
def test_an_address_outside_the_allowed_networks_is_refused(
    department: Department, address: str, allowed: list[str]
) -> None:
    endpoint = an_endpoint(department.url.replace("127.0.0.1", "fire.example"), allowed=allowed)
    with pytest.raises(AddressRefused) as refused:
        a_channel(address).send(endpoint, a_letter())
    assert not refused.value.again
    assert not department.received


def test_an_ipv4_address_in_ipv6_clothes_is_judged_as_what_it_is(department: Department) -> None:
    endpoint = an_endpoint(department.url.replace("127.0.0.1", "fire.example"))
    assert a_channel("::ffff:127.0.0.1").send(endpoint, a_letter()) == 200


def test_a_number_for_a_host_is_judged_by_the_address_that_it_means(department: Department) -> None:
    endpoint = an_endpoint(department.url.replace("127.0.0.1", "2130706433"), allowed=["10.0.0.0/8"])
    with pytest.raises(AddressRefused, match=r"127\.0\.0\.1"):
        WebhookChannel(clock=SystemClock()).send(endpoint, a_letter())


def test_a_name_is_resolved_once_so_that_it_cannot_mean_another_address_a_moment_later(department: Department) -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    channel = WebhookChannel(clock=SystemClock(), resolve=rebinding)
    url = department.url.replace("127.0.0.1", "fire.example")
    assert channel.send(an_endpoint(url, allowed=["127.0.0.1/32"]), a_letter()) == 200
    assert asked == ["fire.example"]
    with pytest.raises(AddressRefused):
        channel.send(an_endpoint(url, allowed=["127.0.0.1/32"]), a_letter())


def test_the_server_is_still_asked_for_by_its_name(department: Department) -> None:
    a_channel("127.0.0.1").send(an_endpoint(department.url.replace("127.0.0.1", "fire.example")), a_letter())
    assert department.received[0].headers["host"].startswith("fire.example:")


def test_of_several_addresses_an_allowed_one_is_taken(department: Department) -> None:
    url = department.url.replace("127.0.0.1", "fire.example")
    assert a_channel("192.0.2.1", "127.0.0.1").send(an_endpoint(url), a_letter()) == 200


def test_an_address_that_is_none_is_a_persons_business() -> None:
    endpoint = Endpoint("http://fire:no-port/", (SECRET,), ())
    with pytest.raises(AddressRefused):
        a_channel().send(endpoint, a_letter())


@pytest.fixture
def silent_server() -> Iterator[str]:
    """Takes the connection and says nothing until the test is over."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        over = threading.Event()
        taken: list[socket.socket] = []
        thread = threading.Thread(target=_take_until, args=(server, taken, over), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        over.set()
        thread.join()
        for connection in taken:
            connection.close()


def _take_until(server: socket.socket, taken: list[socket.socket], over: threading.Event) -> None:
    server.settimeout(0.02)
    while not over.is_set():
        try:
            taken.append(server.accept()[0])
        except TimeoutError:
            continue
