"""What comes off a card may be anything: it is read or refused by name, and nothing else happens."""

import math
import struct
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.exif import camera_of
from pipelines.klv import reports_in
from pipelines.radiometric import NotRadiometric, read_thermal
from pipelines.srt import cues_in, read_srt, track_of
from pipelines.telemetry import BadTelemetry
from pipelines.track_checks import checked
from pipelines.xmp import note_of
from tests.drone_stills import a_jpeg, a_still, conditions, with_segment
from tests.drone_texts import DIALECTS, an_srt
from tests.klv_packets import USUAL, a_packet

few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

_CUES = an_srt(*(said.text for said in DIALECTS))
_NUMBERS = st.sampled_from(["nan", "inf", "-", "1e999", "9" * 400, "-0.0", ".", "١٢", "0x1F", ""])


def damaged(data: bytes, edits: list[tuple[float, int]]) -> bytes:
    found = bytearray(data)
    for where, byte in edits:
        found[int(where * (len(found) - 1))] = byte
    return bytes(found)


EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=40)


@few
@given(EDITS, st.floats(0, 1))
def test_damaged_subtitles_are_read_or_refused(tmp_path: Path, edits: list[tuple[float, int]], keep: float) -> None:
    data = damaged(_CUES.encode(), edits)
    path = tmp_path / "DJI_0001.SRT"
    path.write_bytes(data[: int(len(data) * keep)])
    try:
        track = checked(read_srt(path))
    except BadTelemetry:
        return
    assert all(fix.place is None or abs(fix.place[0]) <= 90 for fix in track.fixes)


@few
@given(_NUMBERS, _NUMBERS, _NUMBERS)
def test_odd_numbers_are_no_figures(lat: str, lon: str, focal: str) -> None:
    text = f"2026-04-24 10:10:00.250\n[latitude: {lat}] [longitude: {lon}] [focal_len: {focal}] [dzoom_ratio: {focal}]"
    try:
        checked(track_of(cues_in(an_srt(text, f"GPS ({lat}, {lon}, {focal})", text)), "DJI_0001.SRT"))
    except BadTelemetry:
        return


@few
@given(EDITS, st.floats(0, 1))
def test_damaged_packets_are_left_out(edits: list[tuple[float, int]], keep: float) -> None:
    data = damaged(a_packet(USUAL) * 3, edits)
    for report in reports_in(data[: int(len(data) * keep)]).reports:
        report.fix()


@few
@given(st.dictionaries(st.integers(0, 127), st.binary(max_size=40), max_size=12))
def test_packets_with_any_values_are_read(items: dict[int, bytes]) -> None:
    for report in reports_in(a_packet(items)).reports:
        report.fix()


@few
@given(EDITS, st.floats(0, 1))
def test_damaged_stills_are_read_or_refused(edits: list[tuple[float, int]], keep: float) -> None:
    data = damaged(a_still(), edits)
    note_of(data[: int(len(data) * keep)])
    camera_of(data)


@few
@given(_NUMBERS, _NUMBERS)
def test_odd_numbers_in_a_still_are_no_figures(lat: str, focal: str) -> None:
    note = note_of(a_still(GpsLatitude=lat, CalibratedFocalLength=focal, DewarpData=f"x;{lat},{focal},1,1,1,1,1,1,1"))
    assert note is not None
    assert note.fix.place is None or math.isfinite(note.fix.place[0])
    assert note.calibrated_focal_px is None or math.isfinite(note.calibrated_focal_px)
    assert note.dewarp is None or math.isfinite(note.dewarp.fx_px)


@few
@given(st.binary(max_size=400), st.binary(max_size=400), st.integers(0, 0xFFFF))
def test_thermal_stills_with_any_blocks_are_read(tmp_path: Path, block: bytes, air: bytes, count: int) -> None:
    raw = struct.pack("<H", count) * (640 * 512)
    jpeg = with_segment(with_segment(with_segment(a_jpeg(), 0xE5, air), 0xE4, conditions()[:32] + block), 0xE3, raw)
    path = tmp_path / "DJI_0001_T.JPG"
    path.write_bytes(jpeg)
    try:
        read_thermal(path)
    except NotRadiometric:
        return
