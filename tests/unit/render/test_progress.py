"""The progress bar says what is done and how long the rest takes."""

import io

from samples.render.progress import Progress, bar
from tests.clocks import FakeClock


def shown(clock: FakeClock, *steps: tuple[float, int], total: int = 100) -> list[str]:
    stream = io.StringIO()
    progress = Progress("pictures", total, clock, stream)
    for seconds, done in steps:
        clock.sleep(seconds)
        progress.show(done)
    return stream.getvalue().splitlines()


def test_nothing_is_promised_before_anything_is_done() -> None:
    assert bar("pictures", 0, 4, None).endswith("0/4")


def test_what_was_there_before_says_nothing_of_the_speed() -> None:
    lines = shown(FakeClock(), (0, 90), (20, 92))
    assert lines[-1].endswith("92/100, about 80 s left")


def test_long_waits_are_told_in_minutes() -> None:
    assert shown(FakeClock(), (0, 0), (60, 1))[-1].endswith("1/100, about 99 min left")


def test_in_a_log_a_line_is_written_only_when_the_count_has_changed() -> None:
    assert len(shown(FakeClock(), (0, 0), (2, 0), (2, 1), (2, 1))) == 2


def test_the_bar_is_full_at_the_end() -> None:
    assert "#" * 30 in bar("pictures", 7, 7, 0.0)
