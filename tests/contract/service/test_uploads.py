"""The bytes on the disk, the check that makes them a file, and the process that looks into them."""

import hashlib
import json
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from service.flights import Declared, Facts, FileKind, FileStatus, FlightFile, FlightStatus, Mission
from service.store import Store
from service.upload_checks import Checker, Checks, Stopped
from service.upload_errors import BeingWritten, DiskFull
from service.upload_limits import Limits
from service.upload_parts import Parts
from service.upload_probe import Media, ProbeProcess
from service.upload_settling import settle
from service.uploads import Uploads
from tests.acceptance.department import waited_for
from tests.clocks import MORNING, FakeClock

JPEG = b"\xff\xd8\xff\xe0" + bytes(6000)
SAMPLE = Path(__file__).parents[3] / "samples" / "dam_flight_6.mp4"
PLENTY = 10**9


class Hook:
    """A probe that lets a test do something while a file is looked at."""

    def __init__(self) -> None:
        self.meanwhile: Callable[[], object] = lambda: None

    def look(self, path: Path, format_: str) -> Media:
        self.meanwhile()
        return {"format": format_}


class Quay:
    """Uploads on a real disk and database; `free` is what the disk is said to have left."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.free, self.store, self.probe = PLENTY, store, Hook()
        self.parts = Parts(folder / "flights", free=lambda _: self.free)
        limits = Limits(file=PLENTY, files=9, team=PLENTY, floor=1000, kept=timedelta(days=7))
        self.uploads = Uploads(store, FakeClock(), self.parts, limits)
        self.checks = Checks(store, FakeClock(), self.parts, self.probe)
        self.uploads.open()

    def declare(self, content: bytes = JPEG) -> FlightFile:
        one = Declared("a.jpg", len(content), hashlib.sha256(content).hexdigest(), FileKind.STILL)
        flight = self.uploads.declare(Facts(mission=Mission.DAM), [one], team="eagle", by="test")
        return self.file(flight.id)

    def file(self, flight_id: str) -> FlightFile:
        with self.store.read() as tx:
            return tx.flights.files(flight_id)[0]

    def flight_status(self, file: FlightFile) -> FlightStatus:
        with self.store.read() as tx:
            return tx.flights.get(file.flight_id).status

    def write(self, file: FlightFile, content: bytes = JPEG) -> None:
        with self.uploads.writing(file) as part:
            part.write(content)
            self.uploads.written(file, part, 0)


@pytest.fixture
def quay(tmp_path: Path, store: Store) -> Quay:
    return Quay(tmp_path, store)


def test_a_full_disk_is_said_before_a_flight_is_begun_and_counts_what_is_still_to_come(quay: Quay) -> None:
    quay.free = len(JPEG + b"another") + 1000
    file = quay.declare()
    with pytest.raises(DiskFull) as full:
        quay.declare(JPEG + b"another")
    assert full.value.again
    quay.write(file)
    quay.checks.check_due()
    quay.declare(JPEG + b"another")  # nothing is to come any more, and the disk still has as much


def test_a_disk_that_fills_while_a_piece_comes_keeps_what_fitted(quay: Quay) -> None:
    file = quay.declare()
    quay.parts.part(file).symlink_to("/dev/full")  # the kernel's own full disk
    with pytest.raises(DiskFull), quay.uploads.writing(file) as part:
        part.write(JPEG)
    quay.parts.part(file).unlink()
    quay.write(file)
    assert quay.checks.check_due() == 1


def test_nothing_is_taken_below_the_floor_and_the_same_request_works_later(quay: Quay) -> None:
    file = quay.declare()
    quay.free = 999
    with pytest.raises(DiskFull):
        quay.write(file)
    quay.free = 1000
    quay.write(file)
    assert quay.uploads.held(file) == len(JPEG)


def test_two_cannot_write_the_same_file_at_once(quay: Quay) -> None:
    file = quay.declare()
    with quay.uploads.writing(file), pytest.raises(BeingWritten), quay.uploads.writing(file):
        pass
    quay.write(file)


def test_a_part_that_was_thrown_away_does_not_land_in_the_place_of_another(quay: Quay) -> None:
    file = quay.declare()
    with quay.parts.locked(file) as part:
        assert part.is_there
        quay.parts.discard(file)
        with quay.parts.locked(file):
            assert not part.is_there
            assert not quay.parts.land(file, part)


def test_a_flight_withdrawn_while_its_file_is_checked_leaves_nothing(quay: Quay, tmp_path: Path) -> None:
    file = quay.declare()
    quay.write(file)
    quay.probe.meanwhile = lambda: quay.uploads.withdraw(file.flight_id, by="test")
    assert quay.checks.check_due() == 0
    assert quay.flight_status(file) is FlightStatus.WITHDRAWN
    assert [path for path in (tmp_path / "flights").rglob("*") if path.is_file()] == []


def test_what_became_of_a_file_is_written_down_once(quay: Quay) -> None:
    file = quay.declare()
    quay.write(file)
    quay.checks.check_due()
    with quay.store.begin() as tx:
        assert not settle(tx, file.id, FileStatus.WITHDRAWN, now=MORNING, by="test")
    assert quay.file(file.flight_id).status is FileStatus.VERIFIED


def test_a_file_cannot_be_written_or_removed_while_it_is_checked(quay: Quay) -> None:
    file = quay.declare()
    quay.write(file)
    tried: list[type] = []

    def try_both() -> None:
        with pytest.raises(BeingWritten):
            quay.write(file)
        with pytest.raises(BeingWritten):
            quay.uploads.remove(file, by="test")
        tried.append(BeingWritten)

    quay.probe.meanwhile = try_both
    assert quay.checks.check_due() == 1
    assert len(tried) == 1


def test_a_check_that_is_stopped_begins_anew_after_the_next_start(quay: Quay) -> None:
    file = quay.declare()
    quay.write(file)
    quay.checks.stopping = lambda: True
    with pytest.raises(Stopped):
        quay.checks.check_due()
    quay.checks.stopping = lambda: False
    assert quay.checks.check_due() == 1


def test_a_broken_check_does_not_end_all_checks(quay: Quay, caplog: pytest.LogCaptureFixture) -> None:
    file = quay.declare()
    quay.write(file)
    failures = iter([OSError("the disk had a moment")])

    def fail_once() -> None:
        for failure in failures:
            raise failure

    quay.probe.meanwhile = fail_once
    checker = Checker(quay.checks, poll_s=0.01)
    checker.start()
    waited_for(lambda: quay.file(file.flight_id).status is FileStatus.VERIFIED, "the file to be verified")
    checker.stop()
    assert "the disk had a moment" in caplog.text


def test_the_ledger_has_one_row_for_each_thing_that_happened_to_the_flight(quay: Quay) -> None:
    quay.write(quay.declare())
    quay.checks.check_due()
    with quay.store.read() as tx:
        assert [one.step for one in tx.stamps.after(0)] == ["flight_declared", "flight_received"]
        assert tx.stamps.verify()[0] == 2


def test_a_film_is_looked_into_by_a_process_of_its_own() -> None:
    seen = ProbeProcess().look(SAMPLE, "mp4")
    assert (seen["format"], seen["codec"]) == ("mp4", "h264")
    assert seen["width"] > 100
    assert seen["duration_s"] > 1


@pytest.mark.parametrize(
    "program",
    [
        "import os; os.abort()",
        "import time; time.sleep(60)",
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (2**28, 2**28)); bytearray(2**29)",
    ],
)
def test_what_breaks_the_probe_is_told_as_trouble_with_the_file(program: str, tmp_path: Path) -> None:
    seen = ProbeProcess([sys.executable, "-c", program], wait_s=2).look(tmp_path / "a.mp4", "mp4")
    assert set(seen) == {"format", "trouble"}


def test_the_probe_is_given_neither_our_environment_nor_our_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATROL_SECRET", "x")
    program = (
        "import os, json, sys; print(json.dumps({'secret': 'PATROL_SECRET' in os.environ, 'in': sys.stdin.read()}))"
    )
    seen = ProbeProcess([sys.executable, "-c", program]).look(tmp_path / "a.mp4", "mp4")
    assert seen == {"format": "mp4", "secret": False, "in": ""}
    assert json.dumps(seen)
