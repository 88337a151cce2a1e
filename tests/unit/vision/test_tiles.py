"""Pictures from above in tiles: every thing is told once, whole, in pixels of the picture, at any ground resolution."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from tests.blobs import SeesBlobs, as_frame, box_of, ground
from vision.tiles import TiledDetector, Tiling, Way, starts, tiles
from vision.turns import EIGHT, FOUR, Turn
from vision.types import Image

SMALL = Tiling(side=96, overlap=32, cm_per_px=5.0)


ONE_WAY = (Way(SeesBlobs()),)


def boxes_seen(picture: Image, *, ways: Sequence[Way] = ONE_WAY) -> list[list[int]]:
    seen = TiledDetector(ways, SMALL).look(as_frame(picture), cm_per_px=SMALL.cm_per_px)
    return sorted([round(edge) for edge in box] for box in seen.boxes.tolist())


def expected(*discs: tuple[int, int, int]) -> list[list[int]]:
    return sorted([round(float(edge)) for edge in box_of(*disc)] for disc in discs)


@pytest.mark.parametrize("x", range(20, 280, 7))
def test_a_thing_at_any_place_is_told_once_and_whole(x: int) -> None:
    assert boxes_seen(ground(300, 200, (x, 100, 12))) == expected((x, 100, 12))


def test_neighbours_stay_two_things() -> None:
    discs = [(90, 60, 12), (116, 60, 12)]
    assert boxes_seen(ground(300, 200, *discs)) == expected(*discs)


def test_a_thing_wider_than_the_overlap_is_still_found() -> None:
    assert len(boxes_seen(ground(300, 96, (96, 48, 30)))) >= 1


def test_tiles_cover_the_picture_to_its_edges_and_share_the_overlap() -> None:
    for length in range(1, 700, 13):
        at = starts(length, SMALL)
        assert at[0] == 0
        assert at[-1] + SMALL.side >= length
        assert all(later - earlier <= SMALL.side - SMALL.overlap for earlier, later in pairwise(at))


def test_a_picture_smaller_than_a_tile_is_filled_up_and_not_enlarged() -> None:
    [tile] = tiles(ground(50, 40), SMALL)
    assert tile.image.shape == (96, 96, 3)
    assert tile.image[60, 60].tolist() == [114, 114, 114]


@pytest.mark.parametrize("finer", [2, 4])
def test_a_finer_picture_shows_the_network_the_same_ground(finer: int) -> None:
    looked = SeesBlobs()
    fine = ground(96 * finer, 96 * finer, (48 * finer, 40 * finer, 12 * finer))
    seen = TiledDetector([Way(looked)], SMALL).look(as_frame(fine), cm_per_px=5.0 / finer)
    assert looked.sizes == [(96, 96)]
    assert np.abs(seen.boxes[0] / finer - box_of(48, 40, 12)).max() <= 1.5


def test_a_picture_from_very_high_is_enlarged_only_so_far() -> None:
    looked = SeesBlobs()
    TiledDetector([Way(looked)], SMALL).look(as_frame(ground(24, 24)), cm_per_px=500.0)
    assert len(looked.sizes) == 1


def test_looking_four_ways_finds_the_same_boxes() -> None:
    discs = [(30, 20, 9), (200, 140, 12)]
    four_ways = [Way(SeesBlobs(), turn) for turn in FOUR]
    assert boxes_seen(ground(300, 200, *discs), ways=four_ways) == expected(*discs)


@pytest.mark.parametrize("turn", EIGHT)
def test_a_box_comes_back_from_each_way_of_laying_the_picture(turn: Turn) -> None:
    laid = turn.lay(ground(96, 96, (20, 70, 8)))
    [seen] = SeesBlobs().detect([as_frame(laid)])
    assert turn.back(seen.boxes, 96).tolist() == [box_of(20, 70, 8).tolist()]
