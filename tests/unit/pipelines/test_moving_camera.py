"""A patrol whose camera sways, zooms, pans, is covered or looks elsewhere."""

import numpy as np
import pytest

from pipelines.camera_patrol import CameraPatrol
from pipelines.observation import Phase, ZoneState
from tests.builders import (
    Shot,
    a_patrol,
    a_zone,
    at,
    phases,
    seconds,
    shot,
    shots,
    told,
    walk,
)
from tests.painted import CAR, Scenery, Thing, moved_by, plain
from vision.motion import Transform

PARKED = Thing(CAR)
BEGAN = Phase.BEGAN


def state(patrol: CameraPatrol, when: float) -> ZoneState:
    return patrol.zones(at(when), can_see=True)[0].state


def sway(t: float) -> Transform:
    return moved_by(9 * np.sin(1.3 * t), 5 * np.cos(0.9 * t))


def slow_zoom(t: float) -> Transform:
    return moved_by(0, 0, 1 + 0.01 * t)


def slow_pan(t: float) -> Transform:
    return moved_by(-4 * t, 1.5 * t)


@pytest.mark.parametrize("pose", [sway, slow_zoom, slow_pan])
def test_a_moving_camera_neither_ends_a_blockage_nor_delays_it(pose: object) -> None:
    assert callable(pose)
    seen = walk(a_patrol(), [shot(t, PARKED, scenery=Scenery(pose=pose(t))) for t in range(24)])
    assert phases(seen) == [BEGAN]
    assert seconds(told(seen)[0].captured_at) == 10


def test_the_zone_goes_along_when_the_camera_pans() -> None:
    """A car beside the lane stays beside it, though it comes to lie where the lane was drawn."""
    beside = Thing((60, 180, 180, 260))
    assert not told(walk(a_patrol(), [shot(t, beside, scenery=Scenery(pose=moved_by(4 * t, 0))) for t in range(32)]))


def test_a_covered_lens_says_unknown_and_not_clear() -> None:
    patrol = a_patrol()
    dark = [Shot(t, plain(20)) for t in range(15, 40)]
    seen = walk(patrol, shots(range(15), PARKED) + dark)
    assert phases(seen) == [BEGAN]
    assert seen[-1].views == ()
    assert state(patrol, 39) is ZoneState.UNKNOWN
    assert phases(walk(patrol, shots(range(40, 46), PARKED))) == []
    assert state(patrol, 45) is ZoneState.BLOCKED


def test_a_lane_that_was_clear_is_unknown_while_the_camera_looks_elsewhere() -> None:
    patrol = a_patrol()
    walk(patrol, shots(range(5)) + shots(range(5, 8), scenery=Scenery(ground=99)))
    assert state(patrol, 8) is ZoneState.UNKNOWN


def test_a_lane_that_slid_out_of_the_picture_is_unknown_and_not_clear() -> None:
    patrol = a_patrol(a_zone(box=(20, 100, 140, 330)))
    walk(patrol, [shot(t, scenery=Scenery(pose=moved_by(-9 * t, 0))) for t in range(20)])
    assert state(patrol, 20) is ZoneState.UNKNOWN


def test_a_blocked_lane_that_slid_out_of_the_picture_has_not_ended() -> None:
    car = Thing((20, 180, 120, 250))
    patrol = a_patrol(a_zone(box=(10, 100, 140, 330)))
    there = shots(range(12), car)
    away = [shot(t, car, scenery=Scenery(pose=moved_by(-9 * (t - 12), 0))) for t in range(12, 30)]
    resting = [shot(t, car, scenery=Scenery(pose=moved_by(-9 * 17, 0))) for t in range(30, 45)]
    assert phases(walk(patrol, there + away + resting)) == [BEGAN]
