"""`./patrol check-card`: a table for the field laptop, and an exit status for scripts."""

import json
from pathlib import Path

import pytest

from patrol import main
from tests.drone_card import a_text, a_video


def a_card(root: Path) -> Path:
    a_video(root / "DJI_0001.MP4")
    a_text(root / "DJI_0001.SRT")
    return root


def test_a_card_that_is_ready_ends_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-card", str(a_card(tmp_path)), "--zone", "Asia/Shanghai"]) == 0
    said = capsys.readouterr().out
    assert "可以上传 ready to upload" in said
    assert "DJI_0001.MP4 + DJI_0001.SRT" in said


def test_a_card_with_something_to_mend_ends_with_1_and_names_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check-card", str(a_card(tmp_path))]) == 1
    assert "当地时间未注明时区" in capsys.readouterr().out


def test_no_card_ends_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-card", str(tmp_path / "nowhere")]) == 2
    assert "Check the path" in capsys.readouterr().err


def test_json_is_the_same_in_words_for_a_machine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check-card", str(a_card(tmp_path)), "--json", "--zone", "Asia/Shanghai"])
    said = json.loads(capsys.readouterr().out)
    assert said["flights"][0]["paired"][0]["how"] == "name"
    assert said["remarks"] == []


def test_an_unknown_zone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main(["check-card", str(tmp_path), "--zone", "Mars/Olympus"])
