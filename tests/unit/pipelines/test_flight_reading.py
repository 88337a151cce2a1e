"""A card is read into flights: what belongs together is found, what is wrong is said, nothing is guessed."""

import os
import shutil
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pipelines.card import NoCard
from pipelines.flaws import Flaw
from pipelines.flight import Flight, How, Recording
from pipelines.flight_reading import Card, Known
from tests.drone_card import TAKE_OFF, a_still, a_text, a_video, read, stamped
from tests.drone_stills import a_jpeg
from tests.drone_texts import LAT, LON
from tests.footage import a_video as numbered_video
from tests.footage import even_times, with_display_matrix
from tests.klv_packets import a_transport_stream
from tests.shared import shared

SHANGHAI = Known(ZoneInfo("Asia/Shanghai"))
SAMPLES = Path(__file__).resolve().parents[3] / "samples"


def only(card: Card) -> Flight:
    (flight,) = card.flights
    return flight


def recorded(card: Card) -> Recording:
    (recording,) = only(card).recordings
    return recording


def flaws(card: Card) -> set[Flaw]:
    return {remark.flaw for remark in card.remarks}


def hows(card: Card) -> list[How]:
    return [pairing.how for flight in card.flights for pairing in flight.pairings]


def test_a_video_and_its_subtitles_pair_by_name_whatever_the_case(tmp_path: Path) -> None:
    a_video(tmp_path / "DJI_0001.MP4")
    a_text(tmp_path / "dji_0001.srt")
    card = read(tmp_path, SHANGHAI)
    assert recorded(card).track is not None
    assert hows(card) == [How.NAME]
    assert not card.remarks


def test_wide_and_thermal_named_a_second_apart_are_one_recording(tmp_path: Path) -> None:
    later = TAKE_OFF + timedelta(seconds=1)
    a_video(tmp_path / f"{stamped(TAKE_OFF, 1, 'W')}.MP4")
    a_text(tmp_path / f"{stamped(TAKE_OFF, 1, 'W')}.SRT")
    a_video(tmp_path / f"{stamped(later, 1, 'T')}.MP4")
    a_text(tmp_path / f"{stamped(later, 1, 'T')}.SRT", later)
    recording = recorded(read(tmp_path, SHANGHAI))
    assert recording.colour is not None
    assert recording.thermal is not None
    assert recording.thermal.track is not None
    assert recording.thermal.track.name == f"{stamped(later, 1, 'T')}.SRT"


def test_a_thermal_lens_without_telemetry_uses_the_others(tmp_path: Path) -> None:
    a_video(tmp_path / "DJI_0001_W.MP4")
    a_text(tmp_path / "DJI_0001_W.SRT")
    a_video(tmp_path / "DJI_0001_T.MP4")
    fix = recorded(read(tmp_path, SHANGHAI)).fix_at(1.0, thermal=True)
    assert fix is not None
    assert fix.pitch_deg == -60.0


def test_subtitles_in_a_folder_of_their_own_pair_by_name(tmp_path: Path) -> None:
    a_video(tmp_path / "video" / "DJI_0001.MP4")
    a_text(tmp_path / "srt" / "DJI_0001.SRT")
    assert recorded(read(tmp_path, SHANGHAI)).track is not None


def test_renamed_subtitles_pair_by_the_time_that_they_cover(tmp_path: Path) -> None:
    later = TAKE_OFF + timedelta(minutes=3)
    a_video(tmp_path / f"{stamped(TAKE_OFF, 1)}.MP4", 4)
    a_video(tmp_path / f"{stamped(later, 2)}.MP4", 4)
    a_text(tmp_path / "left bank.SRT", later, 4)
    first, second = only(read(tmp_path, SHANGHAI)).recordings
    assert first.track is None
    assert second.track is not None
    assert second.track.name == "left bank.SRT"


def test_a_containers_time_pairs_whatever_the_zone(tmp_path: Path) -> None:
    a_video(tmp_path / "GX010001.MP4", 4, created="2026-04-24T02:10:00Z")
    a_text(tmp_path / "left bank.SRT", TAKE_OFF, 4)
    assert hows(read(tmp_path)) == [How.TIME]


def test_telemetry_that_would_fit_two_videos_is_given_to_none(tmp_path: Path) -> None:
    a_video(tmp_path / "a.MP4", 4, created="2026-04-24T02:10:00Z")
    a_video(tmp_path / "b.MP4", 4, created="2026-04-24T02:10:00Z")
    a_text(tmp_path / "left bank.SRT", TAKE_OFF, 4)
    card = read(tmp_path)
    assert hows(card) == []
    unpaired = [remark.where for remark in card.remarks if remark.flaw is Flaw.UNPAIRED]
    assert sorted(unpaired) == ["a.MP4", "b.MP4", "left bank.SRT"]


