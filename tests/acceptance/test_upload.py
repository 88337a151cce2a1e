"""`upload` and the service as processes of their own: killed on the way, the card arrives as it was."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from clock import SystemClock
from commands.looking import ROOT
from commands.processes import Processes
from commands.upload import BAD_INPUT, OK
from tests.acceptance.uploading import Uploading, kill

SIZE = 96 * 1024 * 1024


@dataclass(frozen=True)
class Arrived:
    sent: str
    received: str
    flight: Any
    status: int
    said: str
    again: int


@pytest.fixture(scope="module")
def arrived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Arrived]:
    """The service is killed twice, the laptop once in between; then the same card is sent once more."""
    folder = tmp_path_factory.mktemp("upload")
    with pytest.MonkeyPatch.context() as patch, Processes(folder / "logs") as processes:
        patch.setenv("PATROL_UPLOAD_FLOOR", "0")
        upload = Uploading(folder, processes, SystemClock(), SIZE)
        laptop = upload.start_laptop()
        upload.kill_service_at([0.2])
        upload.wait_for(0.4)
        kill(laptop)
        laptop = upload.start_laptop()
        upload.kill_service_at([0.7])
        status = laptop.wait(timeout=120)
        said = processes.last_words("upload")
        again = upload.start_laptop().wait(timeout=60)
        yield Arrived(upload.sha256, upload.received_sha256(), upload.flight(), status, said, again)


def test_the_card_arrives_as_it_was_although_service_and_laptop_were_killed(arrived: Arrived) -> None:
    assert arrived.status == OK
    assert arrived.received == arrived.sent


def test_the_service_counts_it_as_received_and_says_what_it_saw(arrived: Arrived) -> None:
    assert arrived.flight["status"] == "received"
    (film,) = arrived.flight["files"]
    assert (film["status"], film["sha256"]) == ("verified", arrived.sent)
    assert "is not a video that can be read" in film["media"]["trouble"]  # the probe ran, and noise is no film


def test_the_laptop_tells_the_outcome_of_every_file(arrived: Arrived) -> None:
    assert "已核验 verified\tDJI_0001.MP4" in arrived.said
    assert "重试 trying again" in arrived.said


def test_the_same_card_again_sends_nothing_and_is_no_error(arrived: Arrived) -> None:
    assert arrived.again == OK


@pytest.mark.parametrize("what", ["nowhere", "empty"])
def test_a_folder_with_nothing_to_send_is_bad_input(tmp_path: Path, what: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "key").write_text("patrol_x")
    words = ["upload", str(tmp_path / what), "--key-file", str(tmp_path / "key")]
    done = subprocess.run([sys.executable, "patrol.py", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == BAD_INPUT
    assert what in done.stderr
