"""Reads the subtitle file that a DJI drone writes beside a video: one fix a cue, and what is wrong with the file."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.flaws import Flaw, Remark
from pipelines.srt_dialects import dialect_of, fix_of
from pipelines.telemetry import BadTelemetry, Fix, Track

_MOST_BYTES = 256 * 1024 * 1024
"""An hour at 60 cues a second is about 120 MB in the longest dialect."""

_TIME = r"(\d{1,4}):(\d\d):(\d\d)[,.](\d{1,3})"
_SPAN = rf"[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}[^\n]*\n"
_DATE = r"[ \t]*\d{4}[.-]\d{1,2}[.-]\d{1,2} \d"
_HEAD = re.compile(rf"^[ \t]*(\d{{1,9}})[ \t]*\n(?:{_SPAN}|(?={_DATE}))", re.MULTILINE)
"""A number and its span, or a number and a date. A blank line ends no cue: the M300 writes one inside each."""
_MARKUP = re.compile(r"<[^>\n]*>")


@dataclass(frozen=True, slots=True)
class Cue:
    """One numbered text; begin and end in seconds of media time, None where the file has no spans."""

    number: int
    begin_s: float | None
    end_s: float | None
    text: str


def read_srt(path: Path) -> Track:
    """Raises BadTelemetry, which names what is wrong: empty, no cue at all, not a drone's subtitles."""
    return track_of(cues_in(_text(path)), path.name)


def _text(path: Path) -> str:
    size = path.stat().st_size
    if size == 0:
        raise _refused(Flaw.EMPTY, path.name, "0 bytes; copy it from the card again")
    if size > _MOST_BYTES:
        raise _refused(Flaw.UNSUPPORTED, path.name, f"{size} bytes is no subtitle file")
    return path.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def cues_in(text: str) -> list[Cue]:
    heads = list(_HEAD.finditer(text))
    ends = [*(head.start() for head in heads), len(text)][1:]
    return [_cue(head, text[head.end() : end]) for head, end in zip(heads, ends, strict=True)]


def _cue(head: re.Match[str], text: str) -> Cue:
    number, *span = head.groups()
    return Cue(int(number), _seconds(span[:4]), _seconds(span[4:]), _MARKUP.sub("", text).strip())


def _seconds(parts: Sequence[str | None]) -> float | None:
    if parts[0] is None:
        return None
    hours, minutes, seconds, fraction = (str(part) for part in parts)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction}")


def track_of(cues: Sequence[Cue], name: str) -> Track:
    """The cues of one recording as its track. Raises BadTelemetry when they are not a drone's."""
    if not cues:
        raise _refused(Flaw.BROKEN, name, "no cue can be read in it; copy it from the card again")
    dialects = _dialects(cues, name)
    fixes = _timed([fix_of(cue.text, cue.begin_s) for cue in cues])
    return Track(name, " + ".join(dialects), tuple(fixes), tuple(_cut_off(cues, fixes, name)))


def _dialects(cues: Sequence[Cue], name: str) -> list[str]:
    """Usually one; a file that was glued together has several. In the order in which they come."""
    found: dict[str, None] = {}
    for cue in cues:
        try:
            found[dialect_of(cue.text)] = None
        except LookupError:
            continue
    if not found:
        raise _refused(Flaw.UNSUPPORTED, name, f"not the subtitles of a drone: cue {cues[0].number} has no figures")
    return [f"{dialect}" for dialect in found]


def _timed(fixes: Sequence[Fix]) -> list[Fix]:
    """In the order of media time; fixes without one stay as they came."""
    return sorted(fixes, key=lambda fix: -math.inf if fix.media_s is None else fix.media_s)


def _cut_off(cues: Sequence[Cue], fixes: Sequence[Fix], name: str) -> list[Remark]:
    """A last cue that says less than the others: the file ends in the middle of a record."""
    if len(cues) < 2 or _said(fixes[-1]) >= _said(fixes[-2]):
        return []
    return [Remark(Flaw.CUT_OFF, name, f"ends in the middle of cue {cues[-1].number}; what was before it is kept")]


def _said(fix: Fix) -> int:
    figures = (fix.local, fix.rel_alt_m, fix.abs_alt_m, fix.focal_mm, fix.yaw_deg, fix.lat_deg)
    return sum(figure is not None for figure in figures)


def _refused(flaw: Flaw, name: str, detail: str) -> BadTelemetry:
    return BadTelemetry(Remark(flaw, name, detail))
