"""What flight.json and the card report say."""

import json
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pipelines.card_report import is_clean, kinds, remarks_of, troubles
from pipelines.flaws import FLAWS, Flaw
from pipelines.flight_file import flight_entry
from pipelines.flight_reading import Known
from tests.drone_card import TAKE_OFF, a_still, a_text, a_video, read

SHANGHAI = Known(ZoneInfo("Asia/Shanghai"))


def a_good_card(root: Path) -> Path:
    a_video(root / "DJI_0001.MP4")
    a_text(root / "DJI_0001.SRT")
    a_still(root / "DJI_0002.JPG", TAKE_OFF + timedelta(minutes=1))
    return root


def test_a_flight_is_plain_values_with_its_pairs_and_its_true_times(tmp_path: Path) -> None:
    card = read(a_good_card(tmp_path), SHANGHAI)
    entry = json.loads(json.dumps(flight_entry(card.flights[0], card.root)))
    assert entry["clock_unknown"] is False
    assert entry["captured"]["from"] == "2026-04-24T02:10:00+00:00"
    assert entry["captured"]["to"] == "2026-04-24T02:11:00+00:00"
    assert entry["paired"] == [{"how": "name", "files": ["DJI_0001.MP4", "DJI_0001.SRT"]}]
    (clip,) = entry["recordings"][0]["clips"]
    assert clip["files"] == ["DJI_0001.MP4"]
    assert clip["telemetry"]["has_gimbal"] is True
    assert entry["stills"][0]["files"] == {"colour": "DJI_0002.JPG"}
    assert entry["remarks"] == []


def test_an_unknown_clock_gives_no_true_time(tmp_path: Path) -> None:
    a_video(tmp_path / "DJI_0001.MP4")
    a_text(tmp_path / "DJI_0001.SRT")
    card = read(tmp_path)
    entry = json.loads(json.dumps(flight_entry(card.flights[0], card.root)))
    assert entry["clock_unknown"] is True
    assert entry["captured"]["from"] is None
    assert entry["captured"]["local_from"] == "2026-04-24T10:10:00"
    assert [remark["flaw"] for remark in entry["remarks"]] == ["local_clock"]


def test_a_good_card_is_clean(tmp_path: Path) -> None:
    card = read(a_good_card(tmp_path), SHANGHAI)
    assert is_clean(card)
    assert troubles(card) == []


def test_junk_and_copies_are_counted_and_need_no_mending(tmp_path: Path) -> None:
    a_good_card(tmp_path)
    (tmp_path / "DJI_0001.LRF").write_bytes(b"small")
    (tmp_path / "Copy of DJI_0001.MP4").write_bytes((tmp_path / "DJI_0001.MP4").read_bytes())
    card = read(tmp_path, SHANGHAI)
    counts = {line.title: line.count for line in kinds(card)}
    assert counts["无用 junk"] == 1
    assert counts["重复 duplicate"] == 1
    assert sum(counts.values()) == len(card.files)
    assert is_clean(card)


def test_every_trouble_is_counted_once_and_names_its_files(tmp_path: Path) -> None:
    a_video(tmp_path / "DJI_0001.MP4")
    (tmp_path / "DJI_0002.SRT").write_bytes(b"")
    card = read(tmp_path, SHANGHAI)
    assert not is_clean(card)
    found = {line.title: line.names for line in troubles(card)}
    assert "DJI_0001.MP4" in found[FLAWS[Flaw.UNPAIRED]]
    assert "DJI_0002.SRT" in found[FLAWS[Flaw.EMPTY]]
    assert len(remarks_of(card)) == len(set(remarks_of(card)))


def test_every_flaw_has_a_name_in_both_languages() -> None:
    assert set(FLAWS) == set(Flaw)
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in name) and " " in name for name in FLAWS.values())
