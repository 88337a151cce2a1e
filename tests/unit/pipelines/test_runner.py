"""The loop of a patrol: frames of all cameras in one batch, failures told apart from empty streets."""

import pytest

from pipelines.camera_patrol import CameraPatrol
from pipelines.footage import BadSource, SourceBroke
from pipelines.observation import CameraReport, CameraState, Phase, ZoneState
from pipelines.runner import Post, Runner, report
from tests.builders import Shot, a_camera, at, seconds, shot, shots
from tests.clocks import FakeClock
from tests.fakes import ListedSource, Listener, PaintedDetector
from tests.painted import CAR, Thing
from vision.detector import DetectorFailed

PARKED = Thing(CAR)
BUSY = DetectorFailed("painted", "the device is busy", again=True)
GONE = DetectorFailed("painted", "the weights are gone", again=False)


def a_post(source: ListedSource) -> Post:
    return Post(CameraPatrol(a_camera(camera_id=source.source_id)), source)


def a_runner(*posts: Post, detector: PaintedDetector, listener: Listener | None = None) -> Runner:
    return Runner(posts, detector, listener or Listener(), FakeClock())


def heard_from(source: ListedSource, *refuses: DetectorFailed) -> Listener:
    """What one camera's footage brings from beginning to end."""
    listener = Listener()
    a_runner(a_post(source), detector=PaintedDetector(source, refuses=refuses), listener=listener).run()
    return listener


def heartbeat(post: Post) -> CameraReport:
    return report(post, FakeClock(at(100)))


def test_footage_is_looked_at_to_its_end_in_order() -> None:
    listener = heard_from(ListedSource(shots(range(16), PARKED)))
    assert listener.looks["north-gate"] == [at(t) for t in range(16)]
    assert [(o.phase, seconds(o.captured_at)) for o in listener.told["north-gate"]] == [(Phase.BEGAN, 10)]


def test_facts_carry_the_name_of_the_detector_and_the_time_of_the_decision() -> None:
    fact = heard_from(ListedSource(shots(range(16), PARKED))).told["north-gate"][0]
    assert fact.decided_by == "painted@00000000"
    assert fact.decided_at == FakeClock().now()


def test_two_cameras_go_through_the_detector_as_one_batch() -> None:
    north = ListedSource(shots(range(12), PARKED))
    south = ListedSource(shots(range(12), Thing(CAR, coat=2)), "south-gate")
    detector = PaintedDetector(north, south)
    a_runner(a_post(north), a_post(south), detector=detector).turn()
    assert detector.batches == [["north-gate", "south-gate"]]


def test_two_cameras_do_not_mix() -> None:
    north = ListedSource(shots(range(4)) + shots(range(4, 20), PARKED))
    south = ListedSource(shots(range(0, 40, 2)), "south-gate")
    detector, listener = PaintedDetector(north, south), Listener()
    a_runner(a_post(north), a_post(south), detector=detector, listener=listener).run()
    assert [seconds(o.began_at) for o in listener.told["north-gate"]] == [4]
    assert listener.told["south-gate"] == []
    assert listener.looks["south-gate"] == [at(t) for t in range(0, 40, 2)]


def test_a_camera_that_has_no_new_frame_does_not_hold_the_others_up() -> None:
    late: list[Shot | None] = [None, None, *shots(range(2, 4))]
    north, south = ListedSource(shots(range(4))), ListedSource(late, "south-gate")
    detector, listener = PaintedDetector(north, south), Listener()
    runner = a_runner(a_post(north), a_post(south), detector=detector, listener=listener)
    assert [runner.turn(), runner.turn(), runner.turn()] == [1, 1, 2]
    assert len(listener.looks["north-gate"]) == 3


def test_a_runner_with_nothing_to_do_sleeps_instead_of_spinning() -> None:
    clock, source = FakeClock(), ListedSource([None] * 50)
    Runner([a_post(source)], PaintedDetector(), Listener(), clock).run()
    assert 0.5 < clock.monotonic() < 5


def test_a_camera_that_broke_ends_alone_and_says_why() -> None:
    broken = ListedSource(shots(range(3)), then=SourceBroke("cut off at 3.0 s", at=3.0, again=False))
    other = ListedSource(shots(range(12), PARKED), "south-gate")
    posts, listener = (a_post(broken), a_post(other)), Listener()
    a_runner(*posts, detector=PaintedDetector(broken, other), listener=listener).run()
    assert [o.phase for o in listener.told["south-gate"]] == [Phase.BEGAN]
    assert isinstance(posts[0].broke, SourceBroke)
    assert heartbeat(posts[0]).why == "cut off at 3.0 s"


def test_a_source_that_is_no_source_ends_its_camera() -> None:
    post = a_post(ListedSource([], then=BadSource("is not a video")))
    a_runner(post, detector=PaintedDetector()).run()
    assert (post.ended, post.looked) == (True, 0)
    assert isinstance(post.broke, BadSource)


