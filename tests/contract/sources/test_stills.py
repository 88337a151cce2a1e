"""A folder of stills: the right pictures in the order of their own times, and what is missing said."""

import struct
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import cv2
import pytest

from pipelines.observation import CameraState
from pipelines.sources import BadSource, Source, SourceBroke, SourceEnded, open_source
from tests.clocks import FakeClock
from tests.contract.sources.reading import Reading, read_out
from tests.footage import HEIGHT, WIDTH, a_picture, number_of
from tests.unit.pipelines.test_exif import with_exif
from vision.types import TimeSource

CHINA = timezone(timedelta(hours=8))
EIGHT = datetime(2026, 5, 1, 8, tzinfo=CHINA)


def a_still(path: Path, number: int, *, taken: str = "") -> Path:
    data = cv2.imencode(path.suffix, a_picture(number))[1].tobytes()
    path.write_bytes(with_exif(data, taken) if taken else data)
    return path


def a_folder(folder: Path, names: Sequence[str]) -> Path:
    for number, name in enumerate(names):
        a_still(folder / name, number)
    return folder


def stills(folder: Path, *, rate_hz: float = 1.0, captured_from: datetime | None = EIGHT) -> Source:
    return open_source(str(folder), "drone-1", rate_hz=rate_hz, clock=FakeClock(), captured_from=captured_from)


def numbers_of(reading: Reading) -> list[int]:
    return [number_of(frame.image) for frame in reading.frames]


def test_names_tell_the_time_in_the_plans_zone(tmp_path: Path) -> None:
    names = ["20260501_080010.jpg", "2026-05-01_08_00_05.png", "IMG_20260501T080001.250.jpg"]
    reading = read_out(stills(a_folder(tmp_path, names)))
    assert numbers_of(reading) == [2, 1, 0]
    assert [frame.ref.captured_at for frame in reading.frames] == [
        EIGHT + timedelta(seconds=seconds) for seconds in (1.25, 5, 10)
    ]
    assert reading.frames[0].ref.captured_at.tzinfo is UTC
    assert reading.frames[0].ref.time_source is TimeSource.CONTAINER
    assert isinstance(reading.ending, SourceEnded)


def test_without_a_plans_zone_times_are_utc(tmp_path: Path) -> None:
    reading = read_out(stills(a_folder(tmp_path, ["20260501_080010.jpg"]), captured_from=None))
    assert reading.frames[0].ref.captured_at == datetime(2026, 5, 1, 8, 0, 10, tzinfo=UTC)


def test_the_cameras_exif_outweighs_the_name(tmp_path: Path) -> None:
    a_still(tmp_path / "20010101_000000.jpg", 1, taken="2026:05:01 08:00:07")
    ref = read_out(stills(tmp_path)).frames[0].ref
    assert (ref.captured_at, ref.time_source) == (EIGHT + timedelta(seconds=7), TimeSource.CAMERA)


def test_a_table_outweighs_both(tmp_path: Path) -> None:
    a_still(tmp_path / "20010101_000000.jpg", 1, taken="2026:05:01 08:00:07")
    (tmp_path / "times.csv").write_text("file,taken\n20010101_000000.jpg,2026-05-01T08:00:09+08:00\n", encoding="utf-8")
    assert read_out(stills(tmp_path)).frames[0].ref.captured_at == EIGHT + timedelta(seconds=9)


def test_a_table_with_a_row_that_has_no_time_is_a_bad_source(tmp_path: Path) -> None:
    a_folder(tmp_path, ["a.jpg", "b.jpg"])
    (tmp_path / "times.csv").write_text("a.jpg,2026-05-01T08:00:09\nb.jpg,later\n", encoding="utf-8")
    with pytest.raises(BadSource, match=r"b\.jpg,later"):
        stills(tmp_path).open()


def test_stills_that_come_faster_than_asked_are_thinned(tmp_path: Path) -> None:
    names = [f"20260501_0800{n // 4:02d}_{n % 4 * 250:03d}.jpg" for n in range(16)]
    reading = read_out(stills(a_folder(tmp_path, names)))
    assert numbers_of(reading) == [0, 4, 8, 12]
    assert reading.delivered.dropped == 0


def test_a_picture_that_is_cut_off_is_said_and_the_rest_goes_on(tmp_path: Path) -> None:
    a_folder(tmp_path, [f"20260501_08000{n}.jpg" for n in range(4)])
    broken = tmp_path / "20260501_080002.jpg"
    broken.write_bytes(broken.read_bytes()[:-40])
    reading = read_out(stills(tmp_path))
    assert numbers_of(reading) == [0, 1, 3]
    assert (reading.delivered.sampled, reading.delivered.dropped) == (3, 1)
    assert reading.state.state is CameraState.DEGRADED
    assert "20260501_080002.jpg" in reading.state.why


def test_an_empty_picture_is_said(tmp_path: Path) -> None:
    a_folder(tmp_path, ["20260501_080000.jpg"])
    (tmp_path / "20260501_080001.png").touch()
    assert "20260501_080001.png cannot be read" in read_out(stills(tmp_path)).state.why


def test_a_picture_taken_with_the_camera_turned_is_upright(tmp_path: Path) -> None:
    upright = a_still(tmp_path / "20260501_080000.jpg", 5)
    exif = b"Exif\0\0II" + struct.pack("<HIHHHIHHI", 42, 8, 1, 0x0112, 3, 1, 6, 0, 0)
    data = upright.read_bytes()
    upright.write_bytes(data[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + data[2:])
    assert read_out(stills(tmp_path)).frames[0].size_wh == (HEIGHT, WIDTH)


def test_a_picture_without_a_time_is_said(tmp_path: Path) -> None:
    reading = read_out(stills(a_folder(tmp_path, ["20260501_080000.jpg", "cat.jpg"])))
    assert len(reading.frames) == 1
    assert "cat.jpg does not say when" in reading.state.why


def test_a_folder_in_which_no_picture_can_be_read_broke(tmp_path: Path) -> None:
    (tmp_path / "20260501_080000.jpg").write_bytes(b"\xff\xd8 no picture")
    reading = read_out(stills(tmp_path))
    assert isinstance(reading.ending, SourceBroke)
    assert (reading.ending.at, reading.state.state) == (None, CameraState.BLIND)


def test_a_folder_without_pictures_is_a_bad_source(tmp_path: Path) -> None:
    with pytest.raises(BadSource, match="no picture"):
        stills(tmp_path).open()


def test_a_folder_of_undated_pictures_says_how_to_date_them(tmp_path: Path) -> None:
    with pytest.raises(BadSource, match=r"times\.csv"):
        stills(a_folder(tmp_path, ["cat.jpg", "dog.jpg"])).open()


def test_there_is_no_clip_of_stills(tmp_path: Path) -> None:
    source = stills(a_folder(tmp_path, ["20260501_080000.jpg"]))
    source.open()
    assert not source.cut(EIGHT, EIGHT + timedelta(seconds=5), tmp_path / "clip.mp4")
