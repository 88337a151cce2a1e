"""The line that a pilot looks at."""

import io

from commands.upload_progress import Progress
from tests.clocks import FakeClock

MIB = 2**20


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_speed_and_time_left_come_from_the_last_half_minute() -> None:
    clock = FakeClock()
    progress = Progress(io.StringIO(), clock)
    progress.begin("上传 sending", 1000 * MIB)
    for mib_a_second in (1, 10):
        for _ in range(40):
            clock.move(1)
            progress.add(mib_a_second * MIB)
    line = progress.line()
    assert "44.0% 440/1000 MiB 10.5 MB/s" in line
    assert "left 00:56" in line


def test_bytes_that_did_not_arrive_are_taken_back() -> None:
    clock = FakeClock()
    progress = Progress(io.StringIO(), clock)
    progress.begin("上传 sending", 100 * MIB)
    progress.add(50 * MIB)
    progress.add(-10 * MIB)
    assert "40/100 MiB" in progress.line()


def test_nobody_knows_how_long_it_takes_before_a_byte_went() -> None:
    progress = Progress(io.StringIO(), FakeClock())
    progress.begin("上传 sending", MIB)
    assert "left --:--" in progress.line()


def test_a_log_gets_a_line_now_and_then_and_a_terminal_one_that_is_drawn_anew() -> None:
    log, terminal, clock = io.StringIO(), Terminal(), FakeClock()
    for out in (log, terminal):
        progress = Progress(out, clock)
        progress.begin("上传 sending", 100 * MIB)
        for _ in range(20):
            clock.move(1)
            progress.add(MIB)
        progress.end()
    assert log.getvalue().count("\n") == 3
    assert (terminal.getvalue().count("\r"), terminal.getvalue().count("\n")) == (21, 1)
