"""One finding of a dam flight as plain values for JSON."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np

from pipelines.face_watch import FaceWatch, Glimpse
from pipelines.geojson import feature
from pipelines.observation import Kind
from pipelines.pin_words import how_sure
from pipelines.seepage import Finding, Found

Entry = Mapping[str, object]


def finding_entry(finding: Finding, watch: FaceWatch, pictures: Sequence[str]) -> Entry:
    """Metres, square metres, kelvin; times ISO 8601 UTC, null when the drone's clock is unknown."""
    found, told = finding.found, finding.verdict.told()
    return {
        "id": finding.id,
        "kind": Kind.DAM_SEEPAGE.value,
        "raised": finding.raised,
        "region": found.region_id,
        "colour": int(finding.verdict.level),
        "colour_name": finding.verdict.level.name.lower(),
        "why": {"zh": told[0], "en": told[1]},
        "where": None if finding.pin is None else feature(finding.pin, {"height_m": round(finding.pin.height_m, 2)}),
        "how_sure": None if finding.pin is None else how_sure(finding.pin)._asdict(),
        "no_pin": finding.no_pin,
        "area_m2": round(found.patch.area_m2, 2),
        "contrast_k": None if found.contrast_k is None else round(found.contrast_k, 2),
        "cues": {cue.value: round(share, 3) for cue, share in found.cues.items()},
        "growth": _growth(found),
        "on_face": _on_face(found),
        "evidence": list(pictures),
        **_times(watch, found),
    }


def _growth(found: Found) -> Entry | None:
    """null: there is no earlier flight to compare with, or it did not look there."""
    if found.earlier is None:
        return None
    share = None if found.growth is None else round(found.growth, 3)
    return {"new": found.is_new, "before_m2": round(found.earlier.area_m2, 2), "share": share}


def _on_face(found: Found) -> Entry:
    """Metres along the face (level) and up it, from the middle of its corners."""
    outlines = [np.round(outline, 2).tolist() for outline in found.patch.outlines]
    return {"middle_m": np.round(found.patch.middle, 3).tolist(), "outlines_m": outlines}


def _times(watch: FaceWatch, found: Found) -> Entry:
    first, last = seen_between(watch, found)
    return {"frames": len(_showing(watch, found)), "first": _iso(first), "last": _iso(last)}


def seen_between(watch: FaceWatch, found: Found) -> tuple[datetime | None, datetime | None]:
    """The first and the last look that shows its middle, aware UTC; None when the drone's clock is unknown."""
    times = [one.at for one in _showing(watch, found) if one.at is not None]
    return min(times, default=None), max(times, default=None)


def _showing(watch: FaceWatch, found: Found) -> list[Glimpse]:
    return [one for one in (*watch.colour_glimpses, *watch.thermal_glimpses) if _shows(one, watch, found)]


def _shows(glimpse: Glimpse, watch: FaceWatch, found: Found) -> bool:
    x, y = watch.sight(glimpse).of(watch.face.places(found.patch.middle[None]))[0]
    return bool(0 <= x < glimpse.lens.width_px and 0 <= y < glimpse.lens.height_px)


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat().replace("+00:00", "Z")
