"""A position that stays while the picture moves is stale; a drone that hovers or looks round is not."""

from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from pipelines.flaws import Flaw
from pipelines.stale_gps import picture_at
from tests.drone_card import TAKE_OFF, read
from tests.drone_texts import LAT, LON, a_cue

SECONDS = 8


def a_flown_video(path: Path, *, px_per_s: int) -> Path:
    """Over rough ground, at so many pixels a second."""
    rough = np.random.default_rng(3).integers(0, 255, (60, 160), dtype=np.uint8)
    ground = np.ascontiguousarray(cv2.resize(rough, (1280, 480), interpolation=cv2.INTER_CUBIC))
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=5, options={"preset": "ultrafast", "crf": "18"})
        stream.width, stream.height, stream.pix_fmt = 640, 480, "yuv420p"
        for n in range(SECONDS * 5):
            left = n * px_per_s // 5
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(ground[:, left : left + 640]), format="gray")
            frame.pts, frame.time_base = n, Fraction(1, 5)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def a_frozen_text(path: Path, *, yaw_per_s: float) -> None:
    """Eight seconds at one and the same position."""
    said = [
        f"FrameCnt: {n}\n{TAKE_OFF:%Y-%m-%d %H:%M}:{n:02}.000\n[latitude: {LAT}] [longitude: {LON}] "
        f"[rel_alt: 25.000 abs_alt: 111.000] [gb_yaw: {yaw_per_s * n:.1f} gb_pitch: -60.0 gb_roll: 0.0]"
        for n in range(SECONDS)
    ]
    path.write_text("".join(a_cue(n, text, n, n + 1) for n, text in enumerate(said)), encoding="utf-8")


@pytest.mark.parametrize(
    ("px_per_s", "yaw_per_s", "stale"),
    [(30, 0.0, True), (0, 0.0, False), (30, 5.0, False)],
    ids=["flies on", "hovers", "looks round"],
)
def test_a_position_that_stays_while_the_picture_flies_on_is_stale(
    px_per_s: int, yaw_per_s: float, stale: bool, tmp_path: Path
) -> None:
    a_flown_video(tmp_path / "DJI_0001.MP4", px_per_s=px_per_s)
    a_frozen_text(tmp_path / "DJI_0001.SRT", yaw_per_s=yaw_per_s)
    assert (Flaw.STALE_GPS in {remark.flaw for remark in read(tmp_path).remarks}) is stale


def test_a_picture_is_the_one_shown_at_its_moment(tmp_path: Path) -> None:
    path = a_flown_video(tmp_path / "DJI_0001.MP4", px_per_s=30)
    first, later = picture_at(path, 0.0), picture_at(path, 4.0)
    assert first is not None
    assert later is not None
    assert float(np.abs(later[:, :500].astype(int) - first[:, 120:620]).mean()) < 8


def test_a_moment_that_is_not_there_has_no_picture(tmp_path: Path) -> None:
    assert picture_at(a_flown_video(tmp_path / "DJI_0001.MP4", px_per_s=0), 99.0) is None
