"""The probe as a process of its own: whatever a file does to it, the service goes on."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

ROOT = Path(__file__).resolve().parent.parent
PROBE = (sys.executable, "-B", "-E", "-s", "-m", "pipelines.probe")
WAIT_S = 60.0

Media = Mapping[str, Any]
"""`format` and what could be seen (`duration_s`, `width`, `height`, `codec`), or `trouble`: why nothing could."""


class Probe(Protocol):
    """What is in a file, as far as its format lets one see. Never raises for what is in the file."""

    def look(self, path: Path, format_: str) -> Media: ...


class ProbeProcess:
    """Limits itself (pipelines/probe.py) and is ended here when it takes too long."""

    def __init__(self, command: Sequence[str] = PROBE, *, wait_s: float = WAIT_S) -> None:
        self._command = list(command)
        self._wait_s = wait_s

    def look(self, path: Path, format_: str) -> Media:
        words = [*self._command, format_, str(path.absolute())]
        try:
            done = subprocess.run(
                words,
                cwd=ROOT,
                env={},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=self._wait_s,
                check=False,
                start_new_session=True,
            )
        except subprocess.TimeoutExpired:
            return _trouble(format_, f"reading it took longer than {self._wait_s:.0f} s")
        if done.returncode != 0:
            return _trouble(format_, "reading it took more memory or time than is allowed, or broke the reader")
        seen: dict[str, Any] = json.loads(done.stdout)
        return {"format": format_} | seen


def _trouble(format_: str, why: str) -> Media:
    return {"format": format_, "trouble": why}
