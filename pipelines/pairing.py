"""Finds which files of a card one press of a button made: by name, number and second, capture id, or time."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipelines.card import CardFile
from pipelines.card_names import What
from pipelines.flight import How, Pairing

_SAME_SECOND = timedelta(seconds=2)
_LEAST_OVERLAP = 0.8
"""Of the longer of the two: recordings of one drone never overlap each other."""
_QUARTER, _WIDEST = timedelta(minutes=15), timedelta(hours=14)
_TELEMETRY = frozenset({What.SUBTITLES, What.KLV})
_PAIRED = _TELEMETRY | {What.VIDEO, What.STILL}


@dataclass(frozen=True, slots=True)
class Press:
    """Files that belong together, and how each of them was found to."""

    files: tuple[CardFile, ...]
    pairings: tuple[Pairing, ...] = ()

    @property
    def videos(self) -> tuple[CardFile, ...]:
        return tuple(file for file in self.files if file.what is What.VIDEO)

    @property
    def stills(self) -> tuple[CardFile, ...]:
        return tuple(file for file in self.files if file.what is What.STILL)

    @property
    def telemetry(self) -> tuple[CardFile, ...]:
        return tuple(file for file in self.files if file.what in _TELEMETRY)

    @property
    def first(self) -> CardFile:
        return self.files[0]

    def joined(self, others: Iterable["Press"], how: How) -> "Press":
        every = (self, *others)
        files = tuple(file for press in every for file in press.files)
        known = tuple(pairing for press in every for pairing in press.pairings)
        return Press(files, (*known, Pairing(how, tuple(file.where for file in files))))


_Key = Callable[[Press], Hashable]
_Fits = Callable[[Sequence[Press]], bool]


def presses(files: Iterable[CardFile]) -> list[Press]:
    """Every kept file that can be paired is in exactly one press, in the order of the card."""
    alone = [Press((file,)) for file in files if file.is_kept and file.what in _PAIRED]
    found = _united(alone, _by_name, How.NAME, lambda _: True)
    found = _united(found, _by_capture, How.CAPTURE, lambda _: True)
    found = _united(found, _by_number, How.NUMBER, _are_of_one_second)
    found = _united(found, lambda press: press.first.name.base, How.NAME, _are_video_and_telemetry)
    return _by_time(found)


def _united(found: Sequence[Press], key: _Key, how: How, fits: _Fits) -> list[Press]:
    """Presses of one key become one where they fit; a key of None joins nothing."""
    groups: dict[Hashable, list[Press]] = {}
    for n, press in enumerate(found):
        said = key(press)
        groups.setdefault(("alone", n) if said is None else said, []).append(press)
    return [press for group in groups.values() for press in _one_of(group, how, fits)]


def _one_of(group: list[Press], how: How, fits: _Fits) -> list[Press]:
    return [group[0].joined(group[1:], how)] if len(group) > 1 and fits(group) else group


def _by_name(press: Press) -> Hashable:
    """Cameras begin to count anew in every folder."""
    return press.first.folder, press.first.name.base


def _by_capture(press: Press) -> Hashable:
    return next((file.note.capture for file in press.files if file.note and file.note.capture), None)


def _by_number(press: Press) -> Hashable:
    name = press.first.name
    return None if name.number is None or name.stamp is None else (press.first.folder, name.number)


def _are_of_one_second(group: Sequence[Press]) -> bool:
    """Wide and thermal of one press may be named a second apart."""
    stamps = [press.first.name.stamp for press in group if press.first.name.stamp]
    lenses = [file.name.lens for press in group for file in press.files if file.what not in _TELEMETRY]
    return max(stamps) - min(stamps) <= _SAME_SECOND and len(set(lenses)) == len(lenses)


def _are_video_and_telemetry(group: Sequence[Press]) -> bool:
    """A file of the same name in another folder is taken only where there is no doubt which."""
    filmed = [press for press in group if press.videos]
    said = [press for press in group if press.telemetry and not press.videos]
    return len(filmed) == 1 and len(said) == 1 and len(group) == 2 and not filmed[0].telemetry


def _by_time(found: Sequence[Press]) -> list[Press]:
    """Telemetry without a video goes to the video without telemetry of its time, where each fits only the other."""
    loose = [press for press in found if press.telemetry and not press.videos]
    silent = [press for press in found if press.videos and not press.telemetry]
    fits = {id(said): press for said in loose if (press := _covering(said, silent))}
    wanted = Counter(id(press) for press in fits.values())
    partners = {said: press for said, press in fits.items() if wanted[id(press)] == 1}
    taken = {id(press) for press in partners.values()}
    joined = [partners[id(said)].joined([said], How.TIME) for said in loose if id(said) in partners]
    return [press for press in found if id(press) not in partners and id(press) not in taken] + joined


def _covering(said: Press, silent: Sequence[Press]) -> Press | None:
    fits = [press for press in silent if _overlap(said.telemetry[0], press.videos[0]) >= _LEAST_OVERLAP]
    return fits[0] if len(fits) == 1 else None


def _overlap(one: CardFile, other: CardFile) -> float:
    """The share of the longer that both cover, 0 when a time is not known."""
    span = _span(one.begins, one.seconds)
    other_span = None if span is None else _span(other.begins or _stamped(other, span[0]), other.seconds)
    if span is None or other_span is None:
        return 0.0
    (begin, end), (other_begin, other_end) = span, other_span
    longer = max(end - begin, other_end - other_begin)
    return max(min(end, other_end) - max(begin, other_begin), timedelta()) / longer


def _stamped(video: CardFile, near: datetime) -> datetime | None:
    """The container's time in the zone, of whole quarters of an hour, that brings it nearest to a wall clock."""
    if video.facts is None or video.facts.created is None:
        return None
    created = video.facts.created.replace(tzinfo=None)
    zone = round((near - created) / _QUARTER) * _QUARTER
    return created + zone if abs(zone) <= _WIDEST else None


def _span(begins: datetime | None, seconds: float | None) -> tuple[datetime, datetime] | None:
    return None if begins is None or not seconds else (begins, begins + timedelta(seconds=seconds))
