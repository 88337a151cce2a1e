"""`patrol.py analyse --stills` as a person runs it: its exit status, its words and its detections.json."""

import json
import subprocess
import sys
from pathlib import Path

import cv2
import pytest

from tests.blobs import ground

ROOT = Path(__file__).resolve().parents[2]


def run(*words: str | Path) -> tuple[int, str]:
    command = [sys.executable, "patrol.py", "analyse", *map(str, words)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    return done.returncode, done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A picture, and a file that is none."""
    there = tmp_path / "in"
    there.mkdir()
    cv2.imwrite(str(there / "a.jpg"), ground(640, 640, (300, 200, 35)))
    (there / "b.jpg").write_text("not a picture")
    return there


@pytest.mark.parametrize("view", ["street", "overhead"])
def test_every_picture_of_a_folder_is_in_the_result_and_a_bad_one_says_why(view: str, folder: Path) -> None:
    out = folder.parent / "made" / "out"
    status, said = run(folder, "--stills", "--view", view, "--out", out)
    good, bad = json.loads((out / "detections.json").read_text("utf-8"))
    assert status == 0
    assert (good["image"], good["width"], good["height"]) == ("a.jpg", 640, 640)
    assert "error" not in good
    assert (bad["image"], bad["detections"]) == ("b.jpg", [])
    assert "copy it again" in bad["error"]
    assert "2/2 b.jpg" in said


def test_a_lower_score_tells_more(folder: Path) -> None:
    told = []
    for least in ("0.001", "1"):
        run(folder / "a.jpg", "--stills", "--view", "overhead", "--min-score", least, "--out", folder.parent)
        told.append(len(json.loads((folder.parent / "detections.json").read_text("utf-8"))[0]["detections"]))
    assert told[0] > told[1] == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--stills"], "--view"),
        (["--stills", "--view", "street", "--min-score", "2"], "not between 0 and 1"),
        (["--stills", "--view", "overhead", "--gsd-cm", "0"], "0.1 to 100"),
        (["--stills", "--view", "overhead", "--model", "overhead-99"], "overhead-99"),
        ([], "--plan"),
    ],
)
def test_words_that_leave_something_unsaid_are_refused_with_what_is_missing(
    words: list[str], says: str, folder: Path
) -> None:
    status, said = run(folder, *words, "--out", folder.parent)
    assert status == 2
    assert says in said


def test_a_path_without_a_picture_is_refused(tmp_path: Path) -> None:
    status, said = run(tmp_path, "--stills", "--view", "street", "--out", tmp_path)
    assert status == 2
    assert "holds no picture" in said
