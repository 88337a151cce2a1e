"""Fixes on one line of media time."""

from datetime import UTC, datetime, timedelta

from pipelines.flaws import Flaw, Remark
from pipelines.telemetry import Fix, Track, completed, fix_at

NOON = datetime(2026, 4, 24, 4, tzinfo=UTC)


def test_a_track_without_gimbal_is_completed_by_media_time() -> None:
    beside = Track(
        "DJI_0001.SRT",
        "DJI SRT D2",
        tuple(Fix(media_s=n / 10, lat_deg=26.0, lon_deg=119.0) for n in range(20)),
        (Remark(Flaw.NO_GIMBAL, "DJI_0001.SRT", ""), Remark(Flaw.COARSE_GPS, "DJI_0001.SRT", "")),
    )
    inside = Track(
        "DJI_0001.MP4",
        "exiftool",
        tuple(Fix(media_s=n, at=NOON + timedelta(seconds=n), yaw_deg=10.0 * n, pitch_deg=-60.0) for n in range(2)),
    )
    found = completed(beside, inside)
    assert [fix.yaw_deg for fix in found.fixes] == [0.0] * 10 + [10.0] * 10
    assert found.fixes[0].place == (26.0, 119.0)
    assert found.fixes[15].at == NOON + timedelta(seconds=1)
    assert [remark.flaw for remark in found.remarks] == [Flaw.COARSE_GPS]
    assert found.dialect == "DJI SRT D2 + exiftool"


def test_what_a_track_says_itself_stays() -> None:
    beside = Track("a.SRT", "DJI SRT E1", (Fix(media_s=0.0, yaw_deg=1.0, pitch_deg=-30.0, at=NOON),))
    inside = Track(
        "a.MP4", "exiftool", (Fix(media_s=0.0, yaw_deg=99.0, pitch_deg=-60.0, at=NOON + timedelta(hours=1)),)
    )
    assert completed(beside, inside).fixes == beside.fixes


def test_a_moment_long_after_the_last_fix_is_unknown() -> None:
    track = Track("a.SRT", "DJI SRT E1", (Fix(media_s=0.0), Fix(media_s=1.0)))
    assert fix_at(track, 1.9) == track.fixes[1]
    assert fix_at(track, 2.1) is None
    assert fix_at(track, -0.5) is None
