"""Every word of the command line explains itself."""

import subprocess
import sys
from pathlib import Path

import pytest

from commands.looking import ROOT

WORDS = (
    "demo", "test", "serve", "watch", "analyse", "analyse-flight", "check-card", "check-plan", "upload", "timing",
    "train", "evaluate", "export-model", "bench", "render",
)  # fmt: skip


def said(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "patrol.py", *words], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.mark.parametrize("word", WORDS)
def test_a_word_explains_itself(word: str) -> None:
    answer = said(word, "--help")
    assert answer.returncode == 0, answer.stderr
    assert "usage:" in answer.stdout
    assert len(answer.stdout) > 150


def test_the_command_line_names_every_word() -> None:
    help_text = said("--help").stdout
    assert all(f"    {word}" in help_text for word in WORDS)


def test_an_unknown_word_is_refused_with_the_known_ones() -> None:
    answer = said("patrole")
    assert answer.returncode == 2
    assert "analyse" in answer.stderr


def test_two_plans_that_name_the_same_camera_are_refused(tmp_path: Path) -> None:
    plan = str(ROOT / "samples" / "fire_lane.toml")
    answer = said("watch", plan, plan, "--key-file", str(tmp_path / "key"))
    assert answer.returncode == 2
    assert 'camera "demo-street" is also in' in answer.stderr
