"""The fire-lane rule: what counts as standing in the lane, for how long, and how much width it leaves."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from pipelines.blockage import Moment
from pipelines.fire_lane import FireLane
from pipelines.observation import Measure, Observation, Phase, ZoneState
from pipelines.plan import Calibration, Zone
from pipelines.rule import ZoneView, observation
from pipelines.standing import confidence, stands_in
from pipelines.street import OBSTACLE, Scene
from tests.builders import LANE, MODEL, a_camera, a_scene, a_stay, a_zone, at, seconds
from tests.painted import CAR, HEIGHT, WIDTH, Box
from vision.geometry import points
from vision.stay import Stay, Tuning

FROM_ABOVE = Calibration(points([(0, 0), (1, 0), (1, 1), (0, 1)]), points([(0, 0), (16, 0), (16, 9), (0, 9)]))
"""A camera that looks straight down: forty pixels a metre."""
ALONG = Calibration(points([(0.1, 1), (0.9, 1), (0.6, 0.1), (0.4, 0.1)]), points([(0, 0), (6, 0), (6, 40), (0, 40)]))
"""A camera that looks along a six metre lane from above its middle."""
SIX_WIDE: Box = (200, 0, 440, 360)
"""Six metres of lane for FROM_ABOVE, as long as the picture is high."""


def a_lane(zone: Zone | None = None) -> FireLane:
    return FireLane(zone or a_zone(), Tuning())


def looked(lane: FireLane, scene: Scene) -> ZoneView:
    return lane.look(scene, Moment(scene.at, scene.at))


def told(lane: FireLane, scene: Scene) -> Observation | None:
    view = looked(lane, scene)
    moment = Moment(scene.at, scene.at)
    return None if view.told is None else observation(view, a_camera(), scene, moment, MODEL)


def watched(lane: FireLane, times: Sequence[float]) -> list[Observation]:
    """What is told while a car stands in the lane from second 0 on."""
    heard = [told(lane, a_scene(t, a_stay(CAR, t))) for t in times]
    return [o for o in heard if o is not None]


def measured(zone: Zone, *boxes: Box) -> Mapping[str, Measure]:
    lane = FireLane(zone, Tuning())
    return looked(lane, a_scene(20, *(a_stay(box, 20) for box in boxes))).measures


def test_a_car_blocks_when_it_has_stood_as_long_as_is_allowed() -> None:
    heard = watched(a_lane(a_zone(allowed_s=10)), range(30))
    assert heard[0].phase is Phase.BEGAN
    assert (seconds(heard[0].began_at), seconds(heard[0].captured_at)) == (0, 10)


def test_what_the_service_is_told_carries_who_where_when_and_how_sure() -> None:
    fact = watched(a_lane(), range(11))[0]
    assert (fact.kind, fact.source_id, fact.zone_id, fact.subject) == ("fire_lane", "north-gate", "lane-1", "car")
    assert (fact.decided_by, fact.seen_s, fact.unseen_s) == (MODEL, 10, 0)
    assert 0.8 < fact.confidence <= 1


@pytest.mark.parametrize("label", ["person", "truck"])
def test_people_and_exempt_classes_never_block(label: str) -> None:
    lane = a_lane(a_zone(exempt=["truck"]))
    assert told(lane, a_scene(100, a_stay(CAR, 100, label=label))) is None
    assert lane.life.state is ZoneState.CLEAR


def test_a_class_that_is_not_exempt_blocks_beside_one_that_is() -> None:
    lane = a_lane(a_zone(exempt=["truck"]))
    fact = told(lane, a_scene(100, a_stay(CAR, 100, label="truck"), a_stay(CAR, 100, label="car")))
    assert fact is not None
    assert (fact.subject, fact.measures["things"].value) == ("car", 1)


@pytest.mark.parametrize(
    "stay",
    [
        a_stay(CAR, 100, hits=1),
        a_stay(CAR, 100, hits=10, awake=50),
        a_stay(CAR, 100, seen=2),
        a_stay((10, 10, 90, 70), 100),
    ],
    ids=["detected once", "detected too seldom", "seen too few times", "elsewhere"],
)
def test_what_is_no_thing_in_the_lane_does_not_occupy_it(stay: Stay) -> None:
    lane = a_lane()
    assert told(lane, a_scene(100, stay)) is None
    assert lane.life.state is ZoneState.CLEAR


def test_a_thing_without_a_name_blocks_after_ten_seconds_however_short_the_allowance() -> None:
    lane = a_lane(a_zone(allowed_s=3))
    assert told(lane, a_scene(9, a_stay(CAR, 9, label=OBSTACLE))) is None
    assert told(lane, a_scene(10, a_stay(CAR, 10, label=OBSTACLE))) is not None


def test_a_thing_without_a_name_that_is_found_in_half_of_the_looks_is_a_shadow() -> None:
    assert told(a_lane(), a_scene(100, a_stay(CAR, 100, label=OBSTACLE, hits=5, awake=10))) is None


def test_a_car_that_is_hidden_when_its_time_is_up_is_told_when_it_is_seen_again() -> None:
    lane = a_lane()
    assert told(lane, a_scene(12, a_stay(CAR, 8, absent_since=9))) is None
    assert told(lane, a_scene(13, a_stay(CAR, 13, hidden_s=4))) is not None


def test_a_blind_gap_does_not_count_towards_the_allowance() -> None:
    lane = a_lane()
    assert told(lane, a_scene(65, a_stay(CAR, 65, blind_s=60))) is None
    fact = told(lane, a_scene(70, a_stay(CAR, 70, blind_s=60)))
    assert fact is not None
    assert (fact.seen_s, fact.unseen_s) == (10, 60)


def test_waiting_for_a_car_that_left_is_not_time_in_which_nobody_looked() -> None:
    lane = a_lane()
    watched(lane, range(26))
    for t in range(26, 31):
        told(lane, a_scene(t, a_stay(CAR, 25, hidden_s=t - 25.0, absent_since=26)))
    fact = told(lane, a_scene(31))
    assert fact is not None
    assert (fact.phase, fact.seen_s, fact.unseen_s) == (Phase.ENDED, 25, 0)


def test_during_legal_hours_nothing_blocks_and_the_lane_is_not_called_occupied() -> None:
    lane = a_lane(a_zone(legal=["08:00-09:00"]))
    assert not watched(lane, range(0, 600, 5))
    assert lane.life.state is ZoneState.CLEAR


def test_legal_hours_that_end_while_a_car_stands_start_its_clock() -> None:
    lane = a_lane(a_zone(legal=["07:00-08:01"]))
    heard = watched(lane, range(100))
    assert seconds(heard[0].captured_at) == pytest.approx(70, abs=1)
    assert seconds(heard[0].began_at) == pytest.approx(60, abs=1)


def test_legal_hours_that_ended_before_a_restart_still_count_as_legal() -> None:
    zone = a_zone(legal=["07:00-08:01"])
    before = a_lane(zone)
    watched(before, range(64))
    after = FireLane(zone, Tuning(), before.memory())
    heard = watched(after, range(64, 100))
    assert seconds(heard[0].captured_at) == pytest.approx(70, abs=1)
    assert seconds(heard[0].began_at) == pytest.approx(60, abs=1)


def test_a_blind_gap_within_legal_hours_does_not_put_the_raise_off() -> None:
    lane = a_lane(a_zone(legal=["07:00-08:01"]))
    heard = [told(lane, a_scene(t, a_stay(CAR, t, blind_s=40))) for t in range(50, 100)]
    began = next(o for o in heard if o is not None)
    assert seconds(began.captured_at) == pytest.approx(70, abs=1)


def test_a_blockage_ends_when_legal_hours_begin() -> None:
    heard = watched(a_lane(a_zone(legal=["08:01-09:00"])), range(100))
    assert [o.phase for o in heard if o.phase is not Phase.CONTINUES] == [Phase.BEGAN, Phase.ENDED]
    assert seconds(heard[-1].captured_at) == 60


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        (CAR, True),
        ((150, 160, 260, 240), True),
        ((90, 160, 210, 240), False),
        ((260, 60, 380, 165), False),
        ((260, 20, 380, 200), True),
        ((180, 20, 460, 345), True),
        ((0, 0, 640, 359), True),
    ],
    ids=[
        "in the lane",
        "half over its side",
        "beside it, with a wheel on its line",
        "behind it, its feet at the far end",
        "its roof beyond the far end, its feet in the lane",
        "a lorry as large as the lane",
        "a lorry larger than the lane",
    ],
)
def test_a_thing_stands_where_its_lower_half_stands(box: Box, expected: bool) -> None:
    polygon = a_zone().polygon * (WIDTH, HEIGHT)
    assert stands_in(np.array(box, np.float32), polygon) is expected


def test_without_a_calibration_no_width_is_claimed() -> None:
    assert set(measured(a_zone(), CAR)) == {"things"}


@pytest.mark.parametrize(
    ("boxes", "left"),
    [
        ([(200, 120, 272, 300)], 4.2),
        ([(284, 120, 356, 300)], 2.1),
        ([(200, 20, 272, 120), (368, 240, 440, 340)], 4.2),
        ([(200, 120, 272, 300), (368, 120, 440, 300)], 2.4),
        ([(230, 120, 410, 192)], 0.75),
    ],
    ids=["at the kerb", "in the middle", "two, one after the other", "two side by side", "across"],
)
def test_the_clear_width_is_measured_on_the_ground(boxes: list[Box], left: float) -> None:
    found = measured(a_zone(box=SIX_WIDE, calibration=FROM_ABOVE), *boxes)
    assert found["clear_width"].value == pytest.approx(left, abs=0.01)
    assert found["lane_width"].value == pytest.approx(6.0, abs=0.01)
    assert found["required_width"] == Measure(4.0, "m")


def test_the_clear_width_is_measured_in_perspective() -> None:
    polygon = points([(0.1, 1), (0.9, 1), (0.6, 0.1), (0.4, 0.1)])
    ground = ALONG.ground((WIDTH, HEIGHT))
    back = np.linalg.inv(ground.matrix)
    feet = np.array([(2.0, 12.0, 1.0), (4.0, 12.0, 1.0)]) @ back.T
    (x1, y2), (x2, _) = feet[:, :2] / feet[:, 2:]
    zone = a_zone(calibration=ALONG)
    zone = Zone(zone.id, zone.kind, polygon, 10, zone.name, zone.exempt, zone.legal, ALONG)
    found = measured(zone, (float(x1), float(y2) - 60, float(x2), float(y2)))
    assert found["clear_width"].value == pytest.approx(2.1, abs=0.05)
    assert found["lane_width"].value == pytest.approx(6.0, abs=0.05)


def test_a_steadily_seen_thing_is_surer_than_a_flickering_one_and_never_surer_than_one() -> None:
    steady, flickering = a_stay(CAR, 10, score=0.6), a_stay(CAR, 10, score=0.6, hits=4)
    assert 0.6 < confidence(flickering) < confidence(steady) < 1


def test_a_zone_reports_its_state_and_since_when() -> None:
    lane = a_lane()
    watched(lane, range(12))
    report = lane.report(at(11))
    assert (report.zone_id, report.state, report.since, report.captured_at) == (
        "lane-1",
        ZoneState.BLOCKED,
        at(10),
        at(11),
    )


def test_the_lane_of_the_builders_is_where_the_tests_think_it_is() -> None:
    assert (a_zone().polygon * (WIDTH, HEIGHT)).min(axis=0) == pytest.approx(LANE[:2])
