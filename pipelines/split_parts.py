"""Joins the parts into which a card splits a long recording, before anything is followed in them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from pipelines.card import CardFile
from pipelines.flaws import Flaw, Remark
from pipelines.flight import Clip, How, Pairing, Recording
from pipelines.pairing import Press
from pipelines.telemetry import Track
from pipelines.video_facts import is_one_line

_GAP_S = 2.0
"""Parts follow each other without a pause; clocks in names are whole seconds."""
_FULL_BYTES = 3_900_000_000
"""Drones close a file short of 4 GiB."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A recording with all its parts, of which `last` is the last."""

    recording: Recording
    last: CardFile
    parts: tuple[Pairing, ...] = ()

    def with_part(self, press: Press, recording: Recording) -> "Whole":
        last = press.videos[0]
        parts = (*self.parts, Pairing(How.PARTS, (self.last.where, last.where)))
        return Whole(_joined(self.recording, recording), last, parts)

    def missing(self) -> list[Remark]:
        """A file that the card's limit closed, and nothing that goes on where it ended."""
        if self.last.size < _FULL_BYTES:
            return []
        detail = "closed at the card's limit of 4 GB, and its next part is not here"
        return [Remark(Flaw.PART_MISSING, self.last.where, detail)]


def whole(filmed: Sequence[tuple[Press, Recording]]) -> list[Whole]:
    """The recordings in the order of the camera's numbers, parts of one joined."""
    found: list[Whole] = []
    for press, recording in sorted(filmed, key=_in_order):
        if found and _goes_on(found[-1], press.videos[0], recording):
            found[-1] = found[-1].with_part(press, recording)
        else:
            found.append(Whole(recording, press.videos[0]))
    return found


def _in_order(pair: tuple[Press, Recording]) -> tuple[str, int]:
    first = pair[0].first
    return str(first.folder), -1 if first.name.number is None else first.name.number


def _goes_on(found: Whole, file: CardFile, after: Recording) -> bool:
    last, before = found.last, found.recording
    numbers = last.name.number, file.name.number
    if None in numbers or before.begins is None or after.begins is None or last.folder != file.folder:
        return False
    gap = after.begins - before.begins - timedelta(seconds=before.seconds)
    follows = numbers[1] == (numbers[0] or 0) + 1 and abs(gap.total_seconds()) <= _GAP_S
    return follows and _are_alike(before, after)


def _are_alike(before: Recording, after: Recording) -> bool:
    lenses = [clip.lens for clip in before.clips], [clip.lens for clip in after.clips]
    return lenses[0] == lenses[1] and all(
        is_one_line((one.facts, other.facts)) for one, other in zip(before.clips, after.clips, strict=True)
    )


def _joined(before: Recording, after: Recording) -> Recording:
    clips = tuple(_one(one, other) for one, other in zip(before.clips, after.clips, strict=True))
    later = tuple(replace(s, media_s=None if s.media_s is None else s.media_s + before.seconds) for s in after.samples)
    return replace(before, clips=clips, samples=(*before.samples, *later))


def _one(clip: Clip, other: Clip) -> Clip:
    return replace(
        clip,
        parts=(*clip.parts, *other.parts),
        part_seconds=(*clip.part_seconds, *other.part_seconds),
        track=_one_track(clip, other),
        telemetry=(*clip.telemetry, *other.telemetry),
    )


def _one_track(clip: Clip, other: Clip) -> Track | None:
    if other.track is None:
        return clip.track
    later = other.track.shifted(clip.seconds)
    return later if clip.track is None else replace(clip.track, fixes=(*clip.track.fixes, *later.fixes))
