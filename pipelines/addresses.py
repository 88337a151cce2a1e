"""What a source's address may be: a plain path, or one of a few network schemes. Passwords never leave it."""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from pipelines.footage import BadSource

NETWORK_PROTOCOLS = {
    "rtsp": "rtsp,rtp,tcp,udp",
    "rtsps": "rtsps,rtsp,rtp,tcp,tls,udp",
    "rtmp": "rtmp,tcp",
    "rtmps": "rtmps,rtmp,tcp,tls",
    "http": "http,https,tcp,tls,crypto",
    "https": "http,https,tcp,tls,crypto",
}
"""Scheme -> the protocols FFmpeg may open on its behalf. Never a local file."""

_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]+):")
_SECRETS = re.compile(r"(?i)\b(user(?:name)?|pass(?:word|wd)?|pwd|token|secret|key|auth|sign(?:ature)?)=[^&\s]*")


@dataclass(frozen=True, slots=True)
class NetworkAddress:
    """The address of a live stream. `shown` is what people and logs may see of it."""

    url: str
    scheme: str

    @property
    def shown(self) -> str:
        parts = urlsplit(self.url)
        return _SECRETS.sub(r"\1=***", parts._replace(netloc=_host(parts)).geturl())

    def redact(self, text: str) -> str:
        """`text` without this address's secrets, however much of the address it quotes."""
        parts = urlsplit(self.url)
        quoted = text.replace(self.url, self.shown).replace(parts.netloc, _host(parts))
        secrets = [secret for secret in (parts.password, parts.username) if secret]
        for secret in secrets:
            quoted = quoted.replace(secret, "***")
        return _SECRETS.sub(r"\1=***", quoted)


def network_address(url: str) -> NetworkAddress | None:
    """None: `url` is a plain path. Raises BadSource for any scheme that is not on the list."""
    match = _SCHEME.match(url)
    if match is None:
        return None
    scheme = match[1].lower()
    if scheme not in NETWORK_PROTOCOLS or "://" not in url:
        allowed = ", ".join(NETWORK_PROTOCOLS)
        raise BadSource(f"a source cannot be {scheme}:…. Give a path, or an address that begins with {allowed}")
    return _checked(url, scheme)


def _checked(url: str, scheme: str) -> NetworkAddress:
    try:
        host = urlsplit(url).hostname
    except ValueError:
        host = None
    if not host:
        raise BadSource(f"a {scheme} address without a host. Write it like {scheme}://host/path")
    return NetworkAddress(url, scheme)


def _host(parts: SplitResult) -> str:
    name = parts.netloc.rpartition("@")[2]
    return name if name == parts.netloc else f"***@{name}"
