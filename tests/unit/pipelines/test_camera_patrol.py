"""A camera's patrol on painted streets: when a lane is blocked, when it is clear, and when nobody can say."""

from collections.abc import Sequence

import numpy as np
import pytest

from pipelines.camera_patrol import CameraPatrol, Seen, wanted_rate
from pipelines.observation import Observation, Phase, ZoneState
from pipelines.plan import Zone
from tests.builders import (
    LANE,
    Shot,
    a_camera,
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
from tests.painted import CAR, Light, Scenery, Thing, brighter, moved_by, plain, shadowed
from vision.motion import Transform

PARKED = Thing(CAR)
BESIDE = Thing((262, 262, 382, 328), coat=2)
BEGAN, ENDED = Phase.BEGAN, Phase.ENDED


def began(seen: Sequence[Seen]) -> Observation:
    found = [o for o in told(seen) if o.phase is Phase.BEGAN]
    assert len(found) == 1, [(o.phase, seconds(o.captured_at)) for o in found]
    return found[0]


def state(patrol: CameraPatrol, when: float) -> ZoneState:
    return patrol.zones(at(when), can_see=True)[0].state


def through(taken: Sequence[Shot], *zones: Zone, rate_hz: float = 1.0) -> list[Seen]:
    return walk(a_patrol(*zones, rate_hz=rate_hz), taken)


def test_a_vehicle_that_drives_in_blocks_after_its_allowance() -> None:
    fact = began(through(shots(range(4)) + shots(range(4, 20), PARKED)))
    assert (seconds(fact.began_at), seconds(fact.captured_at), fact.already_there) == (4, 14, False)
    assert (fact.seen_s, fact.unseen_s, fact.subject) == (10, 0, "car")


def test_a_vehicle_already_there_when_we_start_blocks_as_one_that_drives_in() -> None:
    fact = began(through(shots(range(16), PARKED)))
    assert (seconds(fact.began_at), seconds(fact.captured_at), fact.already_there) == (0, 10, True)


@pytest.mark.parametrize("step", [0.5, 2.0, 4.5])
def test_dropped_frames_do_not_change_the_minute(step: float) -> None:
    times = [i * step for i in range(int(80 / step))]
    fact = began(through(shots(times, PARKED), a_zone(allowed_s=60)))
    assert 60 <= seconds(fact.captured_at) < 60 + step
    assert seconds(fact.began_at) == 0


def test_one_blockage_has_one_life_however_long_it_lasts() -> None:
    seen = through(shots(range(0, 200, 2), PARKED))
    assert phases(seen) == [BEGAN]
    assert len({o.life for o in told(seen)}) == 1


def test_a_blockage_ends_when_the_lane_is_seen_clear_and_was_seen_until_then() -> None:
    seen = through(shots(range(26), PARKED) + shots(range(26, 40)))
    last = told(seen)[-1]
    assert (last.phase, last.seen_s, last.unseen_s) == (ENDED, 25, 0)


def test_silence_is_not_ended() -> None:
    patrol = a_patrol()
    seen = walk(patrol, shots(range(15), PARKED))
    assert phases(seen) == [BEGAN]
    assert patrol.zones(at(5000), can_see=False)[0].state is ZoneState.UNKNOWN
    assert phases(walk(patrol, shots(range(5000, 5005), PARKED))) == []


def test_a_blind_gap_pauses_the_dwell_and_is_told_as_unseen() -> None:
    fact = began(through(shots([*range(6), *range(65, 80)], PARKED)))
    assert (seconds(fact.began_at), seconds(fact.captured_at)) == (0, 70)
    assert (fact.seen_s, fact.unseen_s) == (10, 60)


def test_passers_by_do_not_end_a_blockage() -> None:
    crowd = [shot(t, PARKED, Thing((245, 165, 395, 275), "person", coat=50 + t)) for t in range(14, 22)]
    seen = through(shots(range(14), PARKED) + crowd + shots(range(22, 40), PARKED))
    assert phases(seen) == [BEGAN]


def test_misses_of_the_detector_do_not_end_a_blockage() -> None:
    overlooked = Thing(CAR, named=False)
    seen = through(shots(range(14), PARKED) + shots(range(14, 34), overlooked) + shots(range(34, 40), PARKED))
    assert phases(seen) == [BEGAN]


@pytest.mark.parametrize(
    "light",
    [brighter(1.4), brighter(0.45), brighter(1.0, 45), shadowed(0.5, 320), shadowed(0.5, 640)],
    ids=["sun", "dusk", "headlights", "a shadow's edge", "in the shade"],
)
def test_a_change_of_light_neither_ends_a_blockage_nor_doubles_its_thing(light: Light) -> None:
    seen = through(shots(range(14), PARKED) + shots(range(14, 50), PARKED, scenery=Scenery(light=light)))
    assert phases(seen) == [BEGAN]
    assert {o.measures["things"].value for o in told(seen)} == {1}


@pytest.mark.parametrize("light", [brighter(1.4), shadowed(0.5, 320)], ids=["sun", "a shadow's edge"])
def test_a_change_of_light_over_an_empty_lane_is_no_obstacle(light: Light) -> None:
    assert not told(through(shots(range(14)) + shots(range(14, 40), scenery=Scenery(light=light))))


def test_another_vehicle_at_the_same_place_within_the_patience_is_still_the_same_blockage() -> None:
    seen = through(shots(range(15), PARKED) + shots(range(15, 18)) + shots(range(18, 40), Thing(CAR, coat=2)))
    assert phases(seen) == [BEGAN]


def test_two_cars_one_leaves_and_the_lane_is_still_blocked() -> None:
    patrol = a_patrol()
    seen = walk(patrol, shots(range(15), PARKED, BESIDE) + shots(range(15, 40), BESIDE))
    assert phases(seen) == [BEGAN]
    assert state(patrol, 39) is ZoneState.BLOCKED
    assert [o.measures["things"].value for o in told(seen)][-1] == 1


def test_both_leave_and_the_lane_is_clear() -> None:
    patrol = a_patrol()
    seen = walk(patrol, shots(range(15), PARKED, BESIDE) + shots(range(15, 25), BESIDE) + shots(range(25, 40)))
    assert phases(seen) == [BEGAN, ENDED]
    assert state(patrol, 39) is ZoneState.CLEAR


@pytest.mark.parametrize("speed", [20, 35, 60])
def test_slow_traffic_that_creeps_through_never_blocks(speed: float) -> None:
    x1, y1, x2, y2 = CAR
    column = [
        shot(t, *(Thing((x1 + x, y1, x2 + x, y2), coat=10 + i) for i, x in enumerate(_column(t * speed))))
        for t in range(45)
    ]
    assert not told(through(column, a_zone(allowed_s=5)))


def _column(travelled: float) -> list[float]:
    """How far each car of an endless column is from the middle; those out of the painted world are left out."""
    return [x for x in (travelled - 260 - 160 * i for i in range(30)) if -380 < x < 380]


def test_dense_traffic_whose_boxes_overlap_from_look_to_look_never_blocks() -> None:
    queue = [shot(t, Thing((250 + t % 3 * 8, 180, 370 + t % 3 * 8, 260), coat=1000 + t)) for t in range(40)]
    assert not told(through(queue, a_zone(allowed_s=5)))


def test_a_hedge_that_was_called_a_bus_once_never_blocks() -> None:
    hedge = Thing(LANE, "bus", coat=70)
    overlooked = Thing(LANE, "bus", coat=70, named=False)
    assert not told(through(shots(range(5), overlooked) + shots([5], hedge) + shots(range(6, 60), overlooked)))


def test_goods_that_no_detector_names_block_as_well() -> None:
    goods = Thing((280, 200, 350, 260), named=False)
    fact = began(through(shots(range(5)) + shots(range(5, 40), goods), a_zone(allowed_s=5)))
    assert fact.subject == "obstacle"
    assert seconds(fact.began_at) == pytest.approx(5, abs=2)


def test_a_change_of_light_does_not_end_the_blockage_by_goods() -> None:
    goods = Thing((280, 200, 350, 260), named=False)
    dusk = shots(range(30, 60), goods, scenery=Scenery(light=brighter(0.7)))
    assert phases(through(shots(range(5)) + shots(range(5, 30), goods) + dusk)) == [BEGAN]


def sway(t: float) -> Transform:
    return moved_by(9 * np.sin(1.3 * t), 5 * np.cos(0.9 * t))


def slow_zoom(t: float) -> Transform:
    return moved_by(0, 0, 1 + 0.01 * t)


def slow_pan(t: float) -> Transform:
    return moved_by(-4 * t, 1.5 * t)


@pytest.mark.parametrize("pose", [sway, slow_zoom, slow_pan])
def test_a_moving_camera_neither_ends_a_blockage_nor_delays_it(pose: object) -> None:
    assert callable(pose)
    seen = through([shot(t, PARKED, scenery=Scenery(pose=pose(t))) for t in range(40)])
    assert phases(seen) == [BEGAN]
    assert seconds(began(seen).captured_at) == 10


def test_the_zone_goes_along_when_the_camera_pans() -> None:
    """A car beside the lane stays beside it, though it comes to lie where the lane was drawn."""
    beside = Thing((60, 180, 180, 260))
    assert not told(through([shot(t, beside, scenery=Scenery(pose=moved_by(4 * t, 0))) for t in range(45)]))


def test_a_covered_lens_says_unknown_and_not_clear() -> None:
    patrol = a_patrol()
    dark = [Shot(t, plain(20)) for t in range(15, 60)]
    seen = walk(patrol, shots(range(15), PARKED) + dark)
    assert phases(seen) == [BEGAN]
    assert seen[-1].views == ()
    assert state(patrol, 59) is ZoneState.UNKNOWN
    assert phases(walk(patrol, shots(range(60, 70), PARKED))) == []
    assert state(patrol, 69) is ZoneState.BLOCKED


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
    resting = [shot(t, car, scenery=Scenery(pose=moved_by(-9 * 17, 0))) for t in range(30, 60)]
    assert phases(walk(patrol, there + away + resting)) == [BEGAN]


def test_a_lorry_that_passes_before_a_parked_car_does_not_end_its_blockage() -> None:
    lorry = [shot(t, PARKED, Thing((60 * t - 860, 100, 60 * t - 500, 330), "truck", coat=9)) for t in range(14, 24)]
    assert phases(through(shots(range(14), PARKED) + lorry + shots(range(24, 40), PARKED))) == [BEGAN]


def test_onset_is_dated_back_to_when_it_arrived_even_if_the_detector_found_it_late() -> None:
    overlooked = Thing(CAR, named=False)
    seen = through(shots(range(4)) + shots(range(4, 9), overlooked) + shots(range(9, 25), PARKED))
    assert seconds(began(seen).began_at) == pytest.approx(4, abs=1)


def test_exempt_vehicles_do_not_block_and_others_do() -> None:
    engine = Thing(CAR, "truck")
    assert not told(through(shots(range(20), engine), a_zone(exempt=["truck"])))
    assert told(through(shots(range(20), engine), a_zone(exempt=["bus"])))


def test_legal_hours_that_end_while_a_car_stands_start_the_clock_then() -> None:
    fact = began(through(shots(range(0, 90, 3), PARKED), a_zone(legal=["07:00-08:01"])))
    assert seconds(fact.began_at) == 60
    assert 70 <= seconds(fact.captured_at) < 73


def test_two_zones_of_one_camera_are_told_apart() -> None:
    left, right = a_zone("left", (40, 150, 240, 330)), a_zone("right", (260, 150, 560, 330))
    seen = through(shots(range(15), Thing((290, 200, 410, 280))), left, right)
    assert {o.zone_id for o in told(seen)} == {"right"}


def test_the_detector_may_sleep_over_a_still_street_and_the_blockage_goes_on() -> None:
    patrol = a_patrol(a_zone(allowed_s=30))
    seen, slept = [], 0
    for one in shots(range(60), PARKED):
        asleep = patrol.may_sleep(one.frame())
        slept += asleep
        seen.append(patrol.look(one.frame(), None if asleep else one.detections(), now=at(one.when), model="m"))
    assert slept > 30
    assert seconds(began(seen).captured_at) == 30


def test_the_detector_never_sleeps_before_its_first_look() -> None:
    assert not a_patrol().may_sleep(shot(0).frame())


def test_the_detector_never_sleeps_while_a_young_stay_waits_for_a_second_opinion() -> None:
    patrol = a_patrol()
    walk(patrol, shots(range(10)) + shots(range(10, 13), PARKED))
    assert not patrol.may_sleep(shot(13, PARKED).frame())
    walk(patrol, shots(range(13, 18), PARKED))
    assert patrol.may_sleep(shot(18, PARKED).frame())


def test_a_walker_who_stops_in_the_lane_wakes_the_detector() -> None:
    walker = Thing((300, 200, 322, 262), "person")
    patrol = a_patrol()
    walk(patrol, shots(range(3)))
    came = shot(3, walker).frame()
    assert patrol.may_sleep(came)
    patrol.look(came, None, now=at(3), model="m")
    assert not patrol.may_sleep(shot(4, walker).frame())


def test_the_detector_looks_at_least_every_twenty_seconds() -> None:
    patrol = a_patrol()
    walk(patrol, shots(range(3)))
    assert patrol.may_sleep(shot(21).frame())
    assert not patrol.may_sleep(shot(22).frame())


@pytest.mark.parametrize(("allowed_s", "rate"), [(3, 10 / 3), (1, 4), (5, 2), (60, 1), (3600, 1)])
def test_a_camera_is_looked_at_ten_times_in_its_shortest_allowance(allowed_s: float, rate: float) -> None:
    assert wanted_rate(a_camera(a_zone(allowed_s=allowed_s), rate_hz=0)) == pytest.approx(rate)


def test_the_plan_may_ask_for_another_rate() -> None:
    assert wanted_rate(a_camera(rate_hz=0.2)) == 0.2
