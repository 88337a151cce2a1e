"""Which address a host name means just now, and whether the administrator allows it."""

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address

from service.county import Network
from service.errors import AddressRefused, NotDelivered

Resolve = Callable[[str, int], Sequence[str]]


def ask_the_system(host: str, port: int) -> list[str]:
    """Raises NotDelivered when the name is not known just now."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise NotDelivered(f"{host} cannot be resolved: {error}") from error
    return [str(sockaddr[0]) for *_, sockaddr in found]


def allowed_address(host: str, port: int, allowed: Sequence[Network], resolve: Resolve) -> str:
    """The address to connect to: resolved once, so that a name cannot mean another one a moment later.

    Raises AddressRefused when none lies in the allowed networks.
    """
    addresses = [_plain(text) for text in resolve(host, port)]
    for address in addresses:
        if any(address in network for network in allowed):
            return str(address)
    known = ", ".join(str(network) for network in allowed) or "none"
    raise AddressRefused(f"{host} is at {', '.join(map(str, addresses)) or 'no address'}; allowed networks: {known}")


def _plain(text: str) -> IPv4Address | IPv6Address:
    """An IPv4 address in IPv6 clothes is an IPv4 address."""
    address = ip_address(text)
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
