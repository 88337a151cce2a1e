"""Makes recordings out of the files that belong together, with the telemetry beside or inside them."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipelines.card import CardFile, began
from pipelines.card_names import THERMAL
from pipelines.embedded import MAKERS, makers_track_in, subtitles_in
from pipelines.flaws import Flaw, Remark
from pipelines.flight import Clip, Pairing, Recording, Sample, Shot
from pipelines.footage import BadSource
from pipelines.klv import read_klv
from pipelines.pairing import Press
from pipelines.shots import shots_of, still_remarks
from pipelines.split_parts import whole
from pipelines.stale_gps import picture_at, stale_remarks
from pipelines.telemetry import BadTelemetry, Track, completed
from pipelines.track_checks import checked

_FIRST = ("W", "V", "", "Z", "S", THERMAL)
"""Which lens to look at first."""
_LENGTH_S = 2.0


@dataclass(frozen=True, slots=True)
class Made:
    """What became of the presses of a card."""

    recordings: tuple[Recording, ...]
    shots: tuple[Shot, ...]
    pairings: tuple[Pairing, ...]
    remarks: tuple[Remark, ...]


def made_of(found: Sequence[Press]) -> Made:
    """Every recording and still of a card, in the order of their clocks."""
    remarks: list[Remark] = []
    filmed = [(press, _recording(press, remarks)) for press in found if press.videos]
    pairings = [pairing for press in found for pairing in press.pairings]
    wholes = whole(filmed)
    shots = [shot for press in found for shot in shots_of(press)]
    remarks += [remark for press in found for remark in still_remarks(press)]
    remarks += [remark for one in wholes for remark in one.missing()]
    remarks += [_lonely(press) for press in found if press.telemetry and not press.videos]
    pairings += [part for one in wholes for part in one.parts]
    return Made(tuple(one.recording for one in wholes), tuple(shots), tuple(pairings), tuple(remarks))


def _lonely(press: Press) -> Remark:
    return Remark(Flaw.UNPAIRED, press.first.where, "no video of its name or its time")


def _recording(press: Press, remarks: list[Remark]) -> Recording:
    videos = sorted(press.videos, key=_rank)
    clips = tuple(_clip(video, _track_of(video, press, videos[0], remarks)) for video in videos)
    recording = Recording(press.first.name.base, clips, _samples(press, clips))
    remarks += [remark for clip in clips if clip.track for remark in clip.track.remarks if _is_own(remark)]
    if recording.track is None:
        remarks.append(Remark(Flaw.UNPAIRED, videos[0].where, "no telemetry beside it or inside"))
    remarks += _lengths(recording, videos[0].where)
    remarks += [remark for clip in clips for remark in stale_remarks(clip, picture_at)]
    return recording


def _is_own(remark: Remark) -> bool:
    """Clocks are judged for the whole flight: other files may name the zone."""
    return remark.flaw not in {Flaw.LOCAL_CLOCK, Flaw.NO_CLOCK}


def _rank(video: CardFile) -> int:
    return _FIRST.index(THERMAL if video.is_thermal else video.name.lens)


def _clip(video: CardFile, track: Track | None) -> Clip:
    assert video.facts is not None
    lens = THERMAL if video.is_thermal else video.name.lens
    begins = began(track) if track is not None else None
    seconds = video.facts.seconds or (track.seconds if track else 0.0)
    told = () if track is None else (track.name,)
    return Clip(lens, (video.path,), (seconds,), video.facts, track, begins or video.begins, told)


def _track_of(video: CardFile, press: Press, first: CardFile, remarks: list[Remark]) -> Track | None:
    """Telemetry named for this lens, or for none and this is the lens looked at first; else what the video holds."""
    own = [file.track for file in press.telemetry if file.name.lens == video.name.lens]
    shared = [file.track for file in press.telemetry if file.name.lens not in {v.name.lens for v in press.videos}]
    beside = own or (shared if video is first else [])
    if not beside or beside[0] is None:
        return _inside(video, remarks)
    return beside[0] if beside[0].has_gimbal else _completed(beside[0], video, remarks)


def _completed(track: Track, video: CardFile, remarks: list[Remark]) -> Track:
    """Subtitles without the gimbal: newer drones write it, and true time, into a track of the video's own."""
    inside = _inside(video, remarks)
    return track if inside is None or not inside.has_gimbal else completed(track, inside)


def _inside(video: CardFile, remarks: list[Remark]) -> Track | None:
    """What a video carries itself. An unreadable track is remarked, and the video stays."""
    assert video.facts is not None
    for mark, read in _READERS:
        if any(mark in track for track in video.facts.tracks):
            try:
                return checked(replace(read(video), name=video.where))
            except BadTelemetry as bad:
                remarks.append(replace(bad.remark, where=video.where))
            except BadSource as bad:
                remarks.append(Remark(Flaw.BROKEN, video.where, str(bad)))
    return None


def _by_exiftool(video: CardFile) -> Track:
    tool = shutil.which("exiftool")
    if tool is None:
        detail = "its telemetry is in a track that only exiftool 13 or newer reads; it is not installed"
        raise BadTelemetry(Remark(Flaw.NO_READER, video.where, detail))
    return makers_track_in(video.path, tool)


_READERS: tuple[tuple[str, Callable[[CardFile], Track]], ...] = (
    ("klv", lambda video: read_klv(video.path)[0]),
    ("mov_text", lambda video: subtitles_in(video.path)),
    ("subrip", lambda video: subtitles_in(video.path)),
    *((mark, _by_exiftool) for mark in MAKERS),
)


def _samples(press: Press, clips: Sequence[Clip]) -> tuple[Sample, ...]:
    """Thermal pictures that are numbered as frames of the thermal video, or of the only one."""
    clip = next((clip for clip in clips if clip.is_thermal), clips[0])
    rate = clip.facts.rate_hz
    framed = sorted((file.name.frame, file.path) for file in press.stills if file.name.frame is not None)
    return tuple(Sample(path, frame / rate if rate and not clip.facts.is_variable else None) for frame, path in framed)


def _lengths(recording: Recording, where: str) -> list[Remark]:
    """A lens or a telemetry that is shorter than the longest clip."""
    lengths = [(clip.lens or "colour", clip.seconds) for clip in recording.clips]
    lengths += [("telemetry", _covered(clip.track)) for clip in recording.clips if clip.track]
    short = [f"{name} {seconds:.1f} s" for name, seconds in lengths if recording.seconds - seconds > _LENGTH_S]
    return [Remark(Flaw.LENGTHS_DIFFER, where, f"{recording.seconds:.1f} s, but {', '.join(short)}")] if short else []


def _covered(track: Track) -> float:
    """A cue stands until the next one: the last as long as the one before it."""
    steps = max(len(track.fixes) - 1, 1)
    return track.seconds * (1 + 1 / steps)
