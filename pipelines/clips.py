"""Cuts clips out of footage by copying coded pictures: nothing is decoded, nothing loses quality."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import av

from pipelines.footage import BadSource
from pipelines.media import is_unordered, open_file, timeline_of, video_stream
from pipelines.runs import Coded, RunReader

_WORTH_SEEKING_S = 60.0
_SAYS = "captured from "


def cut_file(source: Path, first_at: datetime, start: datetime, end: datetime, path: Path, *, seek: bool) -> bool:
    """Copy what `source`, whose first picture was taken at `first_at`, shows from `start` to `end` to an mp4.

    `seek`: its time stamps are in order, so the start may be looked up instead of read up to. False: nothing of it
    is there, or an mp4 cannot hold it.
    """
    start_s, end_s = (start - first_at).total_seconds(), (end - first_at).total_seconds()
    try:
        container = open_file(source)
    except BadSource:
        return False
    with container:
        stream = video_stream(container, str(source))
        if is_unordered(container, stream):
            return False
        pictures = covering(_read_over(container, stream, start_s, end_s, seek=seek), start_s, end_s)
        return write_mp4(stream, pictures, first_at, path)


def captured_from(clip: Path) -> datetime | None:
    """When the first picture of a clip cut here was taken."""
    with open_file(clip) as container:
        said = container.metadata.get("comment", "")
    return datetime.fromisoformat(said.removeprefix(_SAYS)) if said.startswith(_SAYS) else None


def _read_over(container: Any, stream: Any, start_s: float, end_s: float, *, seek: bool) -> list[Coded]:
    timeline = timeline_of(container, stream)
    reader = RunReader(container, stream, timeline)
    run = reader.next()
    if seek and start_s > _WORTH_SEEKING_S:
        reader.seek(timeline.raw(start_s))
        run = reader.next()
    pictures: list[Coded] = []
    while run is not None and run.pictures[0].time <= end_s:
        pictures = [] if run.fresh and run.pictures[0].time <= start_s else pictures
        pictures.extend(run.pictures)
        run = reader.next()
    return pictures


def covering(pictures: Sequence[Coded], start_s: float, end_s: float) -> list[Coded]:
    """In decoding order, what is needed to show `start_s` to `end_s`: from the last keyframe before, or the first."""
    keys = [i for i, coded in enumerate(pictures) if coded.is_key]
    first = max((i for i in keys if pictures[i].time <= start_s), default=keys[0] if keys else 0)
    last = max((i for i, coded in enumerate(pictures) if coded.time <= end_s), default=-1)
    kept = pictures[first : last + 1]
    over_before = not any(coded.time + _shown_for(coded) > start_s for coded in kept)
    return [] if over_before or not keys else [coded for coded in kept if coded.time >= kept[0].time]


def _shown_for(coded: Coded) -> float:
    return max(float((coded.packet.duration or 0) * coded.packet.time_base), 0.001)


def write_mp4(stream: Any, pictures: Sequence[Coded], time_zero: datetime, path: Path) -> bool:
    """Wrap coded pictures of `stream` in an mp4 that begins with the first of them and says when that was taken.

    `time_zero` is when their time 0 was. `path` appears whole or not at all.
    """
    if not pictures:
        return False
    part = path.with_name(f"{path.name}.part")
    said = f"{_SAYS}{(time_zero + timedelta(seconds=pictures[0].time)).isoformat()}"
    try:
        _write(stream, pictures, said, part)
    except (av.FFmpegError, ValueError):
        part.unlink(missing_ok=True)
        return False
    part.replace(path)
    return True


def _write(stream: Any, pictures: Sequence[Coded], said: str, path: Path) -> None:
    shown = [round((coded.time - pictures[0].time) / stream.time_base) for coded in pictures]
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as out:
        out.metadata["comment"] = said
        track = out.add_stream_from_template(stream, opaque=True)
        for coded, pts, dts in zip(pictures, shown, _decoding_stamps(shown), strict=True):
            copy = _copy(coded.packet, pts, dts)
            copy.stream = track
            out.mux(copy)


def _decoding_stamps(shown: Sequence[int]) -> list[int]:
    """The latest stamps that rise and are never after the picture is shown. Live streams often come without any."""
    ordered = sorted(shown)
    ahead = max(late - pts for late, pts in zip(ordered, shown, strict=True))
    return [stamp - ahead for stamp in ordered]


def _copy(packet: Any, pts: int, dts: int) -> Any:
    """The packet again with other times. Muxing changes a packet, and others may still hold this one."""
    copy = av.Packet(bytes(packet))
    copy.time_base, copy.duration, copy.is_keyframe = packet.time_base, packet.duration, packet.is_keyframe
    copy.pts, copy.dts = pts, dts
    return copy
