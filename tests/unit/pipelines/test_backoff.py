"""How long a lost camera is left alone."""

from random import Random

from pipelines.backoff import Backoff


def test_waits_grow_to_thirty_seconds_and_no_further() -> None:
    backoff = Backoff(Random(1))
    waits = [backoff.next_s() for _ in range(40)]
    assert 0.25 <= waits[0] <= 0.5
    assert all(15.0 <= wait <= 30.0 for wait in waits[7:])


def test_two_cameras_do_not_return_together() -> None:
    one, other = Backoff(Random("north")), Backoff(Random("south"))
    assert [one.next_s() for _ in range(5)] != [other.next_s() for _ in range(5)]


def test_a_camera_that_came_back_is_tried_soon_again() -> None:
    backoff = Backoff(Random(1))
    for _ in range(10):
        backoff.next_s()
    backoff.reset()
    assert backoff.next_s() <= 0.5
