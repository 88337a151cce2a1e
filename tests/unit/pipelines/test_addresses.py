"""What a source may be called, and that its password stays where it is."""

import pytest

from pipelines.addresses import network_address
from pipelines.footage import BadSource
from pipelines.media import reason

SECRET = "rtsp://admin:Pa%40ss:1@10.0.0.7:554/Streaming/101?token=abc&x=1"


@pytest.mark.parametrize("url", ["rtsp://h/s", "RTSPS://h/s", "rtmp://h/a/b", "http://h/x.flv", "https://h/x.flv"])
def test_live_schemes_are_on_the_list(url: str) -> None:
    address = network_address(url)
    assert address is not None
    assert address.scheme == url.split(":")[0].lower()


@pytest.mark.parametrize("path", ["clip.mp4", "/data/clip.mp4", "../a b/夜市.mp4", "08:00.mp4"])
def test_plain_paths_are_no_address(path: str) -> None:
    assert network_address(path) is None


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "concat:a.ts|b.ts", "data:video/mp4;base64,AA", "exec:rm", "ftp://h/x", "udp://@:1",
        "pipe:0", "crypto:x", "rtsp:h/s", "tcp://h:1", "cache:http://h", "srt://h:1", "lavfi:testsrc", "gopher://h/",
    ],
)  # fmt: skip
def test_every_other_scheme_is_refused(url: str) -> None:
    with pytest.raises(BadSource, match="rtsp, rtsps, rtmp"):
        network_address(url)


@pytest.mark.parametrize("url", ["rtsp://", "rtsp:///path", "http://[bad/x"])
def test_an_address_without_a_host_is_refused(url: str) -> None:
    with pytest.raises(BadSource, match="host"):
        network_address(url)


def test_a_refusal_does_not_quote_what_it_refuses() -> None:
    with pytest.raises(BadSource) as refusal:
        network_address("srt://user:hunter2@host:1")
    assert "hunter2" not in str(refusal.value)


def test_what_people_see_of_an_address_has_no_secret() -> None:
    address = network_address(SECRET)
    assert address is not None
    assert address.shown == "rtsp://***@10.0.0.7:554/Streaming/101?token=***&x=1"


def test_an_errors_reason_leaves_the_address_out() -> None:
    class Refused(Exception):
        strerror = "Connection refused"

    assert reason(Refused(f"[Errno 111] Connection refused: '{SECRET}'")) == "Connection refused"
