"""A PostgreSQL server of our own, for tests: made in a temporary folder, stopped when they are over."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

NOT_AS_ROOT = "postgres"  # the server refuses to run as root


@dataclass(frozen=True)
class Postgres:
    port: int

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://{NOT_AS_ROOT}@127.0.0.1:{self.port}/{database}"


def binaries() -> Path | None:
    """Where the server's programs are, if it is installed here."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    return next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)


@contextmanager
def a_server(programs: Path) -> Iterator[Postgres]:
    user = NOT_AS_ROOT if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if user is not None:
            shutil.chown(folder, user)
        with _running(programs, folder, user) as server:
            yield server


@contextmanager
def _running(programs: Path, folder: Path, user: str | None) -> Iterator[Postgres]:
    data = folder / "data"
    _run([programs / "initdb", "-D", data, "-U", NOT_AS_ROOT, "--auth=trust", "--no-sync"], folder, user)
    port = _free_port()
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
    control: list[Path | str] = [programs / "pg_ctl", "-D", data, "-w"]
    _run([*control, "-l", folder / "log", "-o", options, "start"], folder, user)
    try:
        yield Postgres(port)
    finally:
        _run([*control, "-m", "immediate", "stop"], folder, user)


def _run(command: list[Path | str], folder: Path, user: str | None) -> None:
    subprocess.run(command, check=True, cwd=folder, user=user, stdout=subprocess.DEVNULL, timeout=120)


def _free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        return int(free.getsockname()[1])
