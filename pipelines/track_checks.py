"""What is wrong with a track, said with its figures: positions that are missing, stale, coarse or jump, and clocks."""

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from pipelines.flaws import Flaw, Remark
from pipelines.telemetry import Fix, Track

FROZEN_S = 5.0
_CLIMB_M = 3.0
"""A position that stays for 5 s to its last decimal while the height changes by more than a barometer's noise."""
_FASTEST_M_S = 45.0
"""The fastest drones of the table fly 27 m/s, racing ones 39."""
_JUMP_M = 60.0
_COARSE_DECIMALS = 4
"""11 m steps."""
_STALE_DECIMALS = 5
"""In steps of 1.1 m a drone that climbs on the spot stays where it is."""
_CLOCK_JUMP_S = 2.0
_OLDEST = datetime(2015, 1, 1)
"""No drone of the table is older; a clock that was never set says 1970, 2000 or 2012."""
_NEAR_KM = 100.0

_Check = Callable[[Track], list[Remark]]


def checked(track: Track) -> Track:
    """The track with a remark for everything found wrong in it."""
    found = [remark for check in _CHECKS for remark in check(track)]
    return track.with_remarks(found)


def _positions(track: Track) -> list[Remark]:
    unlocked = sum(fix.unlocked for fix in track.fixes)
    missing = sum(fix.place is None for fix in track.fixes)
    if not missing:
        return []
    flaw = Flaw.ZERO_GPS if unlocked else Flaw.NO_GPS
    return [Remark(flaw, track.name, f"{missing} of {len(track.fixes)} fixes have no position{_since(track)}")]


def _since(track: Track) -> str:
    first = next(fix for fix in track.fixes if fix.place is None)
    return "" if first.media_s is None else f", the first at {first.media_s:.1f} s"


def _coarse(track: Track) -> list[Remark]:
    if not track.has_place or _is_fine(track, _COARSE_DECIMALS):
        return []
    return [Remark(Flaw.COARSE_GPS, track.name, f"{_COARSE_DECIMALS} decimals: steps of 11 m")]


def frozen_spans(track: Track) -> list[tuple[float, float]]:
    """Begin and end in seconds of media time of every 5 s or more in which the position stays to its last decimal.

    A drone that hovers does that too: whether the picture, or the height, moves meanwhile decides.
    """
    timed = [fix for fix in track.fixes if fix.media_s is not None and fix.place]
    spans = [_span(list(run)) for _, run in itertools.groupby(timed, key=lambda fix: fix.place)]
    return [(begin, end) for begin, end in spans if end - begin >= FROZEN_S]


def _span(run: Sequence[Fix]) -> tuple[float, float]:
    return run[0].media_s or 0.0, run[-1].media_s or 0.0


def _stale(track: Track) -> list[Remark]:
    if not _is_fine(track, _STALE_DECIMALS):
        return []
    stale = [span for span in frozen_spans(track) if _climb(track, *span) > _CLIMB_M]
    detail = "position stays from {:.1f} to {:.1f} s while the height changes by {:.1f} m"
    return [Remark(Flaw.STALE_GPS, track.name, detail.format(*span, _climb(track, *span))) for span in stale]


def _is_fine(track: Track, decimals: int) -> bool:
    """Whether any position is written to more decimals than this."""
    said = [angle for fix in track.fixes if fix.place for angle in fix.place]
    return any(round(angle, decimals) != angle for angle in said)


def _climb(track: Track, begin: float, end: float) -> float:
    heights = [
        fix.rel_alt_m
        for fix in track.fixes
        if fix.rel_alt_m is not None and fix.media_s is not None and begin <= fix.media_s <= end
    ]
    return max(heights) - min(heights) if heights else 0.0


def _jumps(track: Track) -> list[Remark]:
    """The first only: after it the track may be right or wrong, and a person must look."""
    for earlier, later in _a_second_apart(track):
        assert earlier.place is not None
        assert later.place is not None
        far, passed = metres_between(earlier.place, later.place), (later.media_s or 0.0) - (earlier.media_s or 0.0)
        if far > _JUMP_M and far > _FASTEST_M_S * passed:
            flaw = misplaced(later.place, earlier.place) or Flaw.GPS_JUMP
            return [Remark(flaw, track.name, f"{far:.0f} m in {passed:.1f} s at {later.media_s or 0:.1f} s")]
    return []


