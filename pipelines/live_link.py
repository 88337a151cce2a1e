"""One connection to a live stream: how it is opened, and its packets turned into due pictures."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

import av

from pipelines.addresses import NETWORK_PROTOCOLS, NetworkAddress
from pipelines.arrival import ArrivalTimes
from pipelines.decoding import PictureDecoder, Shown
from pipelines.live_sampling import LiveSampler
from pipelines.ring import PacketRing
from pipelines.runs import Coded

_OPEN_S = 10.0
_READ_S = 5.0
_RTSP = {"rtsp_transport": "tcp", "allowed_media_types": "video", "timeout": "5000000"}
_HTTP = {"format_whitelist": "flv,live_flv,mpegts,hls,mpjpeg,mov,matroska,h264,hevc", "rw_timeout": "5000000"}

_HOW: Mapping[str, tuple[str | None, dict[str, str]]] = {
    "rtsp": ("rtsp", _RTSP),
    "rtsps": ("rtsp", _RTSP),
    "rtmp": ("flv", {"rw_timeout": "5000000"}),
    "rtmps": ("flv", {"rw_timeout": "5000000"}),
    "http": (None, _HTTP),
    "https": (None, _HTTP),
}
"""Scheme -> the container it must be (None: one of the white list), and FFmpeg's options. RTSP over TCP: over UDP a
lost packet smears the picture."""


def open_live(address: NetworkAddress) -> Any:
    """Raises av.FFmpegError, whose text holds the whole address: show people `media.reason` of it."""
    container_format, options = _HOW[address.scheme]
    allowed = {"protocol_whitelist": NETWORK_PROTOCOLS[address.scheme]}
    limits = {"analyzeduration": "2000000", "probesize": "2000000", "fpsprobesize": "0"}
    return av.open(address.url, format=container_format, options=options | allowed | limits, timeout=(_OPEN_S, _READ_S))


class LiveLink:
    """The packets of one connection on their way: given a time, kept for clips, decoded when due."""

    def __init__(self, stream: Any, *, rate_hz: float, times: ArrivalTimes, ring: PacketRing) -> None:
        self._times = times
        self._times.restart()
        self._ring = ring
        self._decoder = PictureDecoder(stream.codec_context)
        self._sampler = LiveSampler(self._decoder, rate_hz)
        self._track = _lasting_track(stream)
        self._started = False

    @property
    def keyframes_only(self) -> bool:
        return self._sampler.keyframes_only

    @property
    def failed(self) -> int:
        return self._decoder.failed

    @property
    def missed(self) -> int:
        return self._sampler.missed

    def take(self, packet: Any, arrived: datetime) -> list[Shown]:
        """Nothing before the first keyframe can be decoded."""
        self._started = self._started or packet.is_keyframe
        if not packet.size or not self._started:
            return []
        coded = Coded(packet, self._times.taken_at(_stamp_s(packet), arrived).timestamp())
        self._ring.keep(coded, self._track)
        return self._sampler.take(coded)


def _stamp_s(packet: Any) -> float | None:
    stamp = packet.dts if packet.pts is None else packet.pts
    return None if stamp is None else float(stamp * packet.time_base)


def _lasting_track(stream: Any) -> Any:
    """What a clip must know of the stream's coding, held by a container of its own so that it outlives the link."""
    holder = av.open(BytesIO(), "w", format="matroska")
    return holder.add_stream_from_template(stream, opaque=True)
