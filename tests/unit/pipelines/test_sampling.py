"""The picture nearest to each due time, from footage and from a stream whose future is unknown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.sampling import DueTimes, Rhythm, keyframes_suffice


def test_the_picture_nearest_to_each_due_time_is_taken() -> None:
    assert DueTimes(1.0).take([0.0, 0.4, 0.9, 1.2, 1.9, 2.3], until=None) == [0.0, 0.9, 1.9]


def test_a_picture_that_stands_for_several_due_times_is_taken_once() -> None:
    assert DueTimes(1.0).take([0.0, 3.4, 3.6], until=4.0) == [0.0, 3.4]


def test_the_first_picture_of_the_next_run_may_be_nearer() -> None:
    due = DueTimes(1.0)
    assert due.take([0.0, 0.7], until=1.1) == [0.0]
    assert due.take([1.1, 1.5], until=None) == [1.1]


@given(st.lists(st.floats(0.01, 3.0), min_size=1, max_size=60), st.sampled_from([0.5, 1.0, 2.0, 5.0]))
def test_cutting_footage_into_runs_changes_nothing(gaps: list[float], rate_hz: float) -> None:
    times = [sum(gaps[:n]) for n in range(len(gaps))]
    one_by_one = DueTimes(rate_hz)
    followers: list[float | None] = [*times[1:], None]
    taken = [t for time, after in zip(times, followers, strict=True) for t in one_by_one.take([time], after)]
    assert taken == DueTimes(rate_hz).take(times, None)


@pytest.mark.parametrize("rate_hz", [0.0, -1.0, float("nan")])
def test_a_rate_that_is_not_above_zero_is_refused(rate_hz: float) -> None:
    with pytest.raises(ValueError, match="rate"):
        DueTimes(rate_hz)
    with pytest.raises(ValueError, match="rate"):
        Rhythm(rate_hz)


def test_thirty_frames_at_twenty_nine_point_nine_seven_are_often_enough_for_one_a_second() -> None:
    assert keyframes_suffice(30 * 1001 / 30000, 1.0)
    assert not keyframes_suffice(2.0, 1.0)


def taken_of(times: list[float], spacing_s: float, rate_hz: float) -> list[float]:
    rhythm = Rhythm(rate_hz)
    return [time for time in times if rhythm.takes(time, spacing_s)]


def test_keyframes_a_little_slower_than_the_rate_are_all_taken() -> None:
    keys = [1.02 * n for n in range(200)]
    assert taken_of(keys, 1.02, 1.0) == keys


def test_a_live_stream_is_thinned_to_the_rate() -> None:
    taken = taken_of([n / 25 for n in range(250)], 0.04, 2.0)
    assert len(taken) == 20
    assert all(abs(time - n / 2) <= 0.0201 for n, time in enumerate(taken))


def test_after_an_outage_the_rhythm_starts_again_without_catching_up() -> None:
    before, after = [n / 10 for n in range(20)], [60 + n / 10 for n in range(20)]
    assert len([t for t in taken_of(before + after, 0.1, 1.0) if t >= 60]) == 2
