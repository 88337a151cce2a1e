"""Where frames come from: the seam that every source implements, and the one place that chooses among them."""

from datetime import datetime
from functools import partial
from pathlib import Path

from clock import Clock
from pipelines.addresses import network_address
from pipelines.file_source import FileSource
from pipelines.footage import BadSource, Delivered, Source, SourceBroke, SourceEnded, SourceState
from pipelines.live_link import open_live
from pipelines.live_source import LiveSource
from pipelines.pacing import PacedSource
from pipelines.still_source import StillSource

__all__ = ["BadSource", "Delivered", "Source", "SourceBroke", "SourceEnded", "SourceState", "open_source"]


def open_source(
    url: str, source_id: str, *, rate_hz: float, clock: Clock, captured_from: datetime | None, pace: bool = False
) -> Source:
    """The source behind `url`, not yet opened: a video file, a folder of stills, or a live stream.

    `pace` plays a file or folder at the speed of its own times, as if it were live. Raises BadSource for an address
    that is not allowed.
    """
    address = network_address(url)
    if address is not None:
        return LiveSource(partial(open_live, address), source_id, rate_hz=rate_hz, clock=clock)
    kind = StillSource if Path(url).is_dir() else FileSource
    footage = kind(Path(url), source_id, rate_hz=rate_hz, clock=clock, captured_from=captured_from)
    return PacedSource(footage, rate_hz=rate_hz, clock=clock) if pace else footage