def test_two_telemetries_that_would_fit_one_video_are_given_to_it_neither(tmp_path: Path) -> None:
    a_video(tmp_path / "a.MP4", 4, created="2026-04-24T02:10:00Z")
    a_text(tmp_path / "left bank.SRT", TAKE_OFF, 4)
    a_text(tmp_path / "right bank.SRT", TAKE_OFF, 4, lat=LAT + 0.01)
    card = read(tmp_path)
    assert hows(card) == []
    assert recorded(card).track is None


def test_a_thermal_still_is_told_by_its_own_words(tmp_path: Path) -> None:
    a_still(tmp_path / "DJI_0001.JPG", ImageSource="InfraredCamera")
    assert only(read(tmp_path)).shots[0].thermal is not None


def test_cameras_count_anew_in_every_folder(tmp_path: Path) -> None:
    for folder, hour in (("100MEDIA", 10), ("101MEDIA", 14)):
        a_video(tmp_path / folder / "DJI_0001.MP4")
        a_text(tmp_path / folder / "DJI_0001.SRT", TAKE_OFF.replace(hour=hour))
    card = read(tmp_path, SHANGHAI)
    assert [len(flight.recordings) for flight in card.flights] == [1, 1]
    assert not card.remarks


def split(folder: Path, pause: float = 0.0) -> None:
    for n in range(3):
        begins = TAKE_OFF + timedelta(seconds=n * (4 + pause))
        a_video(folder / f"DJI_{n + 1:04}.MP4", 4)
        a_text(folder / f"DJI_{n + 1:04}.SRT", begins, 4)


def test_the_parts_of_a_split_recording_are_one_line_of_time(tmp_path: Path) -> None:
    split(tmp_path)
    card = read(tmp_path, SHANGHAI)
    recording = recorded(card)
    assert recording.seconds == pytest.approx(12)
    assert hows(card).count(How.PARTS) == 2
    fix = recording.fix_at(9.0)
    assert fix is not None
    assert fix.local == TAKE_OFF + timedelta(seconds=9)
    assert recording.colour is not None
    path, at = recording.colour.part_at(9.0)
    assert path.name == "DJI_0003.MP4"
    assert at == pytest.approx(1.0)


def test_recordings_with_a_pause_between_are_not_joined(tmp_path: Path) -> None:
    split(tmp_path, pause=8)
    assert len(only(read(tmp_path, SHANGHAI)).recordings) == 3


def test_a_full_file_without_its_next_part_is_said(tmp_path: Path) -> None:
    os.truncate(a_video(tmp_path / "DJI_0001.MP4"), 3_950_000_000)
    a_text(tmp_path / "DJI_0001.SRT")
    assert flaws(read(tmp_path, SHANGHAI)) == {Flaw.PART_MISSING}


def test_the_pictures_of_one_press_are_one_shot(tmp_path: Path) -> None:
    a_still(tmp_path / "DJI_0007.JPG", CaptureUUID="4a")
    a_still(tmp_path / "DJI_0008_T.JPG", CaptureUUID="4a")
    a_still(tmp_path / "DJI_0009.JPG", CaptureUUID="4b")
    flight = only(read(tmp_path))
    assert [[lens for lens, _ in shot.pictures] for shot in flight.shots] == [["", "T"], [""]]
    assert flight.shots[0].thermal == tmp_path / "DJI_0008_T.JPG"


def test_flights_are_told_apart_by_a_long_pause_and_by_place(tmp_path: Path) -> None:
    for n, (minutes, lat) in enumerate([(0, LAT), (3, LAT), (40, LAT), (43, LAT + 0.05)]):
        begins = TAKE_OFF + timedelta(minutes=minutes)
        a_video(tmp_path / f"{stamped(begins, 2 * n + 1)}.MP4")
        a_text(tmp_path / f"{stamped(begins, 2 * n + 1)}.SRT", begins, lat=lat)
    assert [len(flight.recordings) for flight in read(tmp_path, SHANGHAI).flights] == [2, 1, 1]


def test_stills_of_two_aircraft_are_two_flights(tmp_path: Path) -> None:
    a_still(tmp_path / "DJI_0001.JPG", DroneSerialNumber="A")
    a_still(tmp_path / "DJI_0002.JPG", TAKE_OFF + timedelta(seconds=30), DroneSerialNumber="B")
    assert len(read(tmp_path).flights) == 2


