"""Every figure about time as a pair of stamps, computed from raw rows; a percentile is never averaged."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from math import ceil

from pipelines.observation import Kind
from service.incident import DISCARDED, Status
from service.metrics import METRICS, Metric, Unit
from service.stamps import Step


class By(StrEnum):
    KIND = "kind"
    DEPARTMENT = "department"
    CAMERA = "camera"


# The order of the road: a milestone that was passed without a stamp is not waited for.
_ROAD = tuple(Step)[: tuple(Step).index(Step.CLOSED) + 1]
# Work that was sent back was not done: the later stamp counts.
_UNDOES: Mapping[Step, frozenset[Step]] = {
    Step.REWORK: frozenset({Step.RESOLVED, Step.VERIFIED, Step.CLOSED}),
    Step.REOPENED: frozenset({Step.RESOLVED, Step.VERIFIED, Step.CLOSED, Step.REJECTED}),
}
_FINISHED = DISCARDED | {Status.CLOSED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One stamp beside what it is grouped by. department is the lead's for a stamp of the incident itself."""

    incident_id: str
    number: str
    kind: Kind
    camera: str
    status: Status
    step: Step
    at: datetime
    dispatch_id: str | None = None
    dispatch_over: bool = False
    department: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Seconds. faults: the numbers of incidents whose clocks ran backwards; they are shown, never counted in."""

    metric: Metric
    group: str
    n: int
    p50: float | None
    p90: float | None
    p99: float | None
    open: int
    oldest_open_s: float | None
    faults: tuple[str, ...]


@dataclass(slots=True)
class _Road:
    """The moments of one incident or one dispatch."""

    first: Row
    moments: dict[Step, datetime] = field(default_factory=dict)
    pauses: list[tuple[datetime, datetime]] = field(default_factory=list)

    def add(self, row: Row) -> None:
        for undone in _UNDOES.get(row.step, ()):
            self.moments.pop(undone, None)
        if row.step is Step.RESUMED and (since := self.moments.pop(Step.SUSPENDED, None)) is not None:
            self.pauses.append((since, row.at))
        self.moments.setdefault(row.step, row.at)

    def end(self, metric: Metric) -> datetime | None:
        return next((self.moments[step] for step in metric.ends if step in self.moments), None)

    def waits_for(self, metric: Metric) -> bool:
        if self.first.status in _FINISHED or self.first.dispatch_over:
            return False
        later = _ROAD[_ROAD.index(metric.ends[0]) + 1 :]
        return not any(step in self.moments for step in later)

    def paused_s(self, start: datetime, end: datetime) -> float:
        overlaps = ((min(end, till) - max(start, since)).total_seconds() for since, till in self.pauses)
        return sum(overlap for overlap in overlaps if overlap > 0)


@dataclass(slots=True)
class _Tally:
    taken: list[float] = field(default_factory=list)
    ages: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add(self, metric: Metric, road: _Road, now: datetime) -> None:
        start, end = road.moments.get(metric.start), road.end(metric)
        if start is None:
            return
        if end is None:
            if road.waits_for(metric):
                self.ages.append((now - start).total_seconds())
        elif end < start:
            self.faults.append(road.first.number)
        else:
            pauses = road.paused_s(start, end) if metric.less_pauses else 0.0
            self.taken.append((end - start).total_seconds() - pauses)

    def figure(self, metric: Metric, group: str) -> Figure:
        taken = sorted(self.taken)
        return Figure(
            metric=metric,
            group=group,
            n=len(taken),
            p50=_percentile(taken, 50),
            p90=_percentile(taken, 90),
            p99=_percentile(taken, 99),
            open=len(self.ages),
            oldest_open_s=max(self.ages, default=None),
            faults=tuple(self.faults),
        )


def measure(rows: Iterable[Row], *, now: datetime, by: By | None = None) -> list[Figure]:
    """One figure per metric and group, in the order of METRICS; rows in the order in which they were written down."""
    roads = _roads(rows)
    figures = []
    for metric in METRICS:
        tallies: dict[str, _Tally] = defaultdict(_Tally)
        for road in roads[metric.unit]:
            if metric.discarded or road.first.status not in DISCARDED:
                tallies[_group(road.first, by)].add(metric, road, now)
        figures += [tally.figure(metric, group) for group, tally in sorted(tallies.items())]
    return figures


def _roads(rows: Iterable[Row]) -> Mapping[Unit, Sequence[_Road]]:
    roads: dict[tuple[str, str | None], _Road] = {}
    for row in rows:
        roads.setdefault((row.incident_id, row.dispatch_id), _Road(row)).add(row)
    return {
        Unit.INCIDENT: [road for (_, dispatch), road in roads.items() if dispatch is None],
        Unit.DISPATCH: [road for (_, dispatch), road in roads.items() if dispatch is not None],
    }


def _group(row: Row, by: By | None) -> str:
    groups = {None: "", By.KIND: row.kind.value, By.CAMERA: row.camera, By.DEPARTMENT: row.department or ""}
    return groups[by]


def _percentile(ordered: Sequence[float], percent: int) -> float | None:
    """Nearest rank: a duration that really occurred. None of nothing."""
    return ordered[ceil(len(ordered) * percent / 100) - 1] if ordered else None
