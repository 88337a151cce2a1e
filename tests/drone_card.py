"""Cards as drones leave them: short videos, their subtitles, stills, junk. Every file differs from every other."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from pipelines.flight_reading import Card, Known, read_card
from tests.drone_stills import USUAL, a_jpeg, with_xmp
from tests.drone_texts import LAT, LON, a_cue

NOW = datetime(2026, 5, 1, tzinfo=UTC)
TAKE_OFF = datetime(2026, 4, 24, 10, 10, 0)
"""The drone's own wall clock."""


def read(root: Path, known: Known | None = None) -> Card:
    return read_card(root, now=NOW, known=known)


def a_video(path: Path, seconds: float = 2.0, *, created: str = "", wide: int = 64, rate: int = 10) -> Path:
    """`created` goes into the container; the path's name makes every file another."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w") as out:
        out.metadata["comment"] = path.as_posix()
        if created:
            out.metadata["creation_time"] = created
        stream = out.add_stream("libx264", rate=rate, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = wide, 48, "yuv420p"
        for n in range(round(seconds * rate)):
            frame = av.VideoFrame.from_ndarray(np.full((48, wide, 3), n, np.uint8), format="bgr24")
            frame.pts, frame.time_base = n, Fraction(1, rate)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def a_text(path: Path, begins: datetime = TAKE_OFF, seconds: float = 2.0, *, lat: float = LAT) -> Path:
    """An M3T's subtitles, five cues a second, that fly northward."""
    path.parent.mkdir(parents=True, exist_ok=True)
    cues = [_cue(n, begins + timedelta(seconds=n / 5), lat + n * 1e-6, LON) for n in range(round(seconds * 5))]
    path.write_text("".join(cues), encoding="utf-8")
    return path


def _cue(n: int, at: datetime, lat: float, lon: float) -> str:
    said = (
        f"FrameCnt: {n}, DiffTime: 200ms\n{at:%Y-%m-%d %H:%M:%S}.{at.microsecond // 1000:03}\n"
        f"[focal_len: 40.00] [dzoom_ratio: 1.00], [latitude: {lat:.6f}] [longitude: {lon:.6f}] "
        "[rel_alt: 25.000 abs_alt: 111.000] [gb_yaw: 20.8 gb_pitch: -60.0 gb_roll: 0.0]"
    )
    return a_cue(n, said, n / 5, (n + 1) / 5)


def a_still(path: Path, begins: datetime = TAKE_OFF, zone: str = "+08:00", **changed: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    tags = USUAL | {"xmp:CreateDate": f"{begins:%Y-%m-%dT%H:%M:%S}{zone}", "xmp:Label": path.as_posix()}
    path.write_bytes(with_xmp(a_jpeg(), tags | {f"drone-dji:{name}": value for name, value in changed.items()}))
    return path


def stamped(begins: datetime, number: int, lens: str = "") -> str:
    """The name that DJI gives, without a suffix."""
    return f"DJI_{begins:%Y%m%d%H%M%S}_{number:04}" + (f"_{lens}" if lens else "")
