"""One card on its way: declared, sent as far as it is missing, and waited for until the service has settled it."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from clock import Clock
from commands.upload_card import Card, CardFile
from commands.upload_digests import Digests
from commands.upload_progress import Progress
from commands.upload_remote import Remote, RemoteFlight
from commands.upload_wire import Refused, UploadWire
from service.flights import FlightStatus

_LOOK_S = 1.0
_TRIES = 3  # of one file that arrives as something else than was declared
_OF_ONE_FILE = frozenset({"not_footage", "not_uploading"})


class Upload:
    """`digests` are open."""

    def __init__(self, card: Card, digests: Digests, wire: UploadWire, progress: Progress, clock: Clock) -> None:
        self._files = {one.name: one for one in card.files}
        self._size = card.size
        self._digests = digests
        self._wire = wire
        self._progress = progress
        self._clock = clock
        self._sent: Counter[str] = Counter()

    def run(self, facts: Mapping[str, Any]) -> RemoteFlight:
        """Returns when the flight is settled. Raises Refused or GaveUp."""
        flight = self._wire.declare({**facts, "files": self._declared()})
        while flight.status is FlightStatus.UPLOADING:
            self._send_missing(flight)
            self._clock.sleep(_LOOK_S)
            flight = self._wire.flight(flight.id)
        return flight

    def _declared(self) -> list[dict[str, Any]]:
        self._progress.begin("校验 SHA-256", self._size)
        declared = [self._one_declared(file) for file in self._files.values()]
        self._progress.end()
        return declared

    def _one_declared(self, file: CardFile) -> dict[str, Any]:
        self._progress.name(file.name)
        sha256 = self._digests.of(file.path, self._progress.add)
        return {"name": file.name, "size": file.size, "sha256": sha256, "kind": file.kind}

    def _send_missing(self, flight: RemoteFlight) -> None:
        missing = [one for one in flight.files if one.wants_bytes]
        if not missing:
            return
        arrived = sum(one.offset for one in flight.files)
        self._progress.begin("上传 sending", sum(one.size for one in missing) + arrived, arrived)
        for file in missing:
            self._send(file)
        self._progress.end()

    def _send(self, file: Remote) -> None:
        """A file that the service refuses is refused alone."""
        path = self._files[file.name].path
        self._sent[file.id] += 1
        if self._sent[file.id] > _TRIES:
            self._digests.forget(path)
            raise Refused("sha256_differs", f"{file.name} 多次与声明不符，是否正在被改动？ / keeps arriving as another")
        self._progress.name(file.name)
        try:
            self._wire.send(file, path, self._progress.add)
        except Refused as error:
            if error.code not in _OF_ONE_FILE:
                raise
            self._progress.say(f"{file.name}: {error}")