def test_a_clock_without_a_zone_is_unknown_and_stays_so(tmp_path: Path) -> None:
    a_video(tmp_path / "DJI_0001.MP4")
    a_text(tmp_path / "DJI_0001.SRT")
    card = read(tmp_path)
    assert flaws(card) == {Flaw.LOCAL_CLOCK}
    assert not only(card).clock.is_known
    fix = recorded(card).fix_at(0.0)
    assert fix is not None
    assert fix.at is None


def test_stills_name_the_zone_of_the_recordings_beside_them(tmp_path: Path) -> None:
    a_video(tmp_path / "DJI_0001.MP4")
    a_text(tmp_path / "DJI_0001.SRT")
    a_still(tmp_path / "DJI_0002.JPG", TAKE_OFF + timedelta(minutes=1))
    card = read(tmp_path)
    fix = recorded(card).fix_at(0.0)
    assert only(card).clock.source == "stills"
    assert fix is not None
    assert fix.at == datetime(2026, 4, 24, 2, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("created", "known", "flaw"),
    [
        ("2026-04-24T02:10:20Z", True, None),
        ("2026-04-24T10:10:00Z", False, Flaw.LOCAL_CLOCK),
        ("2026-04-24T02:16:00Z", False, Flaw.CLOCK_OFF),
        ("1904-01-01T00:00:00Z", False, Flaw.LOCAL_CLOCK),
    ],
    ids=["UTC", "its wall clock as UTC", "between two zones", "never set"],
)
def test_a_containers_time_names_the_zone_only_where_it_fits(
    created: str, known: bool, flaw: Flaw | None, tmp_path: Path
) -> None:
    a_video(tmp_path / "DJI_0001.MP4", created=created)
    a_text(tmp_path / "DJI_0001.SRT")
    card = read(tmp_path)
    assert only(card).clock.is_known is known
    assert flaw is None or flaw in flaws(card)


def test_what_a_person_knows_goes_before_and_a_contradiction_is_said(tmp_path: Path) -> None:
    a_still(tmp_path / "DJI_0001.JPG", zone="+02:00")
    card = read(tmp_path, SHANGHAI)
    assert only(card).clock.source == "said"
    assert flaws(card) == {Flaw.CLOCK_OFF}


def test_a_clock_that_is_ahead_is_set_right(tmp_path: Path) -> None:
    a_video(tmp_path / "DJI_0001.MP4")
    a_text(tmp_path / "DJI_0001.SRT")
    card = read(tmp_path, Known(ZoneInfo("Asia/Shanghai"), timedelta(seconds=30)))
    fix = recorded(card).fix_at(0.0)
    assert fix is not None
    assert fix.at == datetime(2026, 4, 24, 2, 9, 30, tzinfo=UTC)


def test_a_clock_that_was_never_set_is_off(tmp_path: Path) -> None:
    a_video(tmp_path / "DJI_0001.MP4")
    a_text(tmp_path / "DJI_0001.SRT", datetime(1970, 1, 1, 8))
    assert Flaw.CLOCK_OFF in flaws(read(tmp_path, SHANGHAI))


def test_telemetry_much_shorter_than_its_video_is_said(tmp_path: Path) -> None:
    a_video(tmp_path / "DJI_0001.MP4", 6)
    a_text(tmp_path / "DJI_0001.SRT", seconds=2)
    assert flaws(read(tmp_path, SHANGHAI)) == {Flaw.LENGTHS_DIFFER}


def test_one_place_in_another_hemisphere_is_named(tmp_path: Path) -> None:
    for n, lon in enumerate([LON, LON, -LON]):
        a_still(tmp_path / f"DJI_{n:04}.JPG", GpsLongitude=f"{lon}")
    card = read(tmp_path)
    (remark,) = card.remarks
    assert (remark.flaw, remark.where) == (Flaw.HEMISPHERE, "DJI_0002.JPG")
    assert [remark in flight.remarks for flight in card.flights] == [False, True]


def test_stills_say_what_they_lack(tmp_path: Path) -> None:
    a_still(tmp_path / "DJI_0001.JPG", GpsLatitude="0.0", GpsLongitude="0.0")
    a_still(tmp_path / "DJI_0002.JPG", GimbalPitchDegree="")
    (tmp_path / "DJI_0003.JPG").write_bytes(a_jpeg())
    assert flaws(read(tmp_path)) >= {Flaw.ZERO_GPS, Flaw.NO_GIMBAL, Flaw.STRIPPED}


def test_a_turned_video_is_said(tmp_path: Path) -> None:
    with_display_matrix(a_video(tmp_path / "DJI_0001.MP4"), -1, 0, 0, -1)
    a_text(tmp_path / "DJI_0001.SRT")
    card = read(tmp_path, SHANGHAI)
    assert [remark.flaw for file in card.files for remark in file.remarks] == [Flaw.ROTATED]
    assert recorded(card).clips[0].facts.turned_deg == 180


