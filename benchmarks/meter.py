"""What a stretch of work costs this process: processor time of all its threads, and memory."""

import resource
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Spent:
    """`cpu_s`: user and system, every thread. `rss_mb` now, `peak_mb` since the process began."""

    cpu_s: float
    rss_mb: float
    peak_mb: float


class Meter:
    """Starts when made."""

    def __init__(self) -> None:
        self._began = _cpu_s()

    def read(self) -> Spent:
        return Spent(_cpu_s() - self._began, _status_mb("VmRSS"), _status_mb("VmHWM"))


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _status_mb(field: str) -> float:
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field)) / 1024
