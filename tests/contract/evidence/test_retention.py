"""Old evidence goes, but not what is still needed."""

import os
from datetime import timedelta
from pathlib import Path

from pipelines.evidence_files import forget
from tests.unit.vision.pictures import NOON


def a_day(root: Path, days_ago: int, stem: str = "6f1f9d58-onset.jpg") -> list[str]:
    day = (NOON - timedelta(days=days_ago)).date().isoformat()
    names = [f"{branch}/north-gate/{day}/{stem}" for branch in ("original", "shown")]
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"a picture")
    return names


def left_in(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def test_what_is_older_goes_and_what_is_younger_stays(tmp_path: Path) -> None:
    old, young = a_day(tmp_path, 31), a_day(tmp_path, 30)
    assert forget(tmp_path, now=NOON, days=30, protected=()) == old
    assert left_in(tmp_path) == young


def test_evidence_still_needed_stays_with_its_original(tmp_path: Path) -> None:
    needed, other = a_day(tmp_path, 400), a_day(tmp_path, 400, "00000000-onset.jpg")
    assert forget(tmp_path, now=NOON, days=30, protected=[needed[1]]) == other
    assert left_in(tmp_path) == needed


def test_a_second_run_finds_nothing_to_do(tmp_path: Path) -> None:
    a_day(tmp_path, 31)
    forget(tmp_path, now=NOON, days=30, protected=())
    assert forget(tmp_path, now=NOON, days=30, protected=()) == []


def test_days_without_evidence_leave_no_folder(tmp_path: Path) -> None:
    names = a_day(tmp_path, 31)
    forget(tmp_path, now=NOON, days=30, protected=())
    assert not any((tmp_path / name).parent.exists() for name in names)


def test_what_a_crash_left_half_written_goes_after_a_day(tmp_path: Path) -> None:
    for name, hours in (("old", 25), ("young", 1)):
        part = tmp_path / ".parts" / name
        part.mkdir(parents=True)
        stamp = (NOON - timedelta(hours=hours)).timestamp()
        os.utime(part, (stamp, stamp))
    forget(tmp_path, now=NOON, days=30, protected=())
    assert [path.name for path in (tmp_path / ".parts").iterdir()] == ["young"]


def test_other_files_in_the_folder_are_not_ours_to_delete(tmp_path: Path) -> None:
    note = tmp_path / "shown" / "north-gate" / "README"
    note.parent.mkdir(parents=True)
    note.write_text("keep me")
    forget(tmp_path, now=NOON, days=0, protected=())
    assert note.exists()
