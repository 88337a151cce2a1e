"""A drone's flight: recordings with their telemetry and thermal twin, stills, and how they were found to belong."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from pathlib import Path

from pipelines.card_names import THERMAL
from pipelines.flaws import Remark
from pipelines.telemetry import Fix, Track, fix_at
from pipelines.video_facts import VideoFacts


class How(StrEnum):
    """Why files were taken to belong together."""

    NAME = "name"
    NUMBER = "number_and_second"
    TIME = "time_overlap"
    CAPTURE = "capture_uuid"
    PARTS = "split_parts"
    INSIDE = "inside_the_video"


@dataclass(frozen=True, slots=True)
class Pairing:
    how: How
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clip:
    """What one lens recorded, in the parts into which the card split it. `begins` is the drone's own wall clock,
    `telemetry` the files that the track came from, told from the card's root."""

    lens: str
    parts: tuple[Path, ...]
    part_seconds: tuple[float, ...]
    facts: VideoFacts
    track: Track | None
    begins: datetime | None
    telemetry: tuple[str, ...] = ()

    @property
    def seconds(self) -> float:
        return sum(self.part_seconds)

    @property
    def is_thermal(self) -> bool:
        return self.lens == THERMAL

    def part_at(self, media_s: float) -> tuple[Path, float]:
        """The part that shows a moment of the whole recording, and the moment in it."""
        for path, seconds in zip(self.parts[:-1], self.part_seconds, strict=False):
            if media_s < seconds:
                return path, media_s
            media_s -= seconds
        return self.parts[-1], media_s


@dataclass(frozen=True, slots=True)
class Sample:
    """A radiometric picture that belongs to a recording; `media_s` on the recording's own line of time."""

    path: Path
    media_s: float | None


@dataclass(frozen=True, slots=True)
class Recording:
    """One press of the record button. The first clip is the one to look at first: wide, else visible, else zoom."""

    name: str
    clips: tuple[Clip, ...]
    samples: tuple[Sample, ...] = ()

    @property
    def colour(self) -> Clip | None:
        return next((clip for clip in self.clips if not clip.is_thermal), None)

    @property
    def thermal(self) -> Clip | None:
        return next((clip for clip in self.clips if clip.is_thermal), None)

    @property
    def track(self) -> Track | None:
        """The colour clip's telemetry, or else any."""
        return next((clip.track for clip in self.clips if clip.track), None)

    @property
    def begins(self) -> datetime | None:
        return next((clip.begins for clip in self.clips if clip.begins), None)

    @property
    def seconds(self) -> float:
        return max((clip.seconds for clip in self.clips), default=0.0)

    def fix_at(self, media_s: float, *, thermal: bool = False) -> Fix | None:
        """Where the drone was at a moment; a thermal lens that wrote no telemetry of its own uses the other's."""
        own = self.thermal.track if thermal and self.thermal else None
        track = own or self.track
        return None if track is None else fix_at(track, media_s)


@dataclass(frozen=True, slots=True)
class Shot:
    """One press of the shutter: the pictures of all lenses, by lens."""

    name: str
    pictures: tuple[tuple[str, Path], ...]
    fix: Fix | None
    begins: datetime | None
    serial: str = ""

    @property
    def thermal(self) -> Path | None:
        return next((path for lens, path in self.pictures if lens == THERMAL), None)

    @property
    def colour(self) -> Path | None:
        return next((path for lens, path in self.pictures if lens != THERMAL), None)


@dataclass(frozen=True, slots=True)
class FlightClock:
    """How the drone's wall clock becomes true time. `zone` None: unknown, and never guessed; `source` says who named
    it, `error_s` how far it may be off, `offset_s` what the clock was ahead."""

    zone: tzinfo | None
    source: str
    error_s: float | None
    offset_s: float = 0.0

    @property
    def is_known(self) -> bool:
        return self.zone is not None

    def true(self, local: datetime | None) -> datetime | None:
        """Aware UTC, where both are known."""
        if local is None or self.zone is None:
            return None
        return (local.replace(tzinfo=self.zone) - timedelta(seconds=self.offset_s)).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Flight:
    """Everything between a take-off and a landing, as far as the clock tells. `files` are told from the card's root."""

    id: str
    recordings: tuple[Recording, ...]
    shots: tuple[Shot, ...]
    clock: FlightClock
    files: tuple[str, ...] = ()
    pairings: tuple[Pairing, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def begins(self) -> datetime | None:
        """The drone's own wall clock."""
        return min((begins for begins, _ in self.spans()), default=None)

    @property
    def ends(self) -> datetime | None:
        return max((ends for _, ends in self.spans()), default=None)

    def spans(self) -> Iterator[tuple[datetime, datetime]]:
        """Wall clock of begin and end of everything that has one."""
        for recording in self.recordings:
            if recording.begins is not None:
                yield recording.begins, recording.begins + timedelta(seconds=recording.seconds)
        for shot in self.shots:
            if shot.begins is not None:
                yield shot.begins, shot.begins
