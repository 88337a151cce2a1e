"""A flight as the service has it, read from its answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.flights import FileStatus, FlightStatus


@dataclass(frozen=True, slots=True)
class Remote:
    """A declared file as the service has it."""

    id: str
    url: str
    name: str
    size: int
    offset: int
    status: FileStatus
    duplicate_of: str | None
    fault: Mapping[str, Any] | None

    @property
    def wants_bytes(self) -> bool:
        return self.status is FileStatus.WAITING and self.offset < self.size


@dataclass(frozen=True, slots=True)
class RemoteFlight:
    id: str
    status: FlightStatus
    files: tuple[Remote, ...]


def flight_from(said: Mapping[str, Any]) -> RemoteFlight:
    return RemoteFlight(said["id"], FlightStatus(said["status"]), tuple(remote_from(one) for one in said["files"]))


def remote_from(said: Mapping[str, Any]) -> Remote:
    return Remote(
        id=said["id"],
        url=said["url"],
        name=said["name"],
        size=said["size"],
        offset=said["offset"],
        status=FileStatus(said["status"]),
        duplicate_of=said["duplicate_of"],
        fault=said["fault"],
    )
