"""Reads a folder or a whole card into its flights, and keeps everything that was wrong with each."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from pipelines.card import CardFile, look_through
from pipelines.flaws import Flaw, Remark
from pipelines.flight import Clip, Flight, FlightClock, Recording, Shot
from pipelines.flight_clock import clock_of
from pipelines.pairing import presses
from pipelines.recordings import Made, made_of
from pipelines.telemetry import in_zone
from pipelines.track_checks import clock_remarks, metres_between, misplaced

_PAUSE = timedelta(minutes=10)
"""Longer than a landing with a change of battery takes to be the same flight."""
_APART_M = 2000.0


@dataclass(frozen=True, slots=True)
class Card:
    """What is on it, and the flights that were flown. `remarks` are those of all flights and of the card itself."""

    root: Path
    files: tuple[CardFile, ...]
    flights: tuple[Flight, ...]
    remarks: tuple[Remark, ...]


Unit = Recording | Shot


@dataclass(frozen=True, slots=True)
class Known:
    """What a person knows of a drone's clock: its zone, and how far it is ahead of it."""

    zone: tzinfo | None = None
    ahead: timedelta = timedelta()


def read_card(root: Path, *, now: datetime, known: Known | None = None) -> Card:
    """`now` is true time, which no drone's clock may be past. Raises NoCard."""
    files = look_through(root)
    kept = [file for file in files if file.is_kept]
    made = made_of(presses(kept))
    groups = _apart([*made.recordings, *made.shots])
    remarks = (*_clocks_off(kept, now), *_misplaced(made, root), *made.remarks)
    reader = _Reader(root, kept, replace(made, remarks=remarks), known or Known())
    flights = _told_apart([reader.flight(units) for units in groups])
    of_flights = [remark for flight in flights for remark in flight.remarks]
    return Card(root, files, tuple(flights), tuple(dict.fromkeys((*remarks, *of_flights))))


def _told_apart(flights: Sequence[Flight]) -> list[Flight]:
    """Flights without a clock are named by their first file, and cameras begin to count anew in every folder."""
    seen = Counter[str]()
    found = []
    for flight in flights:
        seen[flight.id] += 1
        again = seen[flight.id]
        found.append(flight if again == 1 else replace(flight, id=f"{flight.id}-{again}"))
    return found


def _clocks_off(files: Iterable[CardFile], now: datetime) -> list[Remark]:
    return [remark for file in files if file.begins for remark in clock_remarks(file.where, file.begins, now)]


def _misplaced(made: Made, root: Path) -> list[Remark]:
    """Places that are the mirror image of where most of the card is."""
    units: list[Unit] = [*made.recordings, *made.shots]
    known = [(_paths(unit, root)[0], place) for unit in units if (place := place_of(unit))]
    remarks = []
    for path, place in known:
        flaws = [flaw for _, other in known if (flaw := misplaced(place, other)) is not None]
        if len(flaws) > len(known) / 2:
            where = path.relative_to(root).as_posix()
            remarks.append(Remark(flaws[0], where, f"{place[0]:.4f}, {place[1]:.4f}, unlike the rest of the card"))
    return remarks


def place_of(unit: Unit) -> tuple[float, float] | None:
    """Where a recording began or a still was taken."""
    fix = unit.fix if isinstance(unit, Shot) else (unit.track.first() if unit.track else None)
    return fix.place if fix else None


def _apart(units: Sequence[Unit]) -> list[list[Unit]]:
    """In the order of the clock; what has none stands alone, since nobody knows when it was."""
    timed = sorted((unit for unit in units if unit.begins is not None), key=_begins)
    groups: list[list[Unit]] = []
    for unit in timed:
        if groups and _is_same(groups[-1], unit):
            groups[-1].append(unit)
        else:
            groups.append([unit])
    return groups + [[unit] for unit in units if unit.begins is None]


def _begins(unit: Unit) -> datetime:
    assert unit.begins is not None
    return unit.begins