def _a_second_apart(track: Track) -> Iterator[tuple[Fix, Fix]]:
    """Pairs at least a second apart: in less, one step of the last decimal is faster than a drone."""
    last: Fix | None = None
    for fix in track.fixes:
        if fix.media_s is None or fix.place is None:
            continue
        if last is None:
            last = fix
        elif fix.media_s - (last.media_s or 0.0) >= 1.0:
            yield last, fix
            last = fix


def misplaced(place: tuple[float, float], known: tuple[float, float]) -> Flaw | None:
    """Whether a position is its mirror image in the equator or the zero meridian, or its own two numbers exchanged,
    seen from a place known to be within 100 km. None: it is near, or far in another way.
    """
    lat, lon = place
    if _is_near((lat, lon), known):
        return None
    if any(_is_near(mirrored, known) for mirrored in ((-lat, lon), (lat, -lon), (-lat, -lon))):
        return Flaw.HEMISPHERE
    return Flaw.SWAPPED if abs(lon) <= 90 and _is_near((lon, lat), known) else None


def _is_near(place: tuple[float, float], known: tuple[float, float]) -> bool:
    return metres_between(place, known) < _NEAR_KM * 1000


def metres_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Along the great circle of a sphere of 6 371 km: for deciding what is near, never for locating."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*one, *other))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6_371_000 * math.asin(math.sqrt(min(1.0, half)))


def _heights(track: Track) -> list[Remark]:
    if any(fix.rel_alt_m is not None for fix in track.fixes):
        return []
    only = "only an absolute one" if any(fix.abs_alt_m is not None for fix in track.fixes) else "none at all"
    return [Remark(Flaw.NO_HEIGHT, track.name, f"no height above take-off, {only}")]


def _gimbal(track: Track) -> list[Remark]:
    missing = sum(not fix.has_gimbal for fix in track.fixes)
    if not missing:
        return []
    return [Remark(Flaw.NO_GIMBAL, track.name, f"{missing} of {len(track.fixes)} fixes; where it looked is unknown")]


def _clock(track: Track) -> list[Remark]:
    if any(fix.at for fix in track.fixes):
        return []
    local = next((fix.local for fix in track.fixes if fix.local), None)
    if local is None:
        return [Remark(Flaw.NO_CLOCK, track.name, "no date and time in it")]
    return [Remark(Flaw.LOCAL_CLOCK, track.name, f"begins at {local:%Y-%m-%d %H:%M:%S}, and no zone is said")]


def _clock_jumps(track: Track) -> list[Remark]:
    """Wall clock against media time: a clock that was set during the flight, or files that were glued together."""
    before: float | None = None
    for fix in track.fixes:
        if fix.local is None or fix.media_s is None:
            continue
        lag = (fix.local - _OLDEST).total_seconds() - fix.media_s
        if before is not None and abs(lag - before) > _CLOCK_JUMP_S:
            detail = f"the clock goes {lag - before:+.1f} s against the video at {fix.media_s:.1f} s"
            return [Remark(Flaw.CLOCK_JUMP, track.name, detail)]
        before = lag
    return []


def clock_remarks(name: str, moment: datetime, now: datetime) -> list[Remark]:
    """`moment` as a drone wrote it, naive or aware; `now` aware. A day of grace, since a zone may be unknown."""
    said, latest = moment.replace(tzinfo=None), now.replace(tzinfo=None) + timedelta(days=1)
    if _OLDEST <= said <= latest:
        return []
    return [Remark(Flaw.CLOCK_OFF, name, f"says {said:%Y-%m-%d %H:%M:%S}: the drone's clock was not set")]


_CHECKS: tuple[_Check, ...] = (_positions, _coarse, _stale, _jumps, _heights, _gimbal, _clock, _clock_jumps)
