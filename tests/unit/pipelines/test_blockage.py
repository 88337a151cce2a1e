"""The life of one blockage: from the first thing that stood too long to the moment the last one is gone."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.blockage import Moment, Standing, Told, ZoneLife, step
from pipelines.observation import Phase, ZoneState
from tests.builders import at, seconds

ALLOWED_S = 10.0
LATENCY = timedelta(seconds=2)
"""How long after its capture a look is decided on."""


def standing(
    since: float, now: float, *, label: str = "car", unseen_s: float = 0.0, confidence: float = 0.8
) -> Standing:
    """Something that has stood there from `since` and is seen at `now`."""
    dwell = now - since - unseen_s
    return Standing(
        label=label,
        since=at(since),
        seen_at=at(now),
        dwell_s=dwell,
        seen_s=dwell,
        unseen_s=unseen_s,
        confidence=confidence,
        already_there=since == 0,
        met=dwell >= ALLOWED_S,
    )


def moment(when: float) -> Moment:
    return Moment(at(when), at(when) + LATENCY)


def lived(
    looks: Sequence[tuple[float, Sequence[Standing]]], life: ZoneLife | None = None
) -> tuple[ZoneLife, list[Told]]:
    life, heard = life or ZoneLife(), []
    for when, things in looks:
        life, told = step(life, things, moment(when), retell_s=30.0)
        heard += [told] if told else []
    return life, heard


def parked(since: float, until: float) -> list[tuple[float, list[Standing]]]:
    return [(t, [standing(since, t)]) for t in range(int(since), int(until) + 1)]


def phases(heard: Sequence[Told]) -> list[Phase]:
    return [told.phase for told in heard]


def test_nothing_is_known_before_the_first_look() -> None:
    assert ZoneLife().state is ZoneState.UNKNOWN


def test_an_empty_place_is_clear_since_the_look_that_first_found_it_so() -> None:
    life, heard = lived([(3, []), (4, []), (5, [])])
    assert (life.state, life.since, heard) == (ZoneState.CLEAR, at(3), [])


def test_a_thing_that_may_still_stand_there_occupies_the_place() -> None:
    life, heard = lived([(0, []), *parked(1, 10)])
    assert (life.state, life.since, heard) == (ZoneState.OCCUPIED, at(1), [])


def test_a_place_that_is_left_in_time_is_clear_and_nothing_is_told() -> None:
    life, heard = lived([*parked(1, 9), (10, [])])
    assert (life.state, life.since, heard) == (ZoneState.CLEAR, at(10), [])


def test_a_blockage_begins_when_its_thing_has_stood_too_long() -> None:
    life, heard = lived([(0, []), *parked(1, 11)])
    assert phases(heard) == [Phase.BEGAN]
    blockage = heard[0].blockage
    assert (life.state, life.since) == (ZoneState.BLOCKED, at(11))
    assert (blockage.began_at, blockage.dwell_met_at) == (at(1), at(11))
    assert (blockage.seen_s, blockage.unseen_s) == (10, 0)
    assert not blockage.already_there


def test_a_blockage_says_when_this_machine_first_noticed_its_thing() -> None:
    _, heard = lived([(0, []), *parked(1, 11)])
    assert heard[0].blockage.noticed_at == at(1) + LATENCY


def test_what_already_stood_there_blocks_as_well() -> None:
    _, heard = lived(parked(0, 10))
    assert heard[0].blockage.already_there


def test_of_several_things_the_one_that_has_stood_longest_gives_the_onset() -> None:
    both = [standing(2, 14, label="van"), standing(1, 14, label="bus")]
    _, heard = lived([(14, both)])
    assert (heard[0].blockage.subject, seconds(heard[0].blockage.began_at), heard[0].blockage.things) == ("bus", 1, 2)


def test_a_place_that_stays_blocked_is_told_once_and_retold_every_half_minute() -> None:
    _, heard = lived(parked(0, 100))
    assert [(told.phase, seconds(told.blockage.told_at)) for told in heard] == [
        (Phase.BEGAN, 10),
        (Phase.CONTINUES, 40),
        (Phase.CONTINUES, 70),
        (Phase.CONTINUES, 100),
    ]


def test_a_second_car_is_told_at_once_as_the_same_blockage() -> None:
    _, heard = lived([*parked(0, 15), (16, [standing(0, 16), standing(16, 16)])])
    assert phases(heard) == [Phase.BEGAN, Phase.CONTINUES]
    assert heard[1].blockage.things == 2
    assert heard[1].blockage.began_at == heard[0].blockage.began_at


def test_of_two_cars_one_leaves_and_the_place_is_still_blocked() -> None:
    both = [(t, [standing(0, t), standing(5, t)]) for t in range(20)]
    life, heard = lived([*both, *[(t, [standing(5, t)]) for t in range(20, 40)]])
    assert life.state is ZoneState.BLOCKED
    assert Phase.ENDED not in phases(heard)
    assert {told.blockage.began_at for told in heard} == {at(0)}


def test_a_car_that_takes_the_place_of_another_continues_its_blockage() -> None:
    life, heard = lived([*parked(0, 20), (21, [standing(21, 21)]), (22, [standing(21, 22)])])
    assert life.state is ZoneState.BLOCKED
    assert phases(heard) == [Phase.BEGAN]


def test_a_blockage_ends_once_when_the_place_is_seen_empty() -> None:
    life, heard = lived([*parked(0, 20), (21, []), (22, [])])
    assert phases(heard) == [Phase.BEGAN, Phase.ENDED]
    assert (life.state, life.since, life.blockage) == (ZoneState.CLEAR, at(21), None)


def test_what_is_told_of_an_ended_blockage_reaches_to_the_last_time_it_was_seen() -> None:
    _, heard = lived([*parked(2, 20), (25, [])])
    last = heard[-1].blockage
    assert seconds(last.began_at) + last.seen_s + last.unseen_s == 20


def test_the_next_blockage_of_the_place_is_another_one() -> None:
    _, heard = lived([*parked(0, 20), (21, []), *parked(30, 45)])
    assert phases(heard) == [Phase.BEGAN, Phase.ENDED, Phase.BEGAN]
    assert heard[2].blockage.began_at == at(30)


def test_time_in_which_nobody_looked_is_told_apart() -> None:
    seen, blind = parked(0, 12), [(t, [standing(0, t, unseen_s=60)]) for t in range(73, 110)]
    _, heard = lived([*seen, *blind])
    last = heard[-1].blockage
    assert last.unseen_s == 60
    assert seconds(last.began_at) + last.seen_s + last.unseen_s == seconds(last.seen_at)


def test_a_blockage_is_as_sure_as_its_surest_look() -> None:
    looks = [(t, [standing(0, t, confidence=0.9 if t == 20 else 0.6)]) for t in range(41)]
    assert lived(looks)[1][-1].blockage.confidence == pytest.approx(0.9)


patterns = st.lists(st.lists(st.integers(0, 60), max_size=3), min_size=1, max_size=60)


@given(patterns)
def test_every_beginning_has_at_most_one_end_and_nothing_else_between_lives(arrivals: list[list[int]]) -> None:
    looks = [(t, [standing(s, t) for s in things if s <= t]) for t, things in enumerate(arrivals)]
    life, heard = lived(looks)
    edges = [phase for phase in phases(heard) if phase is not Phase.CONTINUES]
    assert edges[::2] == [Phase.BEGAN] * len(edges[::2])
    assert edges[1::2] == [Phase.ENDED] * len(edges[1::2])
    assert (life.blockage is not None) is (len(edges) % 2 == 1)


@given(patterns)
def test_only_an_empty_look_ends_anything(arrivals: list[list[int]]) -> None:
    life = ZoneLife()
    for t, things in enumerate(arrivals):
        there = [standing(s, t) for s in things if s <= t]
        life, told = step(life, there, moment(t), retell_s=30.0)
        assert told is None or told.phase is not Phase.ENDED or not there
        assert (life.state is ZoneState.CLEAR) is (not there)
