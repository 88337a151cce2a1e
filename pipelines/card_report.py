"""The report on a card before it is uploaded: what is kept, junk, twice, unpaired, and what the pilot must mend."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipelines.card import CardFile
from pipelines.card_names import What
from pipelines.flaws import FLAWS, Flaw, Remark
from pipelines.flight import Flight
from pipelines.flight_reading import Card

CLOCKS = frozenset({Flaw.NO_CLOCK, Flaw.LOCAL_CLOCK, Flaw.CLOCK_OFF, Flaw.CLOCK_JUMP})
NOTICES = frozenset({Flaw.ROTATED, Flaw.VARIABLE_RATE, Flaw.NO_DEGREES, Flaw.DUPLICATE})
"""Said, and dealt with by the product itself: nothing for the pilot to mend."""

_KINDS: Mapping[What, str] = {
    What.VIDEO: "录像 video",
    What.STILL: "照片 still",
    What.RAW: "原片 raw still",
    What.SUBTITLES: "遥测 telemetry",
    What.KLV: "遥测 telemetry",
    What.LOG: "飞行日志 flight log",
    What.SOUND: "录音 sound",
    What.JUNK: "无用 junk",
    What.OTHER: "其他 other",
}
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report: what, how many files, how many bytes, and which."""

    title: str
    count: int
    size: int
    names: str


def kinds(card: Card) -> list[Line]:
    """Every file is in exactly one line: what is kept by kind, junk, what cannot be used, and copies."""
    lines = [_line(f"保留 kept: {title}", _of_kind(card, title)) for title in dict.fromkeys(_KINDS.values())]
    left = [file for file in card.files if not file.is_kept]
    copies = [file for file in left if _has(file, Flaw.DUPLICATE)]
    junk = [file for file in left if file.what is What.JUNK]
    other = [file for file in left if file.what is What.OTHER]
    broken = [file for file in left if file not in (*copies, *junk, *other)]
    lines += [
        _line("损坏 broken", broken),
        _line("重复 duplicate", copies),
        _line("无用 junk", junk),
        _line("不认识 unknown", other),
    ]
    return [line for line in lines if line.count]


def _of_kind(card: Card, title: str) -> list[CardFile]:
    return [file for file in card.files if file.is_kept and _KINDS[file.what] == title]


def _line(title: str, files: Sequence[CardFile]) -> Line:
    return Line(title, len(files), sum(file.size for file in files), _named([file.where for file in files]))


def _has(file: CardFile, flaw: Flaw) -> bool:
    return any(remark.flaw is flaw for remark in file.remarks)


def _named(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" +{more}" if more > 0 else "")


def remarks_of(card: Card) -> list[Remark]:
    """Everything wrong with the card, its files and its flights, each thing once."""
    whole = {file.where for file in card.files if file.track is None}
    files = [remark for file in card.files for remark in file.remarks if file.where in whole]
    return list(dict.fromkeys((*files, *card.remarks)))


def troubles(card: Card) -> list[Line]:
    """How many files have each flaw, and which, in the order of the table of flaws."""
    said = remarks_of(card)
    counted = Counter(remark.flaw for remark in said)
    return [Line(FLAWS[flaw], counted[flaw], 0, _which(said, flaw)) for flaw in Flaw if counted[flaw]]


def _which(said: Iterable[Remark], flaw: Flaw) -> str:
    """A single file with its detail, several by name."""
    these = [remark for remark in said if remark.flaw is flaw]
    return f"{these[0].where}: {these[0].detail}" if len(these) == 1 else _named([remark.where for remark in these])


def is_clean(card: Card) -> bool:
    """Nothing for a person to mend before the upload."""
    return bool(card.flights) and not {remark.flaw for remark in remarks_of(card)} - NOTICES


def bytes_of(card: Card, flight: Flight) -> int:
    return sum(file.size for file in card.files if file.where in set(flight.files))
