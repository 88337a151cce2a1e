"""What stands out of a face becomes a place with its cues, and finds itself again in an earlier flight."""

import numpy as np
import pytest

from pipelines.face_watch import Sheets
from pipelines.seepage import Earlier, Found, judged
from pipelines.seepage_fusion import Cue
from pipelines.seepage_search import Baseline, Known, search
from vision.badge import Level
from vision.face import Face, Grid, Sheet
from vision.layer import Mask

NIGHT, MORNING = 1.0, 0.3
"""How far a thermal look may be trusted."""
SEEP, STAIN = (slice(40, 90), slice(100, 112)), (slice(20, 60), slice(200, 210))
Box = tuple[slice, slice]


def a_grid() -> Grid:
    return Face.through(np.array([[0.0, 0, 0], [30, 0, 0], [30, 0, 15], [0, 0, 15]])).grid(0.1)


def a_sheet(value: float, *boxes: Box, on: float = 0.0) -> Sheet:
    sheet = np.full(a_grid().inside.shape, on, np.float32)
    for box in boxes:
        sheet[box] = value
    return sheet


def sheets(*, cold: tuple[Box, ...] = (), wet: tuple[Box, ...] = (), boil: tuple[Box, ...] = ()) -> Sheets:
    kelvin = a_sheet(-2.5, *cold) + np.random.default_rng(5).normal(0, 0.05, a_grid().inside.shape).astype(np.float32)
    return Sheets(a_grid(), a_sheet(0, on=150), a_sheet(1, *wet), a_sheet(1, *boil), kelvin)


def found(baseline: Baseline | None = None, *, at_toe: bool = False, **seen: tuple[Box, ...]) -> list[Found]:
    return search(sheets(**seen), "face", at_toe=at_toe, baseline=baseline)


def before(*known: tuple[str, float, Box], seen: bool = True) -> Baseline:
    masks = [(id_, area, a_mask(box)) for id_, area, box in known]
    everywhere = np.full(a_grid().inside.shape, seen)
    return Baseline(tuple(Known(id_, area, mask) for id_, area, mask in masks), everywhere)


def a_mask(box: Box) -> Mask:
    mask = np.zeros(a_grid().inside.shape, np.bool_)
    mask[box] = True
    return mask


def test_a_seep_that_both_sensors_see_is_one_place_with_two_cues() -> None:
    [seep] = found(cold=(SEEP,), wet=(SEEP,))
    assert set(seep.cues) == {Cue.THERMAL, Cue.WET}
    assert seep.patch.area_m2 == pytest.approx(6.0, rel=0.03)
    assert seep.contrast_k == pytest.approx(-2.5, abs=0.2)
    assert seep.earlier is None


def test_a_place_is_all_that_any_cue_shows_of_it() -> None:
    lower = (slice(65, 90), slice(100, 112))
    [seep] = found(cold=(SEEP,), wet=(lower,))
    assert seep.patch.area_m2 == pytest.approx(6.0, rel=0.03)
    assert seep.cues[Cue.WET] == pytest.approx(0.5, abs=0.05)


def test_a_dry_face_without_contrast_has_no_places() -> None:
    assert found() == []


def test_the_same_place_keeps_its_name_and_knows_how_it_grew() -> None:
    [seep] = found(before(("face-1", 2.0, SEEP)), cold=(SEEP,), wet=(SEEP,))
    assert seep.earlier == Earlier("face-1", 2.0)
    assert seep.growth == pytest.approx(2.0, rel=0.05)


def test_a_place_that_the_earlier_flight_saw_dry_is_new_and_one_that_it_did_not_see_is_not() -> None:
    [new] = found(before(), cold=(SEEP,), wet=(SEEP,))
    [unknown] = found(before(seen=False), cold=(SEEP,), wet=(SEEP,))
    assert new.is_new
    assert unknown.earlier is None


def test_of_two_places_where_one_was_the_larger_part_goes_on_as_it() -> None:
    whole = (slice(20, 90), slice(100, 112))
    large, small = (slice(50, 90), slice(100, 112)), (slice(20, 32), slice(100, 112))
    names = [one.earlier for one in found(before(("face-1", 8.0, whole)), cold=(large, small), wet=(large, small))]
    assert names == [Earlier("face-1", 8.0), None]


@pytest.mark.parametrize(("trust", "raised"), [(NIGHT, True), (MORNING, False)])
def test_heat_alone_is_raised_by_night_and_kept_by_day(trust: float, raised: bool) -> None:
    [stain] = found(cold=(STAIN,))
    assert judged(stain, trust)[1] is raised


def test_heat_that_was_the_same_at_the_last_flight_is_the_place_and_no_seep() -> None:
    [stain] = found(before(("face-1", 4.0, STAIN)), cold=(STAIN,))
    [grown] = found(before(("face-1", 2.0, STAIN)), cold=(STAIN,))
    assert not judged(stain, NIGHT)[1]
    assert judged(grown, NIGHT)[1]


def test_two_cues_are_yellow_and_red_once_they_grow() -> None:
    [seep] = found(cold=(SEEP,), wet=(SEEP,))
    [grown] = found(before(("face-1", 2.0, SEEP)), cold=(SEEP,), wet=(SEEP,))
    assert judged(seep, MORNING)[0].level is Level.YELLOW
    assert judged(grown, MORNING)[0].level is Level.RED


def test_a_boil_at_the_toe_is_orange_without_any_other_cue() -> None:
    spot = (slice(100, 110), slice(50, 60))
    [boil] = found(at_toe=True, boil=(spot,))
    assert judged(boil, MORNING) == (judged(boil, NIGHT)[0], True)
    assert judged(boil, MORNING)[0].level is Level.ORANGE
