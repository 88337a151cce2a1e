"""Stills and clips that prove an observation: one that may be shown, and the original for who has a reason."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Protocol

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines.blurred_clip import BoxesAt, write_blurred
from pipelines.evidence_files import (
    ORIGINAL,
    SHOWN,
    EvidenceFailed,
    Floors,
    check_room,
    evidence_name,
    keep,
    workspace,
)
from pipelines.footage import BadSource, SourceBroke
from pipelines.observation import Evidence, EvidenceRole
from pipelines.words import ROLES, UNKNOWN_THING, label_of
from vision.caption import BEIJING, Caption
from vision.drawing import annotated
from vision.geometry import iou
from vision.privacy import blurred
from vision.types import Boxes, Detections, Frame, Image

LONGEST_CLIP = timedelta(seconds=90)

_SAME_THING_IOU = 0.5
_SHOWN_QUALITY = 88
_ORIGINAL_QUALITY = 95


class Recording(Protocol):
    """What a clip can be cut from; every Source is one."""

    @property
    def source_id(self) -> str: ...

    def cut(self, start: datetime, end: datetime, path: Path) -> bool: ...


class EvidenceFolder:
    """A folder of evidence. A repeated call replaces its own files and nothing else, each in one step.

    Raises EvidenceFailed only; the patrol goes on and its facts with it.
    """

    def __init__(self, root: Path, *, floors: Floors | None = None, tz: tzinfo = BEIJING) -> None:
        self._root = root
        self._floors = floors or Floors()
        self._tz = tz

    def still(
        self,
        *,
        role: EvidenceRole,
        frame: Frame,
        detections: Detections,
        zone_polygon_px: NDArray[np.floating],
        boxes_of_interest: Boxes,
        caption: Caption,
        key: str,
        labels: Sequence[str] | None = None,
        stalls: NDArray[np.bool_] | None = None,
    ) -> Evidence:
        """`labels`: what each box of interest is called; unless given, what the detector calls it in this picture.
        `stalls`: which of them are; the others are hidden as vehicles are.
        `key`: the same for every piece of evidence of one blockage, and of no other of that camera and day."""
        check_room(self._root, self._floors.stills)
        sells = np.zeros(len(boxes_of_interest), np.bool_) if stalls is None else stalls
        shown = annotated(
            blurred(frame.image, detections, boxes_of_interest[~sells], boxes_of_interest[sells]),
            zones=[zone_polygon_px],
            boxes=boxes_of_interest,
            labels=labels_of(boxes_of_interest, detections) if labels is None else labels,
            caption=replace(caption, note=" · ".join(filter(None, (ROLES[role], caption.note)))),
        )
        name = evidence_name(frame.ref.source_id, frame.ref.captured_at, f"{key}-{role}", ".jpg", self._tz)
        with workspace(self._root) as folder:
            _write_jpeg(folder / f"{ORIGINAL}.jpg", frame.image, _ORIGINAL_QUALITY)
            _write_jpeg(folder / f"{SHOWN}.jpg", shown, _SHOWN_QUALITY)
            return self._keep(folder, name, role, "image/jpeg", frame.ref.captured_at)

    def clip(
        self, *, source: Recording, start: datetime, end: datetime, key: str, boxes_at: BoxesAt
    ) -> Evidence | None:
        """What the camera saw from `start` to `end`, at most LONGEST_CLIP. None when nothing of it is at hand."""
        check_room(self._root, self._floors.clips)
        end = min(end, start + LONGEST_CLIP)
        name = evidence_name(source.source_id, start, f"{key}-{EvidenceRole.CLIP}", ".mp4", self._tz)
        with workspace(self._root) as folder:
            if not _cut(source, start, end, folder / f"{ORIGINAL}.mp4"):
                return None
            _blur(folder, start=start, end=end, boxes_at=boxes_at)
            return self._keep(folder, name, EvidenceRole.CLIP, "video/mp4", start)

    def _keep(self, folder: Path, name: str, role: EvidenceRole, media_type: str, at: datetime) -> Evidence:
        """The original first: what is shown can always be traced to what was seen."""
        suffix = Path(name).suffix
        original_sha256 = keep(folder / f"{ORIGINAL}{suffix}", self._root, ORIGINAL, name)
        sha256 = keep(folder / f"{SHOWN}{suffix}", self._root, SHOWN, name)
        return Evidence(role, f"{SHOWN}/{name}", sha256, media_type, at, f"{ORIGINAL}/{name}", original_sha256)


def labels_of(boxes: Boxes, detections: Detections) -> list[str]:
    """What the detector calls each of the boxes, and how sure it is."""
    if not len(detections):
        return [UNKNOWN_THING] * len(boxes)
    overlaps = iou(boxes, detections.boxes)
    return [_label(row, detections) for row in overlaps]


def _label(overlaps: NDArray[np.float64], detections: Detections) -> str:
    best = int(overlaps.argmax())
    if overlaps[best] < _SAME_THING_IOU:
        return UNKNOWN_THING
    return f"{label_of(detections.labels[best])} {detections.scores[best]:.2f}"


def _write_jpeg(path: Path, image: Image, quality: int) -> None:
    _, coded = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    path.write_bytes(coded.tobytes())


def _cut(source: Recording, start: datetime, end: datetime, path: Path) -> bool:
    try:
        return source.cut(start, end, path)
    except (BadSource, SourceBroke) as error:
        raise EvidenceFailed(f"no clip of {source.source_id}: {error}", again=error.again) from error


def _blur(folder: Path, *, start: datetime, end: datetime, boxes_at: BoxesAt) -> None:
    original, shown = folder / f"{ORIGINAL}.mp4", folder / f"{SHOWN}.mp4"
    try:
        write_blurred(original, shown, start=start, end=end, boxes_at=boxes_at)
    except (BadSource, av.FFmpegError) as error:
        raise EvidenceFailed(f"the clip cannot be made fit to be shown: {error}", again=False) from error
