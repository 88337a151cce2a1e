"""Searches the sheets of a face for what may be seepage, and finds each place again in an earlier flight."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.face_watch import Sheets
from pipelines.seepage import Earlier, Found
from pipelines.seepage_fusion import Cue
from vision.contrast import contrast, stands_out
from vision.face import Sheet
from vision.layer import Mask, Patch, patches

WET_SHARE = 0.5
"""A cell is wet when at least half of the looks that saw it, finer ones counting more, found it wet."""
LEAST_M2 = 0.3
_LOOKED = 0.5
GAP_M = 0.6
_SPEAKS = 0.25
"""A cue speaks for a patch when it covers at least a quarter of it."""


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A finding of an earlier flight; cells: where it lay, on this flight's grid, and a little around it."""

    id: str
    area_m2: float
    cells: Mask


@dataclass(frozen=True, slots=True, eq=False)
class Baseline:
    """What an earlier flight knew of this face. seen: where it looked, on this flight's grid."""

    known: tuple[Known, ...]
    seen: Mask


def search(sheets: Sheets, region_id: str, *, at_toe: bool, baseline: Baseline | None) -> list[Found]:
    """Largest first. A place is all that any cue shows of it: a streak that looks dry is often still cold."""
    warmth = contrast(sheets.kelvin, sheets.grid.cell_m)
    masks = {Cue.THERMAL: stands_out(warmth), Cue.WET: _at_least(sheets.wet), Cue.BOIL: _at_least(sheets.boil)}
    anything = np.logical_or.reduce(list(masks.values())) & sheets.grid.inside
    places = patches(anything, sheets.grid, least_m2=LEAST_M2, gap_m=GAP_M)
    before = _before(places, baseline)
    return [
        _found(place, masks, warmth, region_id, earlier, at_toe=at_toe)
        for place, earlier in zip(places, before, strict=True)
    ]


def _at_least(share: Sheet) -> Mask:
    with np.errstate(invalid="ignore"):
        return np.asarray(share >= WET_SHARE, np.bool_)


def _found(
    place: Patch, masks: Mapping[Cue, Mask], warmth: Sheet, region_id: str, earlier: Earlier | None, *, at_toe: bool
) -> Found:
    cues = {cue: share for cue, mask in masks.items() if (share := _share(place, mask)) > 0}
    known = warmth[place.cells & np.isfinite(warmth)]
    return Found(region_id, at_toe, place, cues, float(np.mean(known)) if known.size else None, earlier)


def _share(place: Patch, mask: Mask) -> float:
    """How much of the place the cue covers; 0 when that is too little to speak."""
    share = float((place.cells & mask).sum()) / int(place.cells.sum())
    return share if share >= _SPEAKS else 0.0


def _before(places: Sequence[Patch], baseline: Baseline | None) -> list[Earlier | None]:
    """What the earlier flight had where each place is. A known place goes on as the one that covers most of it."""
    if baseline is None:
        return [None] * len(places)
    shared = {
        (n, known.id): int((place.cells & known.cells).sum())
        for n, place in enumerate(places)
        for known in baseline.known
    }
    areas = {known.id: known.area_m2 for known in baseline.known}
    heirs: dict[int, Earlier] = {}
    for (n, id_), cells in sorted(shared.items(), key=lambda item: -item[1]):
        if cells and n not in heirs and id_ not in {earlier.id for earlier in heirs.values()}:
            heirs[n] = Earlier(id_, areas[id_])
    return [heirs.get(n) or _nothing(place, n, shared, baseline) for n, place in enumerate(places)]


def _nothing(place: Patch, n: int, shared: Mapping[tuple[int, str], int], baseline: Baseline) -> Earlier | None:
    """Nothing was there when the earlier flight looked; None when it did not look, or a neighbour has its place."""
    looked = float((baseline.seen & place.cells).sum()) / max(int(place.cells.sum()), 1)
    is_part = any(cells for (number, _), cells in shared.items() if number == n)
    return Earlier("", 0.0) if looked >= _LOOKED and not is_part else None
