"""`serve` as a process: the first key, an orderly end, and a port that stays shut to strangers."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests.acceptance.department import waited_for

ROOT = Path(__file__).parents[2]


class Server:
    """One `serve` on one folder."""

    def __init__(self, folder: Path) -> None:
        (folder / "county.toml").write_text('zh = "某县"\n')
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = str(free.getsockname()[1])
        self.url = f"http://127.0.0.1:{port}"
        words = ["serve", "--county", str(folder / "county.toml"), "--data", str(folder), "--port", port]
        self._command = [sys.executable, str(ROOT / "patrol.py"), *words]
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(self._command, stdout=subprocess.PIPE, text=True)
        waited_for(self._is_up, "the service to answer", 40)

    def end(self, with_signal: signal.Signals) -> tuple[int, str]:
        """Its exit status and what it printed."""
        assert self.process is not None
        self.process.send_signal(with_signal)
        printed, _ = self.process.communicate(timeout=20)
        return self.process.returncode, printed

    def _is_up(self) -> bool:
        try:
            return httpx2.get(f"{self.url}/healthz", timeout=2).is_success
        except httpx2.TransportError:
            return False


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    running = Server(tmp_path)
    running.start()
    yield running
    assert running.process is not None
    running.process.kill()
    running.process.communicate()


def key_in(printed: str) -> str:
    return next(word for word in printed.split() if word.startswith("patrol_"))


def test_the_first_key_is_printed_at_the_first_start_alone_and_opens_the_door(server: Server) -> None:
    status, printed = server.end(signal.SIGTERM)
    server.start()
    headers = {"Authorization": f"Bearer {key_in(printed)}"}
    assert httpx2.get(f"{server.url}/api/me", headers=headers).json()["role"] == "administrator"
    again, nothing = server.end(signal.SIGINT)
    assert (status, again) == (0, 0)
    assert "patrol_" not in nothing


def test_an_open_stream_does_not_hold_up_the_end(server: Server) -> None:
    _, printed = server.end(signal.SIGTERM)
    server.start()
    headers = {"Authorization": f"Bearer {key_in(printed)}"}
    with httpx2.stream("GET", f"{server.url}/api/events", headers=headers, timeout=30) as stream:
        assert stream.status_code == 200
        status, _ = server.end(signal.SIGTERM)
        assert status == 0
        assert [line for line in stream.iter_lines() if line.startswith("event: ledger")] == []
