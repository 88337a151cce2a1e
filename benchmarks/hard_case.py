"""One hard clip to make: what from, what happens to it, and what is true in it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks.footage_effects import Effect, chained
from benchmarks.footage_io import Size, read, turn_by_metadata, write
from benchmarks.footage_paste import Parked, Region, parked

Interval = tuple[float, float | None]


@dataclass(frozen=True, slots=True)
class Zone:
    """A lane, and when something stands in it (none: never)."""

    id: str
    polygon: list[list[float]]
    expect: list[Interval] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Case:
    """One clip to make: what from, what happens to it, how it is stored, what is true in it."""

    name: str
    base: str
    zones: Sequence[Zone]
    effect: Effect = field(default_factory=chained)
    allowed_s: float = 5
    rate_hz: float | None = 12.5
    kilobits: int | None = None
    size: Size | None = None
    turned: bool = False

    @property
    def file(self) -> str:
        return f"{self.name}.mp4"

    def make(self, clips: Path, folder: Path) -> None:
        path = folder / self.file
        write(path, self.effect(read(clips / self.base, rate_hz=self.rate_hz)), kilobits=self.kilobits, size=self.size)
        if self.turned:
            turn_by_metadata(path)

    def truth(self) -> dict[str, object]:
        return {"file": self.file, "allowed_s": self.allowed_s, "zones": [asdict(zone) for zone in self.zones]}


def box(x1: float, y1: float, x2: float, y2: float) -> list[list[float]]:
    return [[x1, y1], [x2, y1], [x2, y2], [x1, y2]]


def where(region: Region, name: str, *expect: Interval) -> Zone:
    """A lane around the lower part of a region in which something stands."""
    x1, y1, x2, y2 = region
    width, height = x2 - x1, y2 - y1
    low = min(y2 + 0.15 * height, 1.0)
    return Zone(name, box(max(x1 - 0.1 * width, 0), y1 + 0.35 * height, min(x2 + 0.1 * width, 1), low), list(expect))


def stopped(name: str, base: str, region: Region, seen_at: float, span: tuple[float, float], **more: object) -> Case:
    """A vehicle that drives by stops for a span."""
    onset, gone = span
    effect = parked([Parked(seen_at, region, onset, gone)], passers_in_front=bool(more.pop("hidden", False)))
    also = more.pop("then", None)
    whole = chained(effect, also) if callable(also) else effect
    return Case(name, base, [where(region, "TP_stopped", (onset, gone))], whole, **more)  # type: ignore[arg-type]
