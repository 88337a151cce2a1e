"""A patrol that was killed goes on where it was cut off; the time between counts as unseen."""

import json

import numpy as np
import pytest

from pipelines.camera_patrol import CameraPatrol, Seen
from pipelines.memory import CameraMemory, read, write
from pipelines.observation import Phase, ZoneState
from tests.builders import Shot, a_camera, a_patrol, a_zone, at, phases, seconds, shot, shots, told, walk
from tests.painted import CAR, Thing
from vision.stay import Stay

PARKED = Thing(CAR)
BEGAN, ENDED = Phase.BEGAN, Phase.ENDED


def killed_and_restarted(patrol: CameraPatrol) -> CameraPatrol:
    return CameraPatrol(patrol.camera, memory=read(write(patrol.memory())))


def restarted_before(taken: list[Shot], second: float, patrol: CameraPatrol | None = None) -> list[Seen]:
    """The shots looked at by a patrol that is killed and restarted before that second."""
    patrol = patrol or a_patrol()
    before = walk(patrol, [one for one in taken if one.when < second])
    return before + walk(killed_and_restarted(patrol), [one for one in taken if one.when >= second])


def values_of(stay: Stay) -> dict[str, object]:
    """All of a stay but its patch, which is kept a little coarser."""
    return {name: getattr(stay, name) for name in Stay.__slots__ if name not in ("patch", "box")}


def test_nothing_is_lost_by_writing_and_reading() -> None:
    patrol = a_patrol()
    walk(patrol, [*shots(range(14), PARKED), shot(14, PARKED, Thing((245, 165, 395, 275), "bus", coat=50))])
    memory = patrol.memory()
    again = read(write(memory))
    assert again.lives == memory.lives
    assert again.places.looked_at == memory.places.looked_at
    assert [values_of(s) for s in again.places.stays] == [values_of(s) for s in memory.places.stays]
    for kept, stay in zip(again.places.stays, memory.places.stays, strict=True):
        assert kept.box == pytest.approx(stay.box)
        assert np.abs(kept.patch - stay.patch).max() < 0.1


def test_an_empty_memory_can_be_kept() -> None:
    again = read(write(CameraMemory()))
    assert (again.places.stays, again.places.looked_at, again.lives) == ((), None, {})


def test_a_memory_is_small_enough_to_be_written_every_few_seconds() -> None:
    patrol = a_patrol()
    walk(patrol, shots(range(12), PARKED, Thing((60, 180, 180, 260), coat=2)))
    assert len(write(patrol.memory())) < 6000


def test_a_restart_in_the_middle_of_a_dwell_goes_on_and_counts_the_gap_as_unseen() -> None:
    seen = restarted_before(shots([*range(6), *range(45, 60)], PARKED), 45)
    fact = next(o for o in told(seen) if o.phase is BEGAN)
    assert (seconds(fact.began_at), seconds(fact.captured_at)) == (0, 50)
    assert (fact.seen_s, fact.unseen_s) == (10, 40)


@pytest.mark.parametrize("second", [1, 3, 9, 10, 11, 20, 31, 32, 38])
def test_a_kill_at_any_moment_neither_loses_nor_doubles_a_blockage(second: float) -> None:
    taken = shots(range(2)) + shots(range(2, 30), PARKED) + shots(range(30, 45))
    seen = restarted_before(taken, second)
    assert phases(seen) == [BEGAN, ENDED]
    assert len({o.life for o in told(seen)}) == 1
    assert seconds(told(seen)[0].began_at) == pytest.approx(2, abs=1)


def test_a_restart_without_a_gap_changes_no_time() -> None:
    taken = shots(range(20), PARKED)
    plain, killed = walk(a_patrol(), taken), restarted_before(taken, 7)
    assert [(o.began_at, o.captured_at, o.seen_s) for o in told(plain)] == [
        (o.began_at, o.captured_at, o.seen_s) for o in told(killed)
    ]


def test_a_car_that_left_while_the_patrol_was_dead_has_ended_once_that_is_seen() -> None:
    seen = restarted_before(shots(range(15), PARKED) + shots(range(300, 315)), 300)
    assert phases(seen) == [BEGAN, ENDED]
    last = told(seen)[-1]
    assert (last.seen_s, last.unseen_s) == (14, 0)


def test_a_zone_remembers_its_state_but_says_unknown_until_it_has_looked() -> None:
    patrol = a_patrol()
    walk(patrol, shots(range(15), PARKED))
    after = killed_and_restarted(patrol)
    assert after.zones(at(20), can_see=True)[0].state is ZoneState.UNKNOWN
    walk(after, shots([20], PARKED))
    assert after.zones(at(20), can_see=True)[0].state is ZoneState.BLOCKED


def test_footage_that_is_read_again_after_a_restart_is_known() -> None:
    patrol = a_patrol()
    walk(patrol, shots(range(5)))
    after = killed_and_restarted(patrol)
    assert after.knows(shot(4).frame())
    assert not after.knows(shot(5).frame())


def test_a_zone_that_the_plan_no_longer_has_is_forgotten() -> None:
    patrol = a_patrol(a_zone("old"))
    walk(patrol, shots(range(15), PARKED))
    after = CameraPatrol(a_camera(a_zone("new")), memory=read(write(patrol.memory())))
    assert set(after.memory().lives) == {"new"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"looked_at": null, "stays": [{}], "lives": {}}',
        '{"looked_at": 5, "stays": [], "lives": {}}',
        '{"looked_at": null, "stays": [], "lives": 5}',
        '{"looked_at": null, "stays": [], "lives": ["lane-1"]}',
        '{"looked_at": null, "stays": [], "lives": {"a": 5}}',
    ],
)
def test_a_text_that_is_no_memory_is_refused(text: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        read(text)


def test_a_memory_that_lost_a_field_is_refused() -> None:
    patrol = a_patrol()
    walk(patrol, shots(range(3), PARKED))
    body = json.loads(write(patrol.memory()))
    del body["stays"][0]["patch"]
    with pytest.raises(KeyError):
        read(json.dumps(body))


def test_a_memory_from_before_stays_knew_whether_they_came_is_read() -> None:
    patrol = a_patrol()
    walk(patrol, shots(range(3), PARKED))
    body = json.loads(write(patrol.memory()))
    del body["stays"][0]["came"]
    assert not read(json.dumps(body)).places.stays[0].came