def _is_same(group: Sequence[Unit], unit: Unit) -> bool:
    ends = max(_begins(one) + timedelta(seconds=_seconds(one)) for one in group)
    return _begins(unit) - ends <= _PAUSE and not _is_elsewhere(group[-1], unit) and not _is_other(group, unit)


def _seconds(unit: Unit) -> float:
    return unit.seconds if isinstance(unit, Recording) else 0.0


def _is_elsewhere(one: Unit, other: Unit) -> bool:
    places = place_of(one), place_of(other)
    return places[0] is not None and places[1] is not None and metres_between(places[0], places[1]) > _APART_M


def _is_other(group: Sequence[Unit], unit: Unit) -> bool:
    """Another aircraft, where both name theirs."""
    serials = {one.serial for one in group if isinstance(one, Shot) and one.serial}
    return isinstance(unit, Shot) and bool(unit.serial) and bool(serials) and unit.serial not in serials


class _Reader:
    """Makes a flight of what was flown together, with its own files, clock and remarks."""

    def __init__(self, root: Path, files: Sequence[CardFile], made: Made, known: Known) -> None:
        self._root = root
        self._files = files
        self._made = made
        self._known = known

    def flight(self, units: Sequence[Unit]) -> Flight:
        files = self._files_of(units)
        clock, wrong = self._clock(files)
        names = {file.where for file in files}
        found = Flight(
            id=_id(units),
            recordings=tuple(_placed(unit, clock) for unit in units if isinstance(unit, Recording)),
            shots=tuple(unit for unit in units if isinstance(unit, Shot)),
            clock=clock,
            files=tuple(sorted(names)),
            pairings=tuple(pairing for pairing in self._made.pairings if names & set(pairing.files)),
        )
        said = [remark for file in files for remark in file.remarks]
        said += [remark for remark in self._made.remarks if remark.where in names]
        return replace(found, remarks=(*said, *wrong, *_clock_unknown(found)))

    def _files_of(self, units: Sequence[Unit]) -> list[CardFile]:
        paths = {path for unit in units for path in _paths(unit, self._root)}
        return [file for file in self._files if file.path in paths]

    def _clock(self, files: Sequence[CardFile]) -> tuple[FlightClock, list[Remark]]:
        """Of this flight only: another one may have been flown in another zone."""
        clock, wrong = clock_of(files, self._known.zone)
        return replace(clock, offset_s=self._known.ahead.total_seconds()), wrong


def _paths(unit: Unit, root: Path) -> list[Path]:
    if isinstance(unit, Shot):
        return [path for _, path in unit.pictures]
    beside = [root / name for clip in unit.clips for name in clip.telemetry]
    return [*(path for clip in unit.clips for path in clip.parts), *(sample.path for sample in unit.samples), *beside]


def _clock_unknown(flight: Flight) -> list[Remark]:
    if flight.clock.is_known or _has_true_time(flight):
        return []
    flaw = Flaw.LOCAL_CLOCK if flight.begins else Flaw.NO_CLOCK
    return [Remark(flaw, flight.files[0], "when it was flown is not known; name the zone of the drone's clock")]


def _has_true_time(flight: Flight) -> bool:
    tracks = [recording.track for recording in flight.recordings if recording.track]
    return any(fix.at for track in tracks for fix in track.fixes) or any(s.fix and s.fix.at for s in flight.shots)


def _id(units: Sequence[Unit]) -> str:
    first = units[0]
    return f"{first.begins:%Y%m%d-%H%M%S}-{first.name}" if first.begins else first.name


def _placed(recording: Recording, clock: FlightClock) -> Recording:
    """With true time in its telemetry, where the zone is known."""
    return replace(recording, clips=tuple(_clip_by(clip, clock) for clip in recording.clips))


def _clip_by(clip: Clip, clock: FlightClock) -> Clip:
    if clip.track is None or clock.zone is None:
        return clip
    return replace(clip, track=in_zone(clip.track, clock.zone, offset=timedelta(seconds=clock.offset_s)))
