"""The check that makes bytes a file: what it holds, its SHA-256 against the declared one, what a probe sees in it."""

import hashlib
import logging
import threading
from collections.abc import Callable

from clock import Clock
from service.errors import ServiceError
from service.flights import FileStatus, FlightFile
from service.store import Store
from service.upload_content import KINDS, Format, format_of
from service.upload_errors import BeingWritten, NotFootage, NotWhatWasSaid, WrongKind
from service.upload_parts import Part, Parts
from service.upload_probe import Media, Probe
from service.upload_settling import fault_of, settle

BLOCK = 1024 * 1024
POLL_S = 1.0  # another process may have taken the last byte

_log = logging.getLogger(__name__)


class Stopped(Exception):
    """The service ends; the file is checked after the next start."""


class Checks:
    """Settles every file whose last byte has come. May be killed at any moment: the next look begins anew."""

    def __init__(self, store: Store, clock: Clock, parts: Parts, probe: Probe) -> None:
        self._store = store
        self._clock = clock
        self._parts = parts
        self._probe = probe
        self.stopping: Callable[[], bool] = lambda: False

    def check_due(self) -> int:
        """How many were settled. A file that another process checks is left to it. Raises Stopped."""
        with self._store.read() as tx:
            due = tx.flights.whole()
        return sum(self._checked(file) for file in due)

    def _checked(self, file: FlightFile) -> bool:
        try:
            with self._parts.locked(file) as part:
                return self._judged(file, part)
        except BeingWritten:
            return False

    def _judged(self, file: FlightFile, part: Part) -> bool:
        try:
            format_ = _format(file, part)
            self._compare(file, part)
        except NotWhatWasSaid as error:
            self._parts.discard(file)
            return self._send_again(file, error)
        except (NotFootage, WrongKind) as error:
            self._parts.discard(file)
            return self._settled(file, FileStatus.REFUSED, fault=fault_of(error))
        media = self._probe.look(self._parts.now_at(file), format_)
        return self._parts.land(file, part) and self._verified(file, media)

    def _compare(self, file: FlightFile, part: Part) -> None:
        """Raises NotWhatWasSaid or Stopped."""
        digest, at = hashlib.sha256(), 0
        while block := part.read(BLOCK, at):
            if self.stopping():
                raise Stopped
            digest.update(block)
            at += len(block)
        if digest.hexdigest() != file.sha256:
            raise NotWhatWasSaid(file.name)

    def _verified(self, file: FlightFile, media: Media) -> bool:
        settled = self._settled(file, FileStatus.VERIFIED, media=dict(media), fault=None)
        if not settled:
            self._parts.discard(file)  # it was withdrawn while we looked
        return settled

    def _settled(self, file: FlightFile, status: FileStatus, **fields: object) -> bool:
        with self._store.begin() as tx:
            return settle(tx, file.id, status, now=self._clock.now(), by="patrol", **fields)

    def _send_again(self, file: FlightFile, why: ServiceError) -> bool:
        with self._store.begin() as tx:
            tx.flights.change_file(file.id, uploaded_at=None, fault=fault_of(why))
        return False


class Checker:
    """One thread: checks cost disk and processor, and several at once would only be slower."""

    def __init__(self, checks: Checks, *, poll_s: float = POLL_S) -> None:
        self._checks = checks
        self._poll_s = poll_s
        self._news = threading.Event()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="checker", daemon=True)
        checks.stopping = self._stopped.is_set

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """From any thread."""
        self._news.set()

    def stop(self, timeout_s: float = 20) -> None:
        self._stopped.set()
        self._news.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._news.clear()
            try:
                self._checks.check_due()
            except Stopped:
                return
            except Exception:  # noqa: BLE001
                # One file that we fail to handle must not end all checks: it is looked at again.
                _log.exception("checking uploads failed; trying again")
            self._news.wait(self._poll_s)


def _format(file: FlightFile, part: Part) -> Format:
    """Raises NotFootage or WrongKind."""
    format_ = format_of(part.head())
    if format_ is None:
        raise NotFootage(file.name)
    if file.kind not in KINDS[format_]:
        raise WrongKind(file.name, file.kind, format_)
    return format_
