"""Programs that run beside this one: started with their output in files, and ended together."""

import socket
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from commands.looking import ROOT


class Processes:
    """A context: whatever was started in it has ended when it closes."""

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        self._running: list[subprocess.Popen[bytes]] = []
        self._files = ExitStack()

    def __enter__(self) -> "Processes":
        self._logs.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in reversed(self._running):
            process.terminate()
        for process in self._running:
            _ended(process)
        self._files.close()

    def start(self, name: str, words: list[str]) -> subprocess.Popen[bytes]:
        """Runs a Python program of ours; what it prints goes to `logs/name.log`."""
        log = self._files.enter_context((self._logs / f"{name}.log").open("ab"))
        process = subprocess.Popen([sys.executable, *words], cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
        self._running.append(process)
        return process

    def last_words(self, name: str) -> str:
        return (self._logs / f"{name}.log").read_text(encoding="utf-8", errors="replace")[-2000:]


def free_ports(n: int) -> list[int]:
    """Ports that nobody listens on at this moment."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(n)]
        return [s.getsockname()[1] for s in sockets]


def _ended(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
