"""The page that `camera_cost` writes: tables, the command that made them, and the machine."""

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

_SAME_S = 4.0
"""Onsets this near are the same event. Ours begins when the car stands, a track's when it enters the lane."""

_PACKAGES = ("av", "openvino", "opencv-python", "numpy", "ultralytics", "torch")


@dataclass(frozen=True, slots=True)
class Row:
    """One contender's cheapest run; `ms` and `worst_ms` are processor milliseconds per camera-second."""

    name: str
    ours: bool
    cameras: int
    ms: float
    worst_ms: float
    said: Mapping[str, Any]


def page(rows: Sequence[Row], *, command: str, asked: Mapping[str, Any]) -> str:
    first = rows[0]
    alone = [row for row in rows if row.cameras == 1]
    together = [row for row in rows if row.ours and row.name.endswith(first.name.rsplit(",", 1)[1])]
    return "\n".join(
        [
            "# What a second of one camera costs",
            "",
            f"`{command.strip()}` on {_machine()}. {_about(asked)}",
            "",
            *_side_by_side(alone, first),
            "",
            f"Same events: **{'yes' if all(_same(row, first) for row in rows) else 'NO'}**.",
            "",
            "Several cameras in one process:",
            "",
            *_by_cameras(together),
            "",
        ]
    )


def _about(asked: Mapping[str, Any]) -> str:
    return (
        f"The sample clip's first {asked['seconds']:.0f} s as 1080p25 H.264 at 4 Mbit/s, sensor noise added. Processor "
        "time of all threads, without starting up and compiling; for each the cheapest of "
        f"{asked['repeats']} runs, taken in turn (in brackets the dearest). Both sides look with the same network at "
        "640 x 384 through OpenVINO on one core, ultralytics with ByteTrack, its cheaper tracker. Ours counts a thing "
        "from when it stands, a track from when it enters the lane."
    )


def _side_by_side(rows: Sequence[Row], first: Row) -> list[str]:
    return [
        "| path | pictures looked at | CPU ms per camera-second | times ours | peak memory, MB | onset → raised, s |",
        "|---|--:|--:|--:|--:|---|",
        *(
            f"| {row.name} | {row.said['sampled']} | {row.ms:.1f} ({row.worst_ms:.1f}) | {row.ms / first.ms:.1f} "
            f"| {row.said['peak_mb']:.0f} | {_events(row)} |"
            for row in rows
        ),
    ]


def _by_cameras(rows: Sequence[Row]) -> list[str]:
    return [
        "| cameras | CPU ms per camera-second | memory, MB | MB per camera | sampled | dropped | inferred |",
        "|--:|--:|--:|--:|--:|--:|--:|",
        *(
            f"| {row.cameras} | {row.ms:.1f} ({row.worst_ms:.1f}) | {row.said['rss_mb']:.0f} "
            f"| {row.said['rss_mb'] / row.cameras:.0f} "
            f"| {row.said['sampled']} | {row.said['dropped']} | {row.said['inferred']} |"
            for row in rows
        ),
    ]


def _events(row: Row) -> str:
    return ", ".join(f"{onset:.1f} → {raised:.1f}" for onset, raised in row.said["events"][:3]) or "none"


def _same(row: Row, first: Row) -> bool:
    """Every camera sees the clip, so its events come once per camera."""
    expected = sorted(event[0] for event in first.said["events"] for _ in range(row.cameras))
    found = sorted(event[0] for event in row.said["events"])
    near = (abs(a - b) <= _SAME_S for a, b in zip(expected, found, strict=False))
    return len(expected) == len(found) and all(near)


def _machine() -> str:
    """With the load, since a busy neighbour makes every processor second dearer."""
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"{_processor()}, {os.cpu_count()} cores (load {os.getloadavg()[2]:.1f}), {system}, {packages}"


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown processor")
