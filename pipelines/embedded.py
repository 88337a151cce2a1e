"""Telemetry inside a video file: a subtitle track by FFmpeg, a maker's own track by exiftool where it is installed."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines.flaws import Flaw, Remark
from pipelines.media import open_file
from pipelines.srt import Cue, track_of
from pipelines.telemetry import BadTelemetry, Fix, Track, known_place

MAKERS = ("djmd", "dbgi", "gpmd", "GoPro MET", "DJI meta", "CAM meta")
"""Tracks that only exiftool reads: DJI's protobuf and GoPro's GPMF, by codec or by handler."""

_TIMEOUT_S = 300
_EXIFTOOL = ("-ee", "-j", "-n", "-G3", "-api", "LargeFileSupport=1", "-GPS*", "-Gimbal*", "-*Altitude", "-SampleTime")

_NAMES: Mapping[str, str] = {
    "GPSLatitude": "lat", "GPSLongitude": "lon", "GPSAltitude": "abs_alt", "AbsoluteAltitude": "abs_alt",
    "RelativeAltitude": "rel_alt", "GimbalYaw": "yaw", "GimbalPitch": "pitch", "GimbalRoll": "roll",
    "SampleTime": "media", "GPSDateTime": "at",
}  # fmt: skip


def subtitles_in(path: Path) -> Track:
    """The text track that small drones put inside their MP4. Raises BadTelemetry, BadSource."""
    with open_file(path) as container:
        if not container.streams.subtitles:
            raise BadTelemetry(Remark(Flaw.NO_GPS, path.name, "no subtitle track in it"))
        packets = container.demux(container.streams.subtitles[0])
        cues = [cue for n, packet in enumerate(packets, 1) if (cue := _cue(n, packet)) is not None]
    return track_of(cues, path.name)


def _cue(number: int, packet: Any) -> Cue | None:
    """MP4 writes the text's length in two bytes before it, other containers do not."""
    data = bytes(packet)
    if packet.pts is None or not data:
        return None
    length = int.from_bytes(data[:2], "big")
    text = data[2 : 2 + length] if length == len(data) - 2 else data
    begin = float(packet.pts * packet.time_base)
    end = begin + float((packet.duration or 0) * packet.time_base)
    return Cue(number, begin, end, text.decode("utf-8", "replace")) if text.strip() else None


def makers_track_in(path: Path, exiftool: str) -> Track:
    """What exiftool (13 or newer for DJI's) finds in a maker's own track. Raises BadTelemetry."""
    command = [exiftool, *_EXIFTOOL, "--", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_TIMEOUT_S, check=False)
        said = json.loads(done.stdout or b"[]")
    except (OSError, subprocess.TimeoutExpired, ValueError) as error:
        raise BadTelemetry(Remark(Flaw.NO_READER, path.name, f"exiftool does not answer: {error}")) from error
    return track_of_exiftool(said, path.name)


def track_of_exiftool(said: Sequence[Mapping[str, object]], name: str) -> Track:
    """From exiftool's JSON, in which every sample is a document with its own prefix. Raises BadTelemetry."""
    samples: dict[str, dict[str, object]] = {}
    for key, value in (said[0] if said else {}).items():
        document, _, tag = key.rpartition(":")
        if document.startswith("Doc") and tag in _NAMES:
            samples.setdefault(document, {}).setdefault(_NAMES[tag], value)
    fixes = [_fix(sample) for sample in samples.values() if len(sample) > 1]
    if not any(fix.place for fix in fixes):
        raise BadTelemetry(Remark(Flaw.NO_GPS, name, "no position found by exiftool, which reads DJI's from 13 on"))
    return Track(name, "exiftool", tuple(_timed(fixes)))


def _fix(sample: Mapping[str, object]) -> Fix:
    return Fix(
        media_s=_number(sample, "media"),
        at=_utc(str(sample.get("at", ""))),
        **known_place(_number(sample, "lat"), _number(sample, "lon")),
        rel_alt_m=_number(sample, "rel_alt"),
        abs_alt_m=_number(sample, "abs_alt"),
        yaw_deg=_number(sample, "yaw"),
        pitch_deg=_number(sample, "pitch"),
        roll_deg=_number(sample, "roll"),
    )


def _number(sample: Mapping[str, object], name: str) -> float | None:
    value = sample.get(name)
    return float(value) if isinstance(value, int | float) else None


def _utc(text: str) -> datetime | None:
    """`2017:04:17 19:27:57.52602`, always UTC in these tracks."""
    try:
        return datetime.fromisoformat(text.replace(":", "-", 2).rstrip("Z")).replace(tzinfo=UTC)
    except ValueError:
        return None


def _timed(fixes: Sequence[Fix]) -> list[Fix]:
    """GoPro gives media time only once for several samples: that of the others is told from the first one's clock."""
    first = fixes[0]
    if first.at is None or all(fix.media_s is not None for fix in fixes):
        return list(fixes)
    return [_since(fix, first.at, first.media_s or 0.0) for fix in fixes]


def _since(fix: Fix, first: datetime, media_s: float) -> Fix:
    return fix if fix.at is None else replace(fix, media_s=media_s + (fix.at - first).total_seconds())
