"""A card on its way to a real service, either of which is killed with -9 on the way. The long run is in
benchmarks/upload.py.
"""

import hashlib
import os
import random
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2 as http

from clock import Clock
from commands.processes import Processes
from commands.stage import Stage
from tests.acceptance.department import waited_for

BLOCK = 1024 * 1024
_HEAD = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"


def a_film(path: Path, size: int) -> str:
    """Begins like one; the rest is noise, so that a byte in the wrong place shows. Returns its SHA-256."""
    noise, digest = random.Random(20261123), hashlib.sha256(_HEAD)
    with path.open("wb") as file:
        file.write(_HEAD)
        while (rest := size - file.tell()) > 0:
            block = noise.randbytes(min(rest, BLOCK))
            file.write(block)
            digest.update(block)
    return digest.hexdigest()


@dataclass
class Life:
    """Of the service's process, from its start to its end: memory when it answered first, and the most it ever took."""

    born_mb: float
    peak_mb: float = 0.0


@dataclass
class Uploading:
    """One service, one team, one card with one film."""

    folder: Path
    processes: Processes
    clock: Clock
    size: int
    lives: list[Life] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.card = self.folder / "card"
        self.card.mkdir()
        self.sha256 = a_film(self.card / "DJI_0001.MP4", self.size)
        self.stage = Stage.at(self.folder / "data", [], self.processes, self.clock)
        self.start_service()
        self.key = self.folder / "team.key"
        with self.stage.client() as client:
            asked = {"role": "pilot", "name": "laptop", "team": "eagle"}
            self.key.write_text(client.post("/api/keys", json=asked).raise_for_status().json()["text"])

    def start_service(self) -> None:
        self.service = self.stage.start_service()
        self.lives.append(Life(_memory_mb(self.service.pid, "VmRSS")))

    def start_laptop(self) -> "subprocess.Popen[bytes]":
        words = ["patrol.py", "upload", str(self.card), "--key-file", str(self.key), "--service", self.stage.service]
        return self.processes.start("upload", [*words, "--memory", str(self.folder / "digests.db")])

    def kill_service_at(self, parts: Sequence[float]) -> None:
        """Each time as soon as so much of the film has come."""
        for part in parts:
            self.wait_for(part)
            kill(self.service)
            self.start_service()

    def wait_for(self, part: float) -> None:
        waited_for(lambda: self.look() >= part * self.size, f"{part:.0%} of the film", 600)

    def look(self) -> int:
        """Bytes of the film on the service's disk."""
        self.lives[-1].peak_mb = _memory_mb(self.service.pid, "VmHWM")
        return sum(one.stat().st_size for one in (self.stage.folder / "flights" / "incoming").glob("*"))

    def flight(self) -> Any:
        with self.stage.client() as client:
            newest = client.get("/api/flights").json()["flights"][0]["id"]
            return client.get(f"/api/flights/{newest}").json()

    def send_in_one_request(self) -> None:
        """As a client does that knows nothing of pieces."""
        path = self.card / "DJI_0001.MP4"
        file = self.declare({"name": path.name, "size": self.size, "sha256": self.sha256, "kind": "video"})
        headers = self._as_team() | {
            "Tus-Resumable": "1.0.0",
            "Content-Type": "application/offset+octet-stream",
            "Content-Length": str(self.size),
            "Upload-Offset": "0",
        }
        url = self.stage.service + file["url"]
        with path.open("rb") as content:
            http.patch(url, content=content, headers=headers, timeout=120, trust_env=False).raise_for_status()

    def waiting_file(self) -> Any:
        """A declared file of which nothing has come."""
        return self.declare({"name": "b.mp4", "size": 2**30, "sha256": "0" * 64, "kind": "video"})

    def declare(self, file: dict[str, object]) -> Any:
        card = {"mission": "dam", "files": [file]}
        answer = http.post(f"{self.stage.service}/api/flights", json=card, headers=self._as_team(), trust_env=False)
        return answer.raise_for_status().json()["files"][0]

    def wait_until_received(self) -> None:
        waited_for(lambda: self.flight()["status"] == "received", "the flight to be received", 60)

    def received_sha256(self) -> str:
        path = self.stage.folder / "flights" / self.flight()["id"] / "DJI_0001.MP4"
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def _as_team(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key.read_text()}"}


def kill(process: "subprocess.Popen[bytes]") -> None:
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


def _memory_mb(pid: int, field: str) -> float:
    lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(field)), 0.0)
