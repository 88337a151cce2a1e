"""Packets of MISB ST 0601 of our own making, bare and in an MPEG-TS beside a video."""

from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from pipelines.klv import KEY

AT = datetime(2026, 4, 24, 2, 10, tzinfo=UTC)


def unsigned(value: float, low: float, high: float, size: int) -> bytes:
    return round((value - low) / (high - low) * ((1 << 8 * size) - 1)).to_bytes(size, "big")


def signed(value: float, reach: float, size: int) -> bytes:
    return round(value / reach * ((1 << 8 * size - 1) - 1)).to_bytes(size, "big", signed=True)


def item(tag: int, value: bytes) -> bytes:
    return bytes([tag, len(value)]) + value


USUAL = {
    2: int(AT.timestamp() * 1e6).to_bytes(8, "big"),
    3: b"dam-7",
    5: unsigned(90, 0, 360, 2),
    6: signed(0, 20, 2),
    7: signed(0, 50, 2),
    13: signed(26.056725, 90, 4),
    14: signed(119.18398, 180, 4),
    15: unsigned(111, -900, 19000, 2),
    18: unsigned(45, 0, 360, 4),
    19: signed(-30, 180, 4),
    20: unsigned(0, 0, 360, 4),
    23: signed(26.06, 90, 4),
    24: signed(119.19, 180, 4),
}


def a_packet(items: dict[int, bytes]) -> bytes:
    body = b"".join(item(tag, value) for tag, value in items.items())
    size = len(body) + 4
    head = KEY + (bytes([size]) if size < 128 else bytes([0x82]) + size.to_bytes(2, "big")) + body + b"\x01\x02"
    total = sum(byte << (8 if n % 2 == 0 else 0) for n, byte in enumerate(head)) & 0xFFFF
    return head + total.to_bytes(2, "big")


def a_transport_stream(path: Path) -> Path:
    with av.open(str(path), "w", format="mpegts") as out:
        video = out.add_stream("libx264", rate=25)
        video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
        telemetry = out.add_data_stream("klv")
        for n in range(25):
            frame = av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8), format="bgr24")
            frame.pts, frame.time_base = n, Fraction(1, 25)
            out.mux(video.encode(frame))
            if n % 5 == 0:
                packet = av.Packet(a_packet(USUAL))
                packet.stream, packet.time_base = telemetry, Fraction(1, 90000)
                packet.pts = packet.dts = n * 3600
                out.mux(packet)
        out.mux(video.encode(None))
    return path
