"""A film of 1.5 GB on its way to a service that is killed with -9: what arrives, how fast, in how much memory.

.venv/bin/python -m benchmarks.upload [MB] [KILLS]
"""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import httpx2 as http

from clock import SystemClock
from commands.processes import Processes
from tests.acceptance.uploading import Uploading

_STRANGERS_MB = 64
_LOOK_S = 0.05


def main() -> int:
    size = int(float(sys.argv[1]) * 1e6) if len(sys.argv) > 1 else 1_500_000_000
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 6
    os.environ["PATROL_UPLOAD_FLOOR"] = "0"
    print("| sent | MB | kill -9 of the service | same SHA-256 | seconds | MB/s | memory at its start, MB | most, MB |")
    print("|---|---|---|---|---|---|---|---|")
    _measure("in one request", size, 0, lambda upload: upload.send_in_one_request())
    for n in dict.fromkeys((0, kills)):
        _measure("by `./patrol upload`", size, n, lambda upload, n=n: _by_laptop(upload, n))
    return 0


def _measure(how: str, size: int, kills: int, send: Callable[[Uploading], None]) -> None:
    clock = SystemClock()
    with tempfile.TemporaryDirectory() as folder, Processes(Path(folder) / "logs") as processes:
        upload = Uploading(Path(folder), processes, clock, size)
        began = clock.monotonic()
        send(upload)
        upload.wait_until_received()
        took = clock.monotonic() - began
        upload.look()
        same = upload.received_sha256() == upload.sha256
        born = " ".join(f"{life.born_mb:.0f}" for life in upload.lives)
        peak = " ".join(f"{life.peak_mb:.0f}" for life in upload.lives)
        print(
            f"| {how} | {size / 1e6:.0f} | {kills} | {same} | {took:.1f} | {size / 1e6 / took:.0f} | {born} | {peak} |"
        )
        if kills:
            _say_what_a_stranger_wrote(upload)


def _by_laptop(upload: Uploading, kills: int) -> None:
    laptop = upload.start_laptop()
    upload.kill_service_at([(n + 1) / (kills + 1) for n in range(kills)])
    while laptop.poll() is None:
        upload.look()
        upload.clock.sleep(_LOOK_S)


def _say_what_a_stranger_wrote(upload: Uploading) -> None:
    """With no key and with a wrong one, at a file that is still waited for."""
    before = upload.look()
    url = f"{upload.stage.service}{upload.waiting_file()['url']}"
    head = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    statuses = []
    for key in ({}, {"Authorization": "Bearer patrol_wrong"}):
        content = os.urandom(_STRANGERS_MB * 1_000_000)
        statuses.append(_status(url, head | key, content))
    told = f"two PATCH of {_STRANGERS_MB} MB without a key: {statuses}, {upload.look() - before} bytes written"
    print(told, file=sys.stderr)


def _status(url: str, headers: dict[str, str], content: bytes) -> str:
    try:
        return str(http.patch(url, headers=headers, content=content, timeout=30, trust_env=False).status_code)
    except http.TransportError as error:
        return type(error).__name__  # the service answered and hung up before all of it was sent


if __name__ == "__main__":
    sys.exit(main())
