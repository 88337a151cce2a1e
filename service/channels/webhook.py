"""Sends letters as signed webhooks (Standard Webhooks 1.0.0); nothing else of the service speaks HTTP outwards."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property

import httpx2
from standardwebhooks import Webhook

from clock import Clock
from service.channels.address import Resolve, allowed_address, ask_the_system
from service.county import Endpoint
from service.errors import AddressRefused, EndpointGone, NotDelivered
from service.letters import Letter

TIMEOUT_S = 15.0
GONE = 410


class WebhookChannel:
    """No redirects, no proxies, no reuse of connections: one letter goes to the one address that was checked."""

    def __init__(self, *, clock: Clock, resolve: Resolve = ask_the_system, timeout_s: float = TIMEOUT_S) -> None:
        self._clock = clock
        self._resolve = resolve
        self._timeout_s = timeout_s

    def send(self, endpoint: Endpoint, letter: Letter) -> int:
        url = _parsed(endpoint.url)
        port = url.port or (443 if url.scheme == "https" else 80)
        address = allowed_address(url.host, port, endpoint.allowed, self._resolve)
        headers = {**_signed(letter, endpoint.secrets, self._clock.now()), "host": url.netloc.decode("ascii")}
        try:
            response = self._post(url.copy_with(host=address), letter.body, headers, sni=url.host)
        except httpx2.TransportError as error:
            raise NotDelivered(f"{type(error).__name__}: {error}".rstrip(": ")) from error
        return self._judged(response)

    def _post(self, url: httpx2.URL, body: str, headers: dict[str, str], *, sni: str) -> httpx2.Response:
        """What they answer beyond status and headers is not read."""
        extensions = {"sni_hostname": sni}
        with self._client.stream(
            "POST", url, content=body.encode(), headers=headers, extensions=extensions
        ) as response:
            return response

    def _judged(self, response: httpx2.Response) -> int:
        status = response.status_code
        if 200 <= status < 300:
            return status
        if status == GONE:
            raise EndpointGone("the endpoint says that it is gone", http_status=status)
        wait = self._wait(response.headers.get("retry-after"))
        raise NotDelivered(f"HTTP {status}", http_status=status, retry_after_s=wait)

    def _wait(self, retry_after: str | None) -> float | None:
        """Seconds, or a date; nonsense is not waited for."""
        if retry_after is None:
            return None
        if retry_after.strip().isdigit():
            return float(retry_after)
        try:
            return (parsedate_to_datetime(retry_after).astimezone(UTC) - self._clock.now()).total_seconds()
        except ValueError:
            return None

    @cached_property
    def _client(self) -> httpx2.Client:
        return httpx2.Client(
            follow_redirects=False,
            trust_env=False,
            timeout=httpx2.Timeout(self._timeout_s * 2 / 3, connect=self._timeout_s / 3),
            limits=httpx2.Limits(max_keepalive_connections=0),
        )


def _parsed(text: str) -> httpx2.URL:
    try:
        return httpx2.URL(text)
    except httpx2.InvalidURL as error:
        raise AddressRefused(f"{text} is not an address: {error}") from error


def _signed(letter: Letter, secrets: tuple[str, ...], now: datetime) -> dict[str, str]:
    """The time is that of this attempt; the id is that of the letter."""
    signatures = [Webhook(secret).sign(letter.webhook_id, now, letter.body) for secret in secrets]
    return {
        "content-type": "application/json; charset=utf-8",
        "user-agent": "patrol",
        "webhook-id": letter.webhook_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
