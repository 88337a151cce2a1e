"""What a video file says of itself without being watched: length, size, turn, steadiness of its rate, tracks inside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np

from pipelines.footage import BadSource
from pipelines.media import declared_seconds, open_file, video_stream

_NAMED = frozenset({"klv", "mov_text", "subrip"})
_LOOKED_AT = 120
"""Packets: about 18 MB of a 4K drone video."""
_UNEVEN = 1.5
_DRIFT = 0.02


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """`seconds` is None where the container does not say. `turned_deg` is what a player turns the picture by.
    `created` is the container's own time, aware UTC by its format; some drones write their wall clock there."""

    seconds: float | None
    width_px: int
    height_px: int
    rate_hz: float | None
    turned_deg: int
    is_variable: bool
    created: datetime | None
    tracks: tuple[str, ...]


def video_facts(path: Path) -> VideoFacts:
    """Raises BadSource."""
    with open_file(path) as container:
        stream = video_stream(container, path.name)
        tracks = tuple(_kind(other) for other in container.streams if other.type in {"data", "subtitle"})
        context = stream.codec_context
        return VideoFacts(
            seconds=declared_seconds(container, stream),
            width_px=context.width,
            height_px=context.height,
            rate_hz=float(stream.average_rate) if stream.average_rate else None,
            turned_deg=_turn(container, stream, path.name),
            is_variable=_is_variable(container, stream),
            created=_created(container),
            tracks=tracks,
        )


def _kind(stream: Any) -> str:
    """`djmd`, `gpmd`, `klv`, `mov_text`: the codec's name, or what its handler calls itself."""
    name = str(getattr(stream, "name", None) or getattr(stream.codec_context, "name", None) or "")
    handler = str(stream.metadata.get("handler_name", "")).strip()
    return name if name in _NAMED else handler or name or "data"


def _turn(container: Any, stream: Any, name: str) -> int:
    """The display matrix comes with the first picture. Raises BadSource when not one can be decoded."""
    try:
        frame = next(iter(container.decode(stream)))
    except (av.FFmpegError, StopIteration) as error:
        raise BadSource(f"{name}: no picture in it can be decoded. Copy it from the card again") from error
    return int(frame.rotation) % 360


def _is_variable(container: Any, stream: Any) -> bool:
    """Whether pictures come unevenly, at the beginning or, by the count that the container gives, later."""
    container.seek(0)
    times = [packet.pts for packet in islice(container.demux(stream), _LOOKED_AT) if packet.pts is not None]
    steps = np.diff(sorted(times)) if len(times) > 2 else np.ones(1)
    usual = max(float(np.median(steps)), 1.0)
    return float(steps.max()) > _UNEVEN * usual or _drifts(stream, usual)


def _drifts(stream: Any, step: float) -> bool:
    if not stream.frames or not stream.duration:
        return False
    mean = float(stream.duration) / float(stream.frames)
    return abs(mean / step - 1) > _DRIFT


def _created(container: Any) -> datetime | None:
    """None also for 1904 and 1970, which is what a container without a clock writes."""
    try:
        said = datetime.fromisoformat(container.metadata.get("creation_time", ""))
    except ValueError:
        return None
    return said.astimezone(UTC) if said.year > 1980 else None


def is_one_line(parts: Sequence[VideoFacts]) -> bool:
    """Whether the parts of a split recording can be one video: same size, same rate."""
    return all(
        (one.width_px, one.height_px, one.rate_hz) == (other.width_px, other.height_px, other.rate_hz)
        for one, other in pairwise(parts)
    )