def test_a_detector_that_could_not_look_has_not_seen_an_empty_street() -> None:
    source = ListedSource(shots(range(40), PARKED))
    post, listener = a_post(source), Listener()
    detector = PaintedDetector(source, refuses=[BUSY] * 15)
    runner = a_runner(post, detector=detector, listener=listener)
    for _ in range(15):
        runner.turn()
    assert listener.looks == {}
    assert heartbeat(post).zones[0].state is ZoneState.UNKNOWN
    runner.run()
    assert [o.phase for o in listener.told["north-gate"]] == [Phase.BEGAN]


def test_a_detector_that_fails_for_a_while_ends_no_blockage() -> None:
    source = ListedSource(shots(range(40), PARKED))
    post, listener = a_post(source), Listener()
    working = a_runner(post, detector=PaintedDetector(source), listener=listener)
    for _ in range(12):
        working.turn()
    failing = a_runner(post, detector=PaintedDetector(source, refuses=[BUSY] * 10), listener=listener)
    failing.run()
    assert [o.phase for o in listener.told["north-gate"]] == [Phase.BEGAN]


def test_a_camera_whose_detector_fails_is_degraded_and_knows_nothing_of_its_zones() -> None:
    source = ListedSource(shots(range(2)))
    post = a_post(source)
    runner = a_runner(post, detector=PaintedDetector(source, refuses=[BUSY]))
    runner.turn()
    beat = heartbeat(post)
    assert (beat.state, beat.why) == (CameraState.DEGRADED, str(BUSY))
    assert {zone.state for zone in beat.zones} == {ZoneState.UNKNOWN}
    runner.turn()
    assert heartbeat(post).state is CameraState.OK
    assert {zone.state for zone in heartbeat(post).zones} == {ZoneState.CLEAR}


def test_a_detector_that_will_never_look_again_stops_the_runner() -> None:
    source = ListedSource(shots(range(2)))
    with pytest.raises(DetectorFailed, match="the weights are gone"):
        heard_from(source, GONE)


def test_the_detector_sleeps_over_a_street_where_nothing_changes() -> None:
    source = ListedSource(shots(range(19)))
    post, detector = a_post(source), PaintedDetector(source)
    a_runner(post, detector=detector).run()
    assert post.looked == 19
    assert len(detector.batches) == 19 - post.slept == 1


def test_one_camera_may_sleep_while_another_wakes() -> None:
    still = ListedSource(shots(range(3)))
    busy = ListedSource([shot(t, Thing((100 + 60 * t, 180, 220 + 60 * t, 260))) for t in range(3)], "south-gate")
    detector = PaintedDetector(still, busy)
    a_runner(a_post(still), a_post(busy), detector=detector).run()
    assert detector.batches == [["north-gate", "south-gate"], ["south-gate"], ["south-gate"]]


def test_a_runner_that_is_told_to_stop_stops_between_looks() -> None:
    source, listener = ListedSource(shots(range(20))), Listener()
    runner = a_runner(a_post(source), detector=PaintedDetector(source), listener=listener)
    runner.run(until=lambda: len(listener.looks.get("north-gate", [])) >= 5)
    assert len(listener.looks["north-gate"]) == 5


def test_a_heartbeat_says_how_much_was_really_looked_at() -> None:
    source = ListedSource(shots(range(5)))
    post = a_post(source)
    a_runner(post, detector=PaintedDetector(source)).turn()
    beat = heartbeat(post)
    assert (beat.source_id, beat.asked_hz, beat.delivered_hz, beat.sampled, beat.dropped) == (
        "north-gate",
        1,
        0.9,
        1,
        3,
    )
    assert beat.reported_at == at(100)


def test_a_blind_camera_says_unknown_of_every_zone() -> None:
    source = ListedSource(shots(range(12), PARKED))
    post = a_post(source)
    runner = a_runner(post, detector=PaintedDetector(source))
    for _ in range(12):
        runner.turn()
    assert heartbeat(post).zones[0].state is ZoneState.BLOCKED
    source.says = CameraState.BLIND
    beat = heartbeat(post)
    assert (beat.state, beat.zones[0].state) == (CameraState.BLIND, ZoneState.UNKNOWN)


def test_a_camera_whose_footage_is_over_is_blind_and_its_lanes_unknown() -> None:
    source = ListedSource(shots(range(3)))
    post = a_post(source)
    a_runner(post, detector=PaintedDetector(source)).run()
    beat = heartbeat(post)
    assert (beat.state, beat.why) == (CameraState.BLIND, "the footage is over")
    assert beat.zones[0].state is ZoneState.UNKNOWN


def test_frames_that_are_read_again_after_a_restart_are_passed_over() -> None:
    first, again = ListedSource(shots(range(12), PARKED)), ListedSource(shots(range(20), PARKED))
    post, listener = a_post(first), Listener()
    a_runner(post, detector=PaintedDetector(first), listener=listener).run()
    after = Post(CameraPatrol(post.patrol.camera, memory=post.patrol.memory()), again)
    a_runner(after, detector=PaintedDetector(again), listener=listener).run()
    assert listener.looks["north-gate"] == [at(t) for t in range(20)]
    assert [o.phase for o in listener.told["north-gate"]] == [Phase.BEGAN]
