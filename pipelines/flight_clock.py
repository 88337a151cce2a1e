"""Which zone a drone's wall clock is in: what somebody said, what its stills say, what its videos' containers say."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from pipelines.card import CardFile, began
from pipelines.flaws import Flaw, Remark
from pipelines.flight import FlightClock

_QUARTER_S = 900.0
"""All zones are whole quarters of an hour."""
_SLACK_S = 90.0
"""A container is stamped when the file is opened or closed, not at the first picture."""
_WIDEST_S = 14 * 3600.0
_SOLAR_S = 4 * 3600.0
"""No zone is further than this from the sun; China's west is 3 h ahead of it."""
_BY_STILL_S, _BY_VIDEO_S = 2.0, _SLACK_S

UNKNOWN = FlightClock(None, "", None)


@dataclass(frozen=True, slots=True)
class _Offset:
    seconds: float
    off_s: float


def clock_of(files: Sequence[CardFile], said: tzinfo | None) -> tuple[FlightClock, list[Remark]]:
    """`said` by a person goes before everything. The drone's clock may still be wrong: then the sources disagree, and
    that is said."""
    if said is not None:
        return FlightClock(said, "said", None), _against(files, said)
    stills = Counter(offset for file in files if (offset := _of_still(file)) is not None)
    if stills:
        return FlightClock(timezone(stills.most_common(1)[0][0]), "stills", _BY_STILL_S), []
    return _of_videos(files)


def _of_still(file: CardFile) -> timedelta | None:
    """A still says both its wall clock and true time."""
    if file.note is None or file.note.fix.at is None or file.note.fix.local is None:
        return None
    return file.note.fix.local - file.note.fix.at.replace(tzinfo=None)


def _of_videos(files: Iterable[CardFile]) -> tuple[FlightClock, list[Remark]]:
    """A container that says UTC beside telemetry that says the wall clock. Both must fit a zone, and the zone the
    place: some drones write their wall clock into both."""
    for where, ahead, lon in _both(files):
        offset = _quarter(ahead)
        if offset.off_s > _SLACK_S or abs(offset.seconds) > _WIDEST_S:
            detail = f"wall clock {ahead:+.0f} s from the container's time: no zone is so"
            return UNKNOWN, [Remark(Flaw.CLOCK_OFF, where, detail)]
        if lon is not None and _is_far(offset.seconds, lon):
            return UNKNOWN, []
        return FlightClock(timezone(timedelta(seconds=offset.seconds)), "container", _BY_VIDEO_S), []
    return UNKNOWN, []


def _both(files: Iterable[CardFile]) -> Iterable[tuple[str, float, float | None]]:
    """Of each video with both: its name, seconds that the wall clock is ahead of the container, longitude."""
    tracks = {(file.folder, file.name.base): file.track for file in files if file.track is not None}
    for file in files:
        track = tracks.get((file.folder, file.name.base))
        if file.facts is None or file.facts.created is None or track is None:
            continue
        local, first = began(track), track.first()
        if local is not None:
            ahead = (local - file.facts.created.replace(tzinfo=None)).total_seconds()
            yield file.where, ahead, first.lon_deg if first else None


def _quarter(ahead_s: float) -> _Offset:
    nearest = round(ahead_s / _QUARTER_S) * _QUARTER_S
    return _Offset(nearest, abs(ahead_s - nearest))


def _is_far(offset_s: float, lon_deg: float) -> bool:
    return abs(offset_s - lon_deg * 240) > _SOLAR_S


def _against(files: Iterable[CardFile], zone: tzinfo) -> list[Remark]:
    """Where a still's own zone is another than the one that was said."""
    for file in files:
        own = _of_still(file)
        if own is None or file.note is None or file.note.fix.local is None:
            continue
        if abs(own - (_utc_offset(zone, file.note.fix.local))) > timedelta(seconds=_SLACK_S):
            hours = own.total_seconds() / 3600
            return [Remark(Flaw.CLOCK_OFF, file.where, f"its own zone is UTC{hours:+g}, another than was said")]
    return []


def _utc_offset(zone: tzinfo, local: datetime) -> timedelta:
    return local.replace(tzinfo=UTC) - local.replace(tzinfo=zone).astimezone(UTC)
