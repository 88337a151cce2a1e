"""A camera's patrol on painted streets: when a lane is blocked, when it is clear, and when nobody can say."""

from collections.abc import Sequence

import pytest

from pipelines.camera_patrol import CameraPatrol, Seen, wanted_rate
from pipelines.memory import read, write
from pipelines.observation import Kind, Observation, Phase, ZoneState
from pipelines.plan import Zone
from pipelines.runner import Post, Runner
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
from tests.clocks import FakeClock
from tests.fakes import ListedSource, Listener, PaintedDetector
from tests.painted import CAR, Box, Light, Scenery, Thing, brighter, shadowed

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


@pytest.mark.parametrize("step", [1.0, 2.0, 4.5])
def test_dropped_frames_do_not_change_the_minute(step: float) -> None:
    times = [i * step for i in range(int(80 / step))]
    fact = began(through(shots(times, PARKED), a_zone(allowed_s=60)))
    assert 60 <= seconds(fact.captured_at) < 60 + step
    assert seconds(fact.began_at) == 0


def test_one_blockage_has_one_life_however_long_it_lasts() -> None:
    seen = through(shots(range(0, 120, 2), PARKED))
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
    seen = through(shots(range(14), PARKED) + shots(range(14, 36), PARKED, scenery=Scenery(light=light)))
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


def test_goods_that_fill_the_whole_lane_are_no_change_of_light() -> None:
    goods = Thing((280, 200, 350, 260), named=False)
    lane = a_zone(box=goods.box, allowed_s=5)
    assert began(through(shots(range(5)) + shots(range(5, 40), goods), lane)).subject == "obstacle"


def test_a_change_of_light_does_not_end_the_blockage_by_goods() -> None:
    goods = Thing((280, 200, 350, 260), named=False)
    dusk = shots(range(30, 60), goods, scenery=Scenery(light=brighter(0.7)))
    assert phases(through(shots(range(5)) + shots(range(5, 30), goods) + dusk)) == [BEGAN]


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


@pytest.mark.parametrize(("allowed_s", "rate"), [(3, 10 / 3), (1, 4), (5, 2), (60, 1), (3600, 1)])
def test_a_camera_is_looked_at_ten_times_in_its_shortest_allowance(allowed_s: float, rate: float) -> None:
    assert wanted_rate(a_camera(a_zone(allowed_s=allowed_s), rate_hz=0)) == pytest.approx(rate)


def test_the_plan_may_ask_for_another_rate() -> None:
    assert wanted_rate(a_camera(rate_hz=0.2)) == 0.2


CART = Thing((460, 180, 540, 260), "stall", coat=5)
SHARED: Box = (40, 150, 620, 330)


def test_a_camera_watches_for_both_kinds_with_one_inference_a_frame() -> None:
    kerb = a_zone("kerb", SHARED, kind=Kind.STREET_VENDING)
    source, listener = ListedSource(shots(range(16), PARKED, CART)), Listener()
    detector = PaintedDetector(source)
    Runner([Post(CameraPatrol(a_camera(a_zone(), kerb)), source)], detector, listener, FakeClock()).run()
    assert {(o.kind, o.zone_id, o.subject) for o in listener.told["north-gate"]} == {
        (Kind.FIRE_LANE, "lane-1", "car"),
        (Kind.STREET_VENDING, "kerb", "stall"),
    }
    assert len(detector.batches) <= len(listener.looks["north-gate"]) == 16


def test_a_cart_that_drives_up_is_vending_since_it_stopped() -> None:
    kerb = a_zone("kerb", SHARED, kind=Kind.STREET_VENDING)
    driven = [shot(t, Thing((60 + 100 * t, 180, 140 + 100 * t, 260), "stall", coat=5)) for t in range(4)]
    fact = began(through(driven + shots(range(4, 20), CART), kerb))
    assert (fact.kind, seconds(fact.began_at), seconds(fact.captured_at)) == (Kind.STREET_VENDING, 4, 14)


def test_a_patrol_with_both_kinds_that_is_killed_remembers_both() -> None:
    kerb = a_zone("kerb", SHARED, kind=Kind.STREET_VENDING)
    patrol = a_patrol(a_zone(), kerb)
    walk(patrol, shots(range(14), PARKED, CART))
    after = CameraPatrol(patrol.camera, memory=read(write(patrol.memory())))
    assert after.memory().lives == patrol.memory().lives
    assert phases(walk(after, shots(range(14, 20), PARKED, CART))) == []
