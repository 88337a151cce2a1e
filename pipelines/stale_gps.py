"""A position that stays while the picture moves: the drone flew on and its telemetry did not."""

from collections.abc import Callable
from pathlib import Path

import av
import cv2
import numpy as np

from pipelines.flaws import Flaw, Remark
from pipelines.flight import Clip
from pipelines.footage import BadSource
from pipelines.media import open_file, video_stream
from pipelines.telemetry import Track
from pipelines.track_checks import frozen_spans
from vision.registration import NotRegistered, register
from vision.types import Grey

_WIDE_PX = 640
_MOVED = 0.1
"""Of the picture's width. A drone that hovers in wind drifts by 3 % of it; in 5 s at 2 m/s it crosses a third."""
_TURNED_DEG = 1.0
_MOST_SPANS = 2
"""Each costs two pictures; the first that are stale tell."""

Glance = Callable[[Path, float], Grey | None]


def stale_remarks(clip: Clip, glance: Glance) -> list[Remark]:
    """One for each frozen span in which the camera kept its direction and the picture moved on. Where nobody says the
    direction, or the pictures can't be laid on each other, nothing is said."""
    if clip.track is None:
        return []
    spans = [span for span in frozen_spans(clip.track) if _is_steady(clip.track, *span)]
    moved = [(begin, end, _moved(clip, glance, begin, end)) for begin, end in spans[:_MOST_SPANS]]
    detail = "position stays from {:.1f} to {:.1f} s while the picture moves by {:.0%} of its width"
    return [
        Remark(Flaw.STALE_GPS, clip.track.name, detail.format(begin, end, share))
        for begin, end, share in moved
        if share > _MOVED
    ]


def _is_steady(track: Track, begin: float, end: float) -> bool:
    fixes = [fix for fix in track.fixes if fix.media_s is not None and begin <= fix.media_s <= end]
    angles = [(fix.yaw_deg, fix.pitch_deg) for fix in fixes if fix.yaw_deg is not None and fix.pitch_deg is not None]
    return len(angles) == len(fixes) and bool((np.ptp(np.array(angles), axis=0) < _TURNED_DEG).all())


def _moved(clip: Clip, glance: Glance, begin: float, end: float) -> float:
    """Share of the width by which most of the picture moved; 0 where that can't be told."""
    pictures = [glance(*clip.part_at(media_s)) for media_s in (begin, end)]
    if pictures[0] is None or pictures[1] is None:
        return 0.0
    try:
        found = register(pictures[0], pictures[1])
    except NotRegistered:
        return 0.0
    steps = np.linalg.norm(found.second_px - found.first_px, axis=1)
    return float(np.median(steps)) / int(pictures[0].shape[1])


def picture_at(path: Path, media_s: float) -> Grey | None:
    """The picture shown at a moment, grey and 640 px wide. None: it can't be decoded."""
    try:
        with open_file(path) as container:
            stream = video_stream(container, path.name)
            first = stream.start_time or 0
            container.seek(first + round(media_s / stream.time_base), stream=stream)
            for frame in container.decode(stream):
                if frame.pts is not None and (frame.pts - first) * stream.time_base >= media_s - 1e-3:
                    return _small(frame.to_ndarray(format="gray"))
    except (av.FFmpegError, BadSource):
        return None
    return None


def _small(picture: Grey) -> Grey:
    height, width = picture.shape
    size = (_WIDE_PX, round(height * _WIDE_PX / width))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
