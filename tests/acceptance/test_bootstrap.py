"""The bootstrap on a machine that lacks what a word needs."""

import shutil
import subprocess
from pathlib import Path

import pytest

from commands.looking import ROOT

_TOOLS = ("sh", "dirname", "tr", "cut", "cksum", "grep", "head", "tail", "cat", "awk", "rm")


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A checkout's bootstrap, and a PATH beside it that has no Python."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in _TOOLS:
        (tools / name).symlink_to(str(shutil.which(name)))
    shutil.copy(ROOT / "patrol", tmp_path / "patrol")
    return tmp_path


def asked(bare: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [str(bare / "tools" / "sh"), str(bare / "patrol"), *words]
    return subprocess.run(
        command, env={"PATH": str(bare / "tools")}, capture_output=True, text=True, check=False, timeout=60
    )


def with_python(bare: Path, version: str) -> None:
    """A python3 that says of itself only whether it is what it is asked for."""
    major, minor = version.split(".")
    script = f'#!/bin/sh\ncase "$2" in *"!= (3, 11)"*) [ {major}.{minor} = 3.11 ] ;; *) [ {minor} -ge 11 ] ;; esac\n'
    path = bare / "tools" / "python3"
    path.write_text(script)
    path.chmod(0o755)


def test_render_says_that_it_needs_python_3_11_and_how_to_get_it(bare: Path) -> None:
    answer = asked(bare, "render", "--sample", "calm")
    assert answer.returncode == 2
    assert "Python 3.11" in answer.stderr
    assert "PATROL_PYTHON" in answer.stderr
    assert not (bare / ".venv-render").exists()


def test_a_newer_python_does_not_do_for_render(bare: Path) -> None:
    with_python(bare, "3.13")
    assert "no newer" in asked(bare, "render", "--set", "wet-patches", "--out", "x").stderr


def test_renders_help_needs_no_blender(bare: Path) -> None:
    """It takes the ordinary way, which any Python from 3.11 on will do for."""
    answer = asked(bare, "render", "--help")
    assert "or newer" in answer.stderr
    assert "Blender" not in answer.stderr
