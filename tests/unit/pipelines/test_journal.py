"""A node's journal: facts and the memory they follow from are kept together, once, and in order."""

from pathlib import Path

import pytest

from pipelines.journal import Journal, JournalBroken
from pipelines.memory import CameraMemory
from pipelines.observation import Observation, Phase
from tests.builders import a_stay
from tests.facts import an_observation
from tests.painted import CAR
from vision.stay import Places


def a_journal(folder: Path) -> Journal:
    journal = Journal(folder / "node.db")
    journal.open()
    return journal


def bodies(journal: Journal) -> list[str]:
    return [unsaid.body for unsaid in journal.unsaid()]


def two_facts() -> tuple[Observation, Observation]:
    return an_observation(phase=Phase.BEGAN), an_observation(phase=Phase.ENDED)


def test_facts_are_told_in_the_order_in_which_they_were_found(tmp_path: Path) -> None:
    journal = a_journal(tmp_path)
    began, ended = two_facts()
    journal.keep("north-gate", CameraMemory(), [began])
    journal.keep("north-gate", CameraMemory(), [ended])
    assert ['"began"' in bodies(journal)[0], '"ended"' in bodies(journal)[1]] == [True, True]


def test_a_fact_that_is_found_again_after_a_restart_is_kept_once(tmp_path: Path) -> None:
    began, _ = two_facts()
    first = a_journal(tmp_path)
    first.keep("north-gate", CameraMemory(), [began])
    first.close()
    again = a_journal(tmp_path)
    again.keep("north-gate", CameraMemory(), [began])
    assert len(again.unsaid()) == 1


def test_what_was_said_is_not_said_again(tmp_path: Path) -> None:
    journal = a_journal(tmp_path)
    journal.keep("north-gate", CameraMemory(), two_facts())
    journal.said(journal.unsaid()[0].seq)
    assert len(journal.unsaid()) == 1


def test_what_the_service_refused_is_kept_for_a_person_and_holds_nothing_up(tmp_path: Path) -> None:
    journal = a_journal(tmp_path)
    journal.keep("north-gate", CameraMemory(), two_facts())
    journal.refused(journal.unsaid()[0].seq, "422 not understood")
    assert ['"ended"' in body for body in bodies(journal)] == [True]


def test_a_camera_finds_its_memory_after_a_restart(tmp_path: Path) -> None:
    stay = a_stay(CAR, 20)
    first = a_journal(tmp_path)
    first.keep("north-gate", CameraMemory(Places((stay,), stay.seen_at)), [])
    first.close()
    memory = a_journal(tmp_path).memory("north-gate")
    assert memory is not None
    assert memory.places.stays[0].began_at == stay.began_at


def test_a_new_camera_has_no_memory(tmp_path: Path) -> None:
    assert a_journal(tmp_path).memory("north-gate") is None


def test_a_file_that_is_no_journal_is_named_and_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "node.db").write_text("this is no database, and long enough to be read as one" * 50)
    with pytest.raises(JournalBroken, match=r"node\.db"):
        Journal(tmp_path / "node.db").open()
    assert (tmp_path / "node.db").read_text().startswith("this is no database")
