"""MISB ST 0601: packets are found, checked and read, wherever a stream begins."""

import math
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from pipelines.flaws import Flaw
from pipelines.klv import read_klv, reports_in
from pipelines.telemetry import BadTelemetry
from tests.klv_packets import AT, USUAL, a_packet, a_transport_stream, signed
from tests.shared import shared


def test_a_packet_says_where_when_and_what_it_looks_at() -> None:
    (report,) = reports_in(a_packet(USUAL)).reports
    assert report.at == AT
    assert report.texts == {"mission": "dam-7"}
    assert report.centre == pytest.approx((26.06, 119.19), abs=1e-7)
    fix = report.fix()
    assert fix.place == pytest.approx((26.056725, 119.18398), abs=1e-7)
    assert fix.abs_alt_m == pytest.approx(111, abs=0.2)


def test_the_turret_turns_on_the_aircraft() -> None:
    fix = reports_in(a_packet(USUAL)).reports[0].fix()
    assert (fix.yaw_deg, fix.pitch_deg, fix.roll_deg) == pytest.approx((135, -30, 0), abs=0.01)


def test_a_direction_with_an_angle_missing_is_unknown() -> None:
    items = {tag: value for tag, value in USUAL.items() if tag != 19}
    assert not reports_in(a_packet(items)).reports[0].fix().has_gimbal


def test_the_most_negative_number_is_out_of_range() -> None:
    (report,) = reports_in(a_packet(USUAL | {6: b"\x80\x00"})).reports
    assert "pitch_deg" not in report.said


def test_corners_are_told_from_the_centre() -> None:
    offsets = {tag: signed(0.001 * (tag - 25), 0.075, 2) for tag in range(26, 34)}
    (report,) = reports_in(a_packet(USUAL | offsets)).reports
    assert len(report.corners) == 4
    assert report.corners[0] == pytest.approx((26.061, 119.192), abs=1e-5)


def test_a_stream_that_begins_inside_a_packet_is_read_from_the_next_on() -> None:
    stream = a_packet(USUAL) * 3
    found = reports_in(stream[20:])
    assert (len(found.reports), found.broken) == (2, 0)


def test_packets_without_the_first_bytes_of_their_key_are_read() -> None:
    assert len(reports_in(b"".join(a_packet(USUAL)[5:] for _ in range(3))).reports) == 3


def test_a_damaged_packet_is_counted_and_spoils_only_itself() -> None:
    good = a_packet(USUAL)
    bad = bytearray(good)
    bad[40] ^= 0xFF
    found = reports_in(good + bytes(bad) + good + good[:60])
    assert (len(found.reports), found.broken) == (2, 2)


def test_a_bare_file_tells_media_time_from_its_first_packet(tmp_path: Path) -> None:
    later = USUAL | {2: int((AT.timestamp() + 2.5) * 1e6).to_bytes(8, "big")}
    path = tmp_path / "flight.klv"
    path.write_bytes(a_packet(USUAL) + a_packet(later))
    track, _ = read_klv(path)
    assert [fix.media_s for fix in track.fixes] == [0.0, 2.5]


def test_a_file_without_a_packet_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "flight.klv"
    path.write_bytes(b"nothing of the kind")
    with pytest.raises(BadTelemetry, match=r"flight\.klv") as refused:
        read_klv(path)
    assert refused.value.remark.flaw is Flaw.BROKEN


def test_packets_in_an_mpeg_ts_come_with_the_videos_own_time(tmp_path: Path) -> None:
    track, reports = read_klv(a_transport_stream(tmp_path / "flight.ts"))
    assert [fix.media_s for fix in track.fixes] == pytest.approx([0.0, 0.2, 0.4, 0.6, 0.8])
    assert all(report.at == AT for report in reports)


def test_711_real_packets_are_read_and_the_first_is_as_published() -> None:
    track, reports = read_klv(shared("data", "drone", "klv", "Truck.klv"))
    assert len(reports) == 711
    assert not track.remarks
    first = reports[0].said
    assert reports[0].at == datetime(2012, 9, 19, 20, 50, 26, 484970, tzinfo=UTC)
    assert (first["heading_deg"], first["pitch_deg"], first["roll_deg"]) == pytest.approx(
        (157.60, 3.39, -6.49), abs=0.005
    )
    assert (first["rel_azimuth_deg"], first["rel_elevation_deg"]) == pytest.approx((254.25, -20.38), abs=0.005)
    assert first["slant_m"] == pytest.approx(2291.9, abs=0.05)
    assert reports[0].centre == pytest.approx((41.106802, -104.851006), abs=1e-6)


def test_the_direction_of_711_real_packets_meets_the_ground_at_the_slant_range() -> None:
    """The drop to the frame's centre over the slant range is the sine of the depression that the chain gives."""
    _, reports = read_klv(shared("data", "drone", "klv", "Truck.klv"))
    off = []
    for report in reports:
        drop = report.said["alt_m"] - report.said["centre_alt_m"]
        off.append(abs(math.degrees(math.asin(drop / report.said["slant_m"])) + (report.fix().pitch_deg or 0)))
    assert float(np.median(off)) < 0.2


@pytest.mark.parametrize(("name", "count"), [("day.klv", 6), ("night.klv", 18)])
def test_real_streams_whose_keys_are_cut_are_read(name: str, count: int) -> None:
    track, _ = read_klv(shared("data", "drone", "klv", name))
    assert len(track.fixes) == count
    assert track.has_gimbal
