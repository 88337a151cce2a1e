"""Opens footage through FFmpeg, and lets it read nothing but the one thing that was named."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from pipelines.footage import BadSource
from pipelines.timeline import Timeline

_CONTAINERS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpegtsraw,mpeg,mpegvideo,mpeg1video,mpeg2video,flv,live_flv,kux,"
    "gif,apng,h264,hevc,vvc,av1,obu,ivf,m4v,h263,h261,mjpeg,mpjpeg,smjpeg,asf,asf_o,ogg,mxf,gxf,wtv,nut,nsv,rm,dv,"
    "dhav,ty,vc1,cavsvideo,avs2,avs3,yuv4mpegpipe,webp_anim,swf,lmlm4,ifv,pva,nuv,dxa,evc,ingenient"
)
"""What may be a video. Playlists (hls, concat, dash, sdp, image2 …) are not: they make FFmpeg open other things."""

_FILE_ONLY = {"protocol_whitelist": "file", "format_whitelist": _CONTAINERS}

_NOT_VIDEO = "{name} is not a video that can be read: {why}. Check that the file is complete and plays elsewhere"


def open_file(path: Path) -> Any:
    """An FFmpeg container over `path` and nothing else. Raises BadSource."""
    _check(path)
    try:
        return av.open(f"file:{path.absolute()}", options=_FILE_ONLY, metadata_errors="replace")
    except av.FFmpegError as error:
        raise BadSource(_NOT_VIDEO.format(name=path, why=reason(error))) from error


def _check(path: Path) -> None:
    if not path.is_file():
        raise BadSource(f"there is no file {path}. Check the path")
    if path.stat().st_size == 0:
        raise BadSource(f"{path} is empty (0 bytes). Copy it again")


_WORDS: Mapping[type[Exception], str] = {
    av.ArgumentError: "its format is not among those read here (a playlist or a list of files is never followed)",
    av.HTTPUnauthorizedError: "the user name or password is refused (401); check them",
    av.HTTPForbiddenError: "access is forbidden (403); check the account's rights",
    av.HTTPNotFoundError: "there is no such stream (404); check the path in the address",
    av.ExitError: "nothing arrived in time",
}


def reason(error: Exception) -> str:
    """What FFmpeg says, without the address, which it always adds and which may hold a password."""
    return _WORDS.get(type(error)) or str(getattr(error, "strerror", None) or type(error).__name__)


def video_stream(container: Any, name: str) -> Any:
    """The moving picture in a container. Raises BadSource when it holds only sound or a cover picture."""
    for stream in container.streams.video:
        if not stream.disposition & av.stream.Disposition.attached_pic and stream.codec_context is not None:
            return stream
    raise BadSource(f"{name} holds no moving picture ({_holds(container)}). Choose another file")


def _holds(container: Any) -> str:
    return ", ".join(sorted({stream.type for stream in container.streams})) or "no stream at all"


def frame_seconds(stream: Any) -> Fraction | None:
    """How long one picture is shown, by the container's own average. For filling gaps, never for measuring."""
    rate = stream.average_rate or stream.guessed_rate
    return 1 / rate if rate else None


_DECLARE_LENGTH = frozenset({"matroska,webm", "flv"})
"""Containers whose header says how long they are, for all streams together. Others' length is FFmpeg's guess."""


def declared_seconds(container: Any, stream: Any) -> float | None:
    """How long the pictures go on, where the container itself says so."""
    if "mp4" in container.format.name and stream.duration:
        return float(stream.duration * stream.time_base)
    if container.format.name == "avi" and stream.frames and stream.average_rate:
        return float(stream.frames / stream.average_rate)
    alone = len(container.streams) == 1 and container.duration
    if alone and container.format.name in _DECLARE_LENGTH:
        return float(container.duration / av.time_base)
    return None


_NO_ORDER = frozenset({"avi", "h264", "hevc"})
"""Containers that store pictures in the order of decoding and say nothing of when they are shown."""

_REORDERED = frozenset({"h264", "hevc"})


def timeline_of(container: Any, stream: Any) -> Timeline:
    """The line on which the pictures of `stream` are shown."""
    only = container.format.name in _NO_ORDER and (_is_reordered(stream) or not stream.codec_context.has_b_frames)
    return Timeline(stream.time_base, frame_seconds(stream), decoding_only=only)


def is_unordered(container: Any, stream: Any) -> bool:
    """Whether the container leaves out the order of showing although the coding has another than that of decoding."""
    return container.format.name in _NO_ORDER and _is_reordered(stream)


def _is_reordered(stream: Any) -> bool:
    """FFmpeg's parsers find the order of older codings by themselves, of these not."""
    return stream.codec_context.has_b_frames and stream.codec_context.name in _REORDERED
