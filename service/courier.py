"""Threads that deliver what is due: woken by every commit, and looking by themselves in between."""

import logging
import threading

from service.desk import Desk
from service.errors import ServiceError
from service.outbox import Outbox

POLL_S = 0.5  # another process may write, and retries come due by themselves

_log = logging.getLogger(__name__)


class Courier:
    """Several threads, so that one hanging endpoint does not hold up the others."""

    def __init__(self, outbox: Outbox, desk: Desk, *, threads: int = 4, poll_s: float = POLL_S) -> None:
        self._outbox = outbox
        self._desk = desk
        self._poll_s = poll_s
        self._news = threading.Condition()
        self._rung = 0
        self._stopped = False
        self._threads = [threading.Thread(target=self._run, name=f"courier-{n}", daemon=True) for n in range(threads)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """Never blocks for long; may come from any thread, the couriers' own too."""
        with self._news:
            self._rung += 1
            self._news.notify_all()

    def stop(self, timeout_s: float = 20) -> None:
        """Waits for attempts that are under way; what is left over is delivered after the next start."""
        with self._news:
            self._stopped = True
            self._news.notify_all()
        for thread in self._threads:
            thread.join(timeout_s)

    def _run(self) -> None:
        while not self._stopped:
            rung = self._rung
            try:
                self._desk.tick()
                self._outbox.deliver_due()
            except ServiceError as error:
                _log.warning("%s", error)
            except Exception:  # noqa: BLE001
                # A letter that we fail to handle must not end all deliveries: its lease runs out, it is tried again.
                _log.exception("delivering failed")
            self._wait(rung)

    def _wait(self, rung: int) -> None:
        with self._news:
            self._news.wait_for(lambda: self._stopped or self._rung != rung, self._poll_s)
