"""A training set in a folder: what is there already is not drawn again."""

from pathlib import Path

import pytest

from samples.render.randomised import SETS, STALLS
from samples.render.training_set import is_done, render_set, stem
from samples.render.whole_files import write_whole
from tests.clocks import FakeClock

NAME = "street-vending"


def drawn_before(out: Path, *numbers: int, seed: int = 1) -> None:
    labels = out / "segment" / "labels"
    labels.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        write_whole(labels / f"{stem(NAME, seed, number)}.txt", "")


def test_a_complete_set_is_left_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drawn_before(tmp_path, 0, 1, 2)
    assert render_set(NAME, count=3, seed=1, workers=2, out=tmp_path, clock=FakeClock()) == 0
    assert "3 of 3 are there already" in capsys.readouterr().err


def test_a_picture_of_another_seed_is_another_picture(tmp_path: Path) -> None:
    drawn_before(tmp_path, 0, seed=2)
    assert is_done(tmp_path, NAME, 2, 0)
    assert not is_done(tmp_path, NAME, 1, 0)


@pytest.mark.parametrize("format_", ["detect", "segment"])
def test_the_set_names_its_classes_in_yolos_order(tmp_path: Path, format_: str) -> None:
    drawn_before(tmp_path, 0)
    render_set(NAME, count=1, seed=1, workers=1, out=tmp_path, clock=FakeClock())
    lines = (tmp_path / format_ / "data.yaml").read_text(encoding="utf-8").splitlines()
    assert [line.strip() for line in lines if line.startswith("  ")] == [f"{i}: {k}" for i, k in enumerate(STALLS)]
    assert SETS[NAME].classes == STALLS


def test_a_file_is_written_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "labels.txt"
    write_whole(path, "0 0.5 0.5 0.1 0.1\n")
    write_whole(path, "1 0.5 0.5 0.1 0.1\n")
    assert path.read_text() == "1 0.5 0.5 0.1 0.1\n"
    assert list(tmp_path.iterdir()) == [path]
