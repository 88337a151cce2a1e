"""The last seconds of a stream, held within bounds."""

from dataclasses import dataclass

from pipelines.ring import PacketRing
from pipelines.runs import Coded


@dataclass(frozen=True)
class Packet:
    size: int
    is_keyframe: bool


def a_second(ring: PacketRing, start: int, *, track: str = "one", size: int = 100) -> None:
    """A keyframe and three pictures after it."""
    for n in range(4):
        ring.keep(Coded(Packet(size, n == 0), start + n / 4), track)


def held(ring: PacketRing) -> list[float]:
    kept = ring.track_with_most(0.0, 1e6)
    return [] if kept is None else [coded.time for coded in kept[1]]


def test_whole_groups_are_kept_for_at_least_the_time_asked() -> None:
    ring = PacketRing(seconds=3, most_bytes=10**9)
    for second in range(10):
        a_second(ring, second)
    assert held(ring)[0] == 6.0
    assert held(ring)[-1] == 9.75


def test_bytes_are_a_hard_limit() -> None:
    ring = PacketRing(seconds=60, most_bytes=1000)
    for second in range(10):
        a_second(ring, second)
        assert ring.size <= 1000
    assert held(ring)[0] == 8.0


def test_a_group_that_never_ends_is_given_up_and_the_next_keyframe_begins_anew() -> None:
    ring = PacketRing(seconds=60, most_bytes=350)
    a_second(ring, 0)
    assert (held(ring), ring.size) == ([], 0)
    ring.keep(Coded(Packet(100, True), 1.0), "one")
    assert held(ring) == [1.0]


def test_nothing_is_kept_before_the_first_keyframe() -> None:
    ring = PacketRing(seconds=60, most_bytes=1000)
    ring.keep(Coded(Packet(100, False), 0.0), "one")
    assert held(ring) == []


def test_of_two_connections_the_one_with_more_of_the_span_is_chosen() -> None:
    ring = PacketRing(seconds=60, most_bytes=10**6)
    for second, track in ((0, "one"), (1, "one"), (9, "two")):
        a_second(ring, second, track=track)
    kept = ring.track_with_most(0.5, 20.0)
    assert kept is not None
    assert (kept[0], kept[1][0].time, kept[1][-1].time) == ("one", 0.0, 1.75)


def test_a_span_of_which_nothing_is_left_gives_nothing() -> None:
    ring = PacketRing(seconds=60, most_bytes=10**6)
    a_second(ring, 100)
    assert ring.track_with_most(0.0, 99.0) is None
    ring.clear()
    assert ring.track_with_most(0.0, 1e6) is None
