"""When live pictures were taken, told from arrivals and the camera's own spacing."""

from datetime import datetime, timedelta

from pipelines.arrival import ArrivalTimes
from tests.clocks import MORNING


def at(seconds: float) -> datetime:
    return MORNING + timedelta(seconds=seconds)


def test_the_cameras_spacing_smooths_a_jittering_network() -> None:
    times = ArrivalTimes()
    arrivals = [(0.0, 0.0), (0.04, 0.09), (0.08, 0.10), (0.12, 0.35)]
    assert [times.taken_at(1000 + stamp, at(arrived)) for stamp, arrived in arrivals] == [
        at(0.0), at(0.04), at(0.08), at(0.12)
    ]  # fmt: skip


def test_nothing_is_taken_after_it_arrived() -> None:
    times = ArrivalTimes()
    times.taken_at(0.0, at(2.0))
    assert times.taken_at(1.0, at(2.1)) == at(2.1)
    assert times.taken_at(2.0, at(3.2)) == at(3.1)


def test_one_late_burst_moves_nothing() -> None:
    times = ArrivalTimes()
    times.taken_at(0.0, at(0.0))
    assert times.taken_at(1.0, at(3.0)) == at(1.0)
    assert times.taken_at(3.0, at(3.1)) == at(3.0)


def test_a_clock_that_stays_late_is_anchored_anew_after_five_seconds() -> None:
    times = ArrivalTimes()
    times.taken_at(0.0, at(0.0))
    taken = [times.taken_at(float(n), at(n + 1.5)) for n in range(1, 8)]
    assert taken[4] == at(5.0)
    assert taken[5] == at(7.5)


def test_a_camera_whose_clock_jumps_is_anchored_anew_at_once() -> None:
    times = ArrivalTimes()
    times.taken_at(5000.0, at(0.0))
    assert times.taken_at(10.0, at(1.0)) == at(1.0)
    assert times.taken_at(900_000.0, at(2.0)) == at(2.0)


def test_without_a_stamp_arrival_is_all_that_is_known() -> None:
    times = ArrivalTimes()
    assert [times.taken_at(None, at(n)) for n in (0.0, 0.3)] == [at(0.0), at(0.3)]


def test_a_new_connection_has_a_new_line() -> None:
    times = ArrivalTimes()
    times.taken_at(0.0, at(0.0))
    times.restart()
    assert times.taken_at(7.0, at(30.0)) == at(30.0)
