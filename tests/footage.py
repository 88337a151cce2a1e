"""Builds real footage for tests: every picture carries its number in broad bars that survive compression."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from vision.types import Image

WIDTH, HEIGHT = 320, 192
_BITS = 10
_CLOCKS = {".avi": Fraction(1, 25), ".gif": Fraction(1, 100), ".flv": Fraction(1, 1000)}

_STEADY = {
    "libx264": {"sc_threshold": "0", "preset": "veryfast"},
    "libx265": {"preset": "ultrafast", "x265-params": "log-level=none:scenecut=0:open-gop=0"},
    "mpeg4": {"sc_threshold": "1000000000"},
}
"""Keyframes where the group length says and nowhere else."""


def even_times(count: int, fps: Fraction | int = 25) -> list[Fraction]:
    return [Fraction(n) / fps for n in range(count)]


def a_picture(number: int) -> Image:
    """White bars for the ones of `number`, black for its noughts, the top half a little darker than the bottom."""
    bits = [(number >> bit) & 1 for bit in range(_BITS)]
    row = np.repeat(np.array(bits, np.uint8) * 200 + 20, WIDTH // _BITS)
    image = np.broadcast_to(row[None, :, None], (HEIGHT, WIDTH, 3)).copy()
    image[: HEIGHT // 2] -= 15
    return image


def number_of(image: Image) -> int:
    """The number that `a_picture` drew."""
    bars = image[image.shape[0] // 2 :].mean(axis=(0, 2)).reshape(_BITS, -1).mean(axis=1)
    return sum(1 << bit for bit, bar in enumerate(bars) if bar > 115)


def a_video(
    path: Path,
    times: Sequence[Fraction] | None = None,
    *,
    codec: str = "libx264",
    gop: int = 25,
    b_frames: int = 0,
    pix_fmt: str = "yuv420p",
    options: dict[str, str] | None = None,
    container_options: dict[str, str] | None = None,
) -> Path:
    """One picture per time (ten seconds of 25 a second unless told), numbered; the container follows the name."""
    time_base = _CLOCKS.get(path.suffix, Fraction(1, 90000))
    with av.open(str(path), "w", options=container_options or {}) as out:
        track = out.add_stream(codec, rate=25, options=_STEADY.get(codec, {}) | (options or {}))
        track.width, track.height, track.pix_fmt = WIDTH, HEIGHT, pix_fmt
        track.codec_context.time_base = track.time_base = time_base
        track.codec_context.gop_size = gop
        track.codec_context.max_b_frames = b_frames
        for number, time in enumerate(even_times(250) if times is None else times):
            frame = av.VideoFrame.from_ndarray(a_picture(number), format="bgr24")
            frame.pts, frame.time_base = round(time / time_base), time_base
            out.mux(track.encode(frame))
        out.mux(track.encode(None))
    return path


def sound_only(path: Path) -> Path:
    with av.open(str(path), "w") as out:
        track = out.add_stream("aac", rate=16000)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
        frame.sample_rate = 16000
        out.mux(track.encode(frame))
        out.mux(track.encode(None))
    return path


def with_display_matrix(path: Path, a: int, b: int, c: int, d: int) -> Path:
    """The mp4 at `path` told to be shown turned or mirrored, as telephones do."""
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + 4 + 40
    matrix = (a << 16, b << 16, 0, c << 16, d << 16, 0, 0, 0, 1 << 30)
    data[at : at + 36] = b"".join(value.to_bytes(4, "big", signed=True) for value in matrix)
    path.write_bytes(data)
    return path


def with_damage(path: Path, *, packets: Sequence[int], from_part: float = 0.0) -> Path:
    """The coded pictures of these numbers overwritten where they lie in the file, whole or from a part of them on."""
    data = bytearray(path.read_bytes())
    with av.open(str(path)) as footage:
        whole = [p for p in footage.demux(video=0) if p.size]
    for number in packets:
        start, size = whole[number].pos, whole[number].size
        begin = start + max(8, int(from_part * size))
        data[begin : start + size] = bytes((7 * n) % 251 for n in range(start + size - begin))
    path.write_bytes(data)
    return path


def cut_off(path: Path, *, keep: float) -> Path:
    """Only the first part of the file's bytes."""
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])
    return path
