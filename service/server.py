"""The whole service in one process: built from settings, started, and stopped without leaving anyone waiting."""

import signal
import socket
import threading

import uvicorn

from clock import Clock
from service.accounts import Accounts
from service.api.edge import Edge
from service.app import create_app
from service.channels.webhook import WebhookChannel
from service.county import County
from service.courier import Courier
from service.desk import Desk
from service.feed import Feed
from service.outbox import Outbox
from service.settings import Settings
from service.store import Store
from service.upload_checks import Checker, Checks
from service.upload_limits import Limits
from service.upload_parts import Parts
from service.upload_probe import Probe, ProbeProcess
from service.uploads import Uploads

GRACE_S = 5


class _Uvicorn(uvicorn.Server):
    """Ends the event streams before it waits for connections to end: it would wait for them for ever."""

    def __init__(self, config: uvicorn.Config, feed: Feed) -> None:
        super().__init__(config)
        self._feed = feed

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._feed.close()
        await super().shutdown(sockets)


class Service:
    """`open` first; then `run` in the main thread until a signal, or `start` and `stop` from a program."""

    def __init__(self, edge: Edge, courier: Courier, checks: Checks) -> None:
        self.edge = edge
        self.checks = checks
        self._courier = courier
        self._checker = Checker(checks)
        self._server = _Uvicorn(_config(edge), edge.feed)
        self._socket: socket.socket | None = None
        self._thread: threading.Thread | None = None

    @property
    def accounts(self) -> Accounts:
        return self.edge.accounts

    def open(self) -> str | None:
        """Brings the database up to date. The first administrator's key, once: show it to whoever installs."""
        self.edge.settings.evidence.mkdir(parents=True, exist_ok=True)
        self.edge.store.open()
        self.edge.uploads.open()
        return self.edge.accounts.first_key()

    def bind(self) -> str:
        """Takes the port, so that port 0 becomes a known one; connections wait until it runs. The address."""
        settings = self.edge.settings
        self._socket = socket.create_server((settings.host, settings.port))
        return f"http://{settings.host}:{self._socket.getsockname()[1]}"

    def run(self) -> None:
        """Until a signal or `stop`. What was not delivered yet is delivered after the next start."""
        if self._socket is None:
            self.bind()
        assert self._socket is not None
        self._take_signals()
        self.edge.store.listen(self.edge.feed.ring)
        self.edge.store.listen(self._courier.wake)
        self.edge.store.listen(self._checker.wake)
        self._courier.start()
        self._checker.start()
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self._courier.stop()
            self._checker.stop()
            self._socket.close()
            self.edge.store.close()

    def _take_signals(self) -> None:
        """Uvicorn raises the signal once more when it is done; by default that would end us before we are."""
        if threading.current_thread() is threading.main_thread():
            for one in (signal.SIGINT, signal.SIGTERM):
                signal.signal(one, lambda *_: self.stop())

    def start(self) -> str:
        """In a thread of its own. The address: it answers from now on."""
        address = self.bind()
        self._thread = threading.Thread(target=self.run, name="service")
        self._thread.start()
        return address

    def stop(self) -> None:
        """Returns when everything has stopped. Safe to repeat."""
        self._server.should_exit = True
        if self._thread is not None:
            self._thread.join()


def _config(edge: Edge) -> uvicorn.Config:
    return uvicorn.Config(
        create_app(edge), log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=GRACE_S
    )


def build(settings: Settings, county: County, clock: Clock, *, probe: Probe | None = None) -> Service:
    """Everything of one installation, nothing of it opened yet."""
    store = Store(settings.database_url)
    desk = Desk(store, clock, county)
    outbox = Outbox(store, clock, county, {"webhook": WebhookChannel(clock=clock)})
    parts = Parts(settings.flights)
    edge = Edge(
        desk=desk,
        store=store,
        accounts=Accounts(store, clock),
        outbox=outbox,
        county=county,
        settings=settings,
        clock=clock,
        feed=Feed(lambda: _newest(store)),
        uploads=Uploads(store, clock, parts, _limits(settings)),
    )
    return Service(edge, Courier(outbox, desk), Checks(store, clock, parts, probe or ProbeProcess()))


def _limits(settings: Settings) -> Limits:
    return Limits(
        file=settings.flight_file_limit,
        files=settings.flight_files_limit,
        team=settings.team_quota,
        floor=settings.upload_floor,
        kept=settings.upload_kept,
    )


def _newest(store: Store) -> int:
    with store.read() as tx:
        return tx.stamps.last_id()
