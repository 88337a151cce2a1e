"""What a dam flight's analysis leaves in its folder, and how a later flight reads it as its baseline.

incidents.json: what is raised. findings.json: that and the candidates. faces/REGION.npz: what the flight saw of each
face. evidence/: pictures of what is raised. Every file is whole or not there.
"""

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import cv2
import numpy as np

from pipelines.dam_baseline import BaselineRefused, baseline_of
from pipelines.dam_flight import DamFlight
from pipelines.face_watch import FaceWatch, Glimpse, Sheets
from pipelines.finding_entry import Entry, finding_entry
from pipelines.seepage import Finding
from pipelines.seepage_search import Baseline
from vision.types import Grey, Image

_WIDEST = 1920


class FrameFolder:
    """Keeps every looked-at picture until the findings are drawn."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, glimpse: Glimpse, image: Image) -> None:
        scale = min(1.0, _WIDEST / image.shape[1])
        small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        cv2.imwrite(str(self.path(glimpse)), small, [cv2.IMWRITE_JPEG_QUALITY, 88])

    def path(self, glimpse: Glimpse) -> Path:
        return self._folder / f"{Path(glimpse.file).stem}_{glimpse.media_s:09.3f}.jpg"

    def read(self, glimpse: Glimpse) -> Image | None:
        picture = cv2.imread(str(self.path(glimpse)))
        return None if picture is None else np.asarray(picture, np.uint8)

    def clear(self) -> None:
        """They show whoever was there, and what they prove was drawn: nothing of them stays."""
        shutil.rmtree(self._folder)


def write_findings(
    findings: Sequence[Finding], seen: DamFlight, pictures: Mapping[str, list[str]], out: Path
) -> list[Entry]:
    """pictures: file names under `out` by the finding's id. Returns what was written of each."""
    watches = {watch.region.id: watch for watch in seen.watches}
    entries = [finding_entry(one, watches[one.found.region_id], pictures.get(one.id, [])) for one in findings]
    _write_json(out / "findings.json", entries)
    _write_json(out / "incidents.json", [entry for entry in entries if entry["raised"]])
    for watch in seen.watches:
        _write_sheets(watch.sheets(), out / "faces" / f"{watch.region.id}.npz")
    return entries


def write_flight(entry: Mapping[str, object], out: Path) -> None:
    _write_json(out / "flight.json", entry)


def write_page(page: str, out: Path) -> None:
    _write_text(out / "report.html", page)


def _write_json(path: Path, body: object) -> None:
    _write_text(path, json.dumps(body, ensure_ascii=False, indent=1))


def _write_text(path: Path, text: str) -> None:
    draft = path.with_suffix(".part")
    draft.write_text(text, encoding="utf-8")
    os.replace(draft, path)


def _write_sheets(sheets: Sheets, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part.npz")
    np.savez_compressed(
        draft,
        luma=as_picture(sheets),
        wet=sheets.wet.astype(np.float16),
        boil=sheets.boil.astype(np.float16),
        kelvin=sheets.kelvin.astype(np.float16),
        seen=np.isfinite(sheets.luma) | np.isfinite(sheets.kelvin),
        cell_m=np.float64(sheets.grid.cell_m),
        outline=sheets.grid.face.outline,
    )
    os.replace(draft, path)


def as_picture(sheets: Sheets) -> Grey:
    """The face in grey, 0 where no colour look saw it."""
    return np.clip(np.nan_to_num(sheets.luma), 0, 255).astype(np.uint8)


def read_baseline(folder: Path, watch: FaceWatch) -> Baseline:
    """Raises BaselineRefused when that flight can't be laid on this one, with the reason."""
    path = folder / "faces" / f"{watch.region.id}.npz"
    try:
        with np.load(path) as kept:
            before = {name: kept[name] for name in ("luma", "seen", "cell_m", "outline")}
        entries = json.loads((folder / "findings.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError) as error:
        raise BaselineRefused(f"{folder} holds no analysed flight over {watch.region.id}: {error}") from error
    return baseline_of(before, [entry for entry in entries if entry["region"] == watch.region.id], watch)