@pytest.mark.parametrize(("pause", "flaws_of_it"), [(Fraction(0), []), (Fraction(1, 2), [Flaw.VARIABLE_RATE])])
def test_a_rate_that_varies_is_said(pause: Fraction, flaws_of_it: list[Flaw], tmp_path: Path) -> None:
    times = [time + (pause if n >= 30 else 0) for n, time in enumerate(even_times(50))]
    numbered_video(tmp_path / "DJI_0001.mp4", times)
    (file,) = read(tmp_path).files
    assert [remark.flaw for remark in file.remarks] == flaws_of_it


def test_a_rate_that_changes_long_after_the_beginning_is_said(tmp_path: Path) -> None:
    numbered_video(tmp_path / "DJI_0001.mp4", [*even_times(150), *(6 + Fraction(n, 10) for n in range(50))])
    (file,) = read(tmp_path).files
    assert [remark.flaw for remark in file.remarks] == [Flaw.VARIABLE_RATE]


def test_telemetry_inside_a_transport_stream_is_found(tmp_path: Path) -> None:
    a_transport_stream(tmp_path / "flight.ts")
    recording = recorded(read(tmp_path))
    assert recording.track is not None
    assert recording.track.has_gimbal
    assert only(read(tmp_path)).clock.is_known is False


def test_junk_copies_and_broken_files_are_left_out_and_spoil_only_themselves(tmp_path: Path) -> None:
    a_video(tmp_path / "DJI_0001.MP4")
    a_text(tmp_path / "DJI_0001.SRT")
    shutil.copy(tmp_path / "DJI_0001.MP4", tmp_path / "Copy of DJI_0001.MP4")
    (tmp_path / "DJI_0001.LRF").write_bytes(b"small")
    (tmp_path / ".DS_Store").write_bytes(b"")
    (tmp_path / "DJI_0002.MP4").write_bytes(b"\0\0\0\x18ftyp")
    (tmp_path / "DJI_0003.SRT").write_bytes(b"")
    (tmp_path / "notes.docx").write_bytes(b"PK")
    card = read(tmp_path, SHANGHAI)
    kept = {file.where for file in card.files if file.is_kept}
    assert kept == {"DJI_0001.MP4", "DJI_0001.SRT"}
    said = {file.where: [remark.flaw for remark in file.remarks] for file in card.files}
    assert said["DJI_0002.MP4"] == [Flaw.BROKEN]
    assert said["DJI_0003.SRT"] == [Flaw.EMPTY]


def test_links_are_not_followed(tmp_path: Path) -> None:
    outside = a_still(tmp_path / "elsewhere" / "DJI_0001.JPG")
    a_still(tmp_path / "card" / "DJI_0002.JPG")
    (tmp_path / "card" / "DJI_0001.JPG").symlink_to(outside)
    assert [file.where for file in read(tmp_path / "card").files] == ["DJI_0002.JPG"]


def test_no_card_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoCard, match="no folder"):
        read(tmp_path / "nowhere")
    with pytest.raises(NoCard, match="no file"):
        read(tmp_path)


def test_the_rendered_flights_pair_and_read(tmp_path: Path) -> None:
    for path in SAMPLES.glob("dam_flight_*"):
        if path.suffix in {".mp4", ".srt", ".tiff"}:
            shutil.copy(path, tmp_path)
    card = read(tmp_path, SHANGHAI)
    assert not card.remarks
    assert [flight.begins for flight in card.flights] == [datetime(2026, 4, 24, 10, 10), datetime(2026, 5, 1, 10, 12)]
    for flight in card.flights:
        (recording,) = flight.recordings
        assert recording.colour is not None
        assert recording.thermal is not None
        assert [sample.media_s for sample in recording.samples] == [0.0, 10.0, 20.0]
        fix = recording.fix_at(29.9, thermal=True)
        assert fix is not None
        assert fix.has_gimbal
        assert fix.place is not None


def test_a_real_overlapping_flight_of_stills_is_one(tmp_path: Path) -> None:
    card = read(shared("data", "drone", "thermal_overlap_h20t"))
    assert [len(flight.shots) for flight in card.flights] == [9]
    assert all(shot.thermal and shot.fix and shot.fix.has_gimbal for shot in only(card).shots)
    assert not card.remarks


def test_a_real_video_pairs_with_its_renamed_telemetry() -> None:
    card = read(shared("data", "drone", "video"))
    assert How.TIME in hows(card)
    assert len(only(card).recordings) == 1
