"""Pictures of a finding: the clearest frame with its outline, and the face as it was beside the face as it is."""

from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines.dam_files import FrameFolder, as_picture
from pipelines.dam_flight import DamFlight
from pipelines.face_watch import FaceWatch, clearest
from pipelines.seepage import Finding
from vision.badge import colour_of
from vision.face import Grid
from vision.types import Image

_AROUND_M = 4.0
_SHORT_SIDE = 480
_GREY = (150, 150, 150)


Hide = Callable[[Image], Image]
"""A copy of a picture in which nobody and no plate can be recognised."""


def draw_findings(
    findings: Sequence[Finding], seen: DamFlight, frames: FrameFolder, out: Path, baseline: Path | None, hide: Hide
) -> dict[str, list[str]]:
    """Names under `out` of what was drawn, by the finding's id. Only raised findings get pictures."""
    watches = {watch.region.id: watch for watch in seen.watches}
    return {
        one.id: _draw(one, watches[one.found.region_id], frames, out, baseline, hide) for one in findings if one.raised
    }


def draw_faces(findings: Sequence[Finding], seen: DamFlight, out: Path) -> dict[str, str]:
    """Names under `out` of each face as the flight saw it, every finding outlined; candidates are grey."""
    names = {}
    for watch in seen.watches:
        picture = cv2.cvtColor(as_picture(watch.sheets()), cv2.COLOR_GRAY2BGR)
        for one in findings:
            if one.found.region_id == watch.region.id:
                _outline_on_face(picture, one, watch)
        names[watch.region.id] = f"faces/{watch.region.id}.jpg"
        (out / "faces").mkdir(parents=True, exist_ok=True)
        cv2.imwrite(str(out / names[watch.region.id]), picture, [cv2.IMWRITE_JPEG_QUALITY, 88])
    return names


def _outline_on_face(picture: NDArray[np.generic], one: Finding, watch: FaceWatch) -> None:
    colour = colour_of(one.verdict.level) if one.raised else _GREY
    for outline in one.found.patch.outlines:
        cells = np.round(watch.grid.cells(outline)).astype(np.int32)
        cv2.polylines(picture, [cells], True, colour, 2, cv2.LINE_AA)


def _draw(
    finding: Finding, watch: FaceWatch, frames: FrameFolder, out: Path, baseline: Path | None, hide: Hide
) -> list[str]:
    drawn = {"now": _frame(finding, watch, frames, hide), "face": _face(finding, watch, baseline)}
    (out / "evidence").mkdir(parents=True, exist_ok=True)
    names = []
    for word, picture in drawn.items():
        if picture is not None:
            names.append(f"evidence/{finding.id}_{word}.jpg")
            cv2.imwrite(str(out / names[-1]), picture, [cv2.IMWRITE_JPEG_QUALITY, 90])
    return names


def _frame(finding: Finding, watch: FaceWatch, frames: FrameFolder, hide: Hide) -> Image | None:
    glimpse = clearest(watch.colour_glimpses, finding.found.patch, watch)
    kept = None if glimpse is None else frames.read(glimpse)
    if glimpse is None or kept is None:
        return None
    picture = hide(kept)
    scale = picture.shape[1] / glimpse.lens.width_px
    for outline in finding.found.patch.outlines:
        pixels = watch.sight(glimpse).of(watch.face.places(outline)) * scale
        if np.isfinite(pixels).all():
            _outlined(picture, pixels, finding)
    return picture


def _outlined(picture: Image, pixels: NDArray[np.float64], finding: Finding) -> None:
    corners = [np.round(pixels).astype(np.int32)]
    cv2.polylines(picture, corners, True, (20, 20, 20), 4, cv2.LINE_AA)
    cv2.polylines(picture, corners, True, colour_of(finding.verdict.level), 2, cv2.LINE_AA)


def _face(finding: Finding, watch: FaceWatch, baseline: Path | None) -> Image | None:
    """The same square metres of the face: before (where a baseline is given) and now."""
    now = _crop(as_picture(watch.sheets()), watch.grid, finding)
    sheets = [now] if baseline is None else [_before(watch, baseline, finding), now]
    shown = [sheet for sheet in sheets if sheet is not None]
    return np.asarray(cv2.cvtColor(np.hstack(shown), cv2.COLOR_GRAY2BGR), np.uint8) if shown else None


def _before(watch: FaceWatch, baseline: Path, finding: Finding) -> NDArray[np.uint8] | None:
    try:
        with np.load(baseline / "faces" / f"{watch.region.id}.npz") as kept:
            luma = kept["luma"]
    except (OSError, KeyError, ValueError):
        return None
    rows, columns = watch.grid.inside.shape
    return _crop(np.asarray(cv2.resize(luma, (columns, rows)), np.uint8), watch.grid, finding)


def _crop(sheet: NDArray[np.uint8], grid: Grid, finding: Finding) -> NDArray[np.uint8] | None:
    cells = np.argwhere(finding.found.patch.cells)
    margin = round(_AROUND_M / grid.cell_m)
    low = np.maximum(cells.min(axis=0) - margin, 0)
    high = np.minimum(cells.max(axis=0) + margin + 1, sheet.shape)
    part = sheet[low[0] : high[0], low[1] : high[1]]
    if not part.size:
        return None
    scale = _SHORT_SIDE / min(part.shape)
    return np.asarray(cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR), np.uint8)
