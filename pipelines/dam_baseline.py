"""An earlier flight's face laid on this flight's, so that the same place is known to be the same."""

from collections.abc import Mapping, Sequence
from typing import Any

import cv2
import numpy as np

from pipelines.face_watch import FaceWatch
from pipelines.seepage_search import Baseline, Known
from vision.registration import NotRegistered, Registered, register

_APART_M = 0.5
"""Places on two registered sheets may still differ by this: the outlines of water are not sharp."""
_LARGEST = 2000


class BaselineRefused(Exception):
    """The earlier flight can't be compared with this one; everything counts as if it had not been given."""

    again = False


def baseline_of(before: Mapping[str, Any], entries: Sequence[Mapping[str, Any]], watch: FaceWatch) -> Baseline:
    """before: the kept sheets of the same face. entries: its findings, as written. Raises BaselineRefused."""
    if not _is_same_face(before, watch):
        raise BaselineRefused(f"the earlier flight was analysed with other corners of {watch.region.id}")
    now = np.clip(np.nan_to_num(watch.sheets().luma), 0, 255).astype(np.uint8)
    old = cv2.resize(before["luma"], now.shape[::-1], interpolation=cv2.INTER_AREA)
    scale = min(1.0, _LARGEST / max(now.shape))
    small = [cv2.resize(sheet, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) for sheet in (old, now)]
    try:
        onto = register(small[0], small[1])
    except NotRegistered as error:
        raise BaselineRefused(f"{watch.region.id} looks too different from the earlier flight: {error}") from error
    step = np.diag([1 / scale, 1 / scale, 1.0])
    whole = Registered(step @ onto.homography @ np.linalg.inv(step), onto.first_px / scale, onto.second_px / scale)
    seen = cv2.resize(before["seen"].astype(np.uint8), now.shape[::-1], interpolation=cv2.INTER_NEAREST)
    moved = cv2.warpPerspective(seen, whole.homography, now.shape[::-1], flags=cv2.INTER_NEAREST) > 0
    return Baseline(tuple(_known(entry, whole, watch) for entry in entries), np.asarray(moved, np.bool_))


def _is_same_face(before: Mapping[str, Any], watch: FaceWatch) -> bool:
    outline = before["outline"]
    return outline.shape == watch.face.outline.shape and bool(np.allclose(outline, watch.face.outline, atol=0.05))


def _known(entry: Mapping[str, Any], onto: Registered, watch: FaceWatch) -> Known:
    drawn = np.zeros(watch.grid.inside.shape, np.uint8)
    for outline in entry["on_face"]["outlines_m"]:
        cells = onto.moved(watch.grid.cells(np.array(outline, np.float64)))
        cv2.fillPoly(drawn, [np.round(cells).astype(np.int32)], 1)
    across = 2 * round(_APART_M / watch.grid.cell_m) + 1
    near = cv2.dilate(drawn, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (across, across)))
    return Known(entry["id"], float(entry["area_m2"]), near > 0)
