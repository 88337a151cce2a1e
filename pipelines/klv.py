"""Reads MISB ST 0601 telemetry: packets of key, length, value, from a file of them or from an MPEG-TS with video."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import av

from pipelines.flaws import Flaw, Remark
from pipelines.klv_report import Report, report_of
from pipelines.media import open_file
from pipelines.telemetry import BadTelemetry, Track

KEY = bytes.fromhex("060e2b34020b01010e01030101000000")
_TAIL = KEY[5:]
"""What a packet is found by: some recorders leave out the five bytes that all keys of SMPTE begin with."""
_CHECKSUM = b"\x01\x02"
_MOST_BYTES = 512 * 1024 * 1024
_DIALECT = "MISB ST 0601"


@dataclass(frozen=True, slots=True)
class Reports:
    """What a stretch of bytes held. `broken` counts packets that were cut off or whose checksum is wrong."""

    reports: tuple[Report, ...]
    broken: int


def reports_in(data: bytes, media_s: float | None = None) -> Reports:
    """Every whole packet with a right checksum. Bytes before a key are passed over: streams begin anywhere."""
    packets = list(_packets(data))
    whole = tuple(report_of(dict(_items(packet)), media_s) for packet in packets if packet is not None)
    return Reports(whole, len(packets) - len(whole))


def _packets(data: bytes) -> Iterator[bytes | None]:
    """Each packet with its whole key, or None for one that is cut off or damaged. The search then goes on behind its
    key, since its length may be what is wrong."""
    at = data.find(_TAIL)
    while at >= 0:
        behind = at + len(_TAIL)
        length, begin = _length(data, behind)
        packet = KEY + data[behind : begin + length]
        is_right = 0 < length <= len(data) - begin and _is_right(packet)
        yield packet if is_right else None
        at = data.find(_TAIL, begin + length if is_right else behind)


def _length(data: bytes, at: int) -> tuple[int, int]:
    """Length in BER and where the value begins; a length that is cut off is 0."""
    if at >= len(data):
        return 0, at
    first = data[at]
    if first < 0x80:
        return first, at + 1
    size = first & 0x7F
    return int.from_bytes(data[at + 1 : at + 1 + size], "big"), at + 1 + size


def _is_right(packet: bytes) -> bool:
    """Tag 1 comes last: the sum of all 16-bit words before its value. Without one there is nothing to check."""
    if packet[-4:-2] != _CHECKSUM:
        return True
    body = packet[:-2]
    total = sum(body[0::2]) * 256 + sum(body[1::2])
    return total & 0xFFFF == int.from_bytes(packet[-2:], "big")


def _items(packet: bytes) -> Iterator[tuple[int, bytes]]:
    _, at = _length(packet, len(KEY))
    while at < len(packet):
        tag, at = _tag(packet, at)
        length, at = _length(packet, at)
        yield tag, packet[at : at + length]
        at += length


def _tag(packet: bytes, at: int) -> tuple[int, int]:
    """Seven bits a byte, the top bit says that more follow."""
    tag = 0
    while at < len(packet):
        tag = tag << 7 | packet[at] & 0x7F
        at += 1
        if not packet[at - 1] & 0x80:
            break
    return tag, at


def read_klv(path: Path) -> tuple[Track, tuple[Report, ...]]:
    """A bare file of packets, or an MPEG-TS that carries them. Raises BadTelemetry and BadSource."""
    if path.stat().st_size > _MOST_BYTES and path.suffix.lower() == ".klv":
        raise BadTelemetry(Remark(Flaw.UNSUPPORTED, path.name, f"{path.stat().st_size} bytes is no telemetry file"))
    bare = path.suffix.lower() == ".klv"
    found = [reports_in(path.read_bytes())] if bare else _of_transport(path)
    reports = tuple(report for some in found for report in some.reports)
    broken = sum(some.broken for some in found)
    if not reports:
        raise BadTelemetry(Remark(Flaw.BROKEN, path.name, f"no whole ST 0601 packet in it, {broken} broken"))
    return _track(path.name, _timed(reports), broken), _timed(reports)


def _of_transport(path: Path) -> list[Reports]:
    """Seconds are told from the first picture's time, as for every other track of a video."""
    with open_file(path) as container:
        streams = [stream for stream in container.streams if _is_klv(stream)]
        if not streams:
            raise BadTelemetry(Remark(Flaw.NO_GPS, path.name, "no KLV stream in it"))
        start = (container.start_time or 0) / av.time_base
        return [
            reports_in(bytes(packet), float(packet.pts * packet.time_base) - start if packet.pts is not None else None)
            for packet in container.demux(streams)
            if packet.size
        ]


def _is_klv(stream: object) -> bool:
    context = getattr(stream, "codec_context", None)
    return "klv" in {getattr(stream, "name", ""), getattr(context, "name", "")}


def _timed(reports: Sequence[Report]) -> tuple[Report, ...]:
    """Packets of a bare file have no media time: theirs is told from the first packet's clock."""
    first = next((report.at for report in reports if report.at), None)
    if first is None or any(report.media_s is not None for report in reports):
        return tuple(reports)
    since = [(report.at - first).total_seconds() if report.at else None for report in reports]
    return tuple(replace(report, media_s=at) for report, at in zip(reports, since, strict=True))


def _track(name: str, reports: Sequence[Report], broken: int) -> Track:
    remarks = [Remark(Flaw.CUT_OFF, name, f"{broken} packets are cut off or damaged and left out")] if broken else []
    return Track(name, _DIALECT, tuple(report.fix() for report in reports), tuple(remarks))
