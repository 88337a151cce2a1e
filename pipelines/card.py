"""Looks through a drone's card: what each file is, what it says of itself, what is junk and what is there twice."""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from pipelines.card_names import THERMAL, Name, What, name_of, what_is
from pipelines.flaws import Flaw, Remark
from pipelines.footage import BadSource
from pipelines.jpeg import APP3, segments
from pipelines.klv import read_klv
from pipelines.srt import read_srt
from pipelines.telemetry import BadTelemetry, Track
from pipelines.track_checks import checked
from pipelines.video_facts import VideoFacts, video_facts
from pipelines.xmp import StillNote, note_of

_HEAD_BYTES = 512 * 1024
"""Where a still says everything of itself but its pixels."""
_THERMAL_SIZES = frozenset({(640, 512), (1280, 1024)})


@dataclass(frozen=True, slots=True)
class CardFile:
    """One file. `where` is its path on the card; `begins` is the drone's own wall clock, without a zone."""

    path: Path
    where: str
    what: What
    name: Name
    size: int
    is_thermal: bool = False
    begins: datetime | None = None
    facts: VideoFacts | None = None
    track: Track | None = None
    note: StillNote | None = None
    remarks: tuple[Remark, ...] = field(default=())

    @property
    def folder(self) -> Path:
        return self.path.parent

    @property
    def seconds(self) -> float | None:
        if self.facts is not None:
            return self.facts.seconds
        return self.track.seconds if self.track is not None else None

    @property
    def is_kept(self) -> bool:
        """Worth an upload: neither junk nor a copy, and something could be read of it."""
        lost = {Flaw.DUPLICATE, Flaw.EMPTY, Flaw.BROKEN, Flaw.UNSUPPORTED}
        return self.what not in {What.JUNK, What.OTHER} and not lost & {remark.flaw for remark in self.remarks}


class NoCard(Exception):
    """There is no folder, or nothing in it. A person must check the path."""


def look_through(root: Path) -> tuple[CardFile, ...]:
    """Every file below a folder, by path. A broken file spoils only itself. Raises NoCard."""
    if not root.is_dir():
        raise NoCard(f"{root} is no folder. Check the path of the card")
    paths = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    if not paths:
        raise NoCard(f"{root} holds no file. Is it the right card?")
    return tuple(_with_duplicates([_read(path, root) for path in paths]))


def _read(path: Path, root: Path) -> CardFile:
    inside = path.relative_to(root)
    file = CardFile(path, inside.as_posix(), what_is(inside), name_of(path), path.stat().st_size)
    if file.what is What.JUNK:
        return file
    if file.size == 0:
        return _flawed(file, Flaw.EMPTY, "0 bytes; copy it from the card again")
    reader = _READERS.get(file.what)
    try:
        return file if reader is None else reader(file)
    except BadTelemetry as bad:
        return replace(file, remarks=(replace(bad.remark, where=file.where),))
    except (BadSource, OSError) as bad:
        return _flawed(file, Flaw.BROKEN, str(bad))


def _flawed(file: CardFile, flaw: Flaw, detail: str) -> CardFile:
    return replace(file, remarks=(*file.remarks, Remark(flaw, file.where, detail)))


def _video(file: CardFile) -> CardFile:
    facts = video_facts(file.path)
    is_thermal = file.name.lens == THERMAL or (facts.width_px, facts.height_px) in _THERMAL_SIZES
    found = replace(file, facts=facts, is_thermal=is_thermal, begins=file.name.stamp)
    if facts.turned_deg:
        found = _flawed(found, Flaw.ROTATED, f"players turn it by {facts.turned_deg} degrees")
    return _flawed(found, Flaw.VARIABLE_RATE, "times are taken from each picture") if facts.is_variable else found


def _still(file: CardFile) -> CardFile:
    """TIFFs of drones are thermal counts; a radiometric JPEG has segments of raw data after its preview's."""
    with file.path.open("rb") as opened:
        head = opened.read(_HEAD_BYTES)
    if head[:2] != b"\xff\xd8":
        return replace(file, is_thermal=True, begins=file.name.stamp)
    note = note_of(head)
    raw = any(marker == APP3 for marker, _ in segments(head))
    begins = note.fix.local if note else file.name.stamp
    is_thermal = raw or file.name.lens == THERMAL or (note is not None and note.is_thermal)
    return replace(file, note=note, begins=begins, is_thermal=is_thermal)


def _subtitles(file: CardFile) -> CardFile:
    return _with_track(file, read_srt(file.path))


def _klv(file: CardFile) -> CardFile:
    return _with_track(file, read_klv(file.path)[0])


def _with_track(file: CardFile, track: Track) -> CardFile:
    named = checked(replace(track, name=file.where))
    return replace(file, track=named, begins=began(named) or file.name.stamp)


def began(track: Track) -> datetime | None:
    """The wall clock at media time 0, by the track's first clock."""
    for fix in track.fixes:
        if fix.local is not None:
            return fix.local - timedelta(seconds=fix.media_s or 0.0)
    return None


_READERS: Mapping[What, Callable[[CardFile], CardFile]] = {
    What.VIDEO: _video,
    What.STILL: _still,
    What.SUBTITLES: _subtitles,
    What.KLV: _klv,
}


def _with_duplicates(files: Sequence[CardFile]) -> list[CardFile]:
    """Of several equal files the one with the shortest name stays, which is the camera's own; the others name it.

    Only files of equal length are read for it.
    """
    lengths = Counter(file.size for file in files if file.is_kept)
    first: dict[str, str] = {}
    alike = [file for file in files if file.is_kept and lengths[file.size] > 1]
    compared = {file.path: _compared(file, first) for file in sorted(alike, key=lambda file: len(file.where))}
    return [compared.get(file.path, file) for file in files]


def _compared(file: CardFile, first: dict[str, str]) -> CardFile:
    with file.path.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    same = first.setdefault(digest, file.where)
    return file if same == file.where else _flawed(file, Flaw.DUPLICATE, f"the same as {same}")
