"""Where the minutes go: every figure with its n, its percentiles and what is still open."""

from datetime import datetime

from pydantic import AwareDatetime, BaseModel

from service.api.door import Admitted
from service.api.edge import AtEdge
from service.api.parts import router
from service.api.present import words
from service.api.views import Words
from service.timing import By, Figure, measure

timing = router("timing")


class FigureView(BaseModel):
    """Seconds. `group` is empty when nothing was grouped; `faults` are incidents whose clocks ran backwards."""

    metric: str
    name: Words
    start: str
    ends: list[str]
    group: str
    n: int
    p50: float | None
    p90: float | None
    p99: float | None
    open: int
    oldest_open_s: float | None
    faults: list[str]


class TimingView(BaseModel):
    by: By | None
    since: datetime | None
    until: datetime | None
    now: datetime
    figures: list[FigureView]


@timing.get("/timing")
def get_timing(
    edge: AtEdge,
    _: Admitted,
    by: By | None = None,
    since: AwareDatetime | None = None,
    until: AwareDatetime | None = None,
) -> TimingView:
    """Of the incidents raised in between. Percentiles are of raw durations, never averages of averages."""
    now = edge.clock.now()
    with edge.store.read() as tx:
        rows = tx.timing.rows(since=since, until=until)
    figures = [_view(figure) for figure in measure(rows, now=now, by=by)]
    return TimingView(by=by, since=since, until=until, now=now, figures=figures)


def _view(figure: Figure) -> FigureView:
    return FigureView(
        metric=figure.metric.id,
        name=words(figure.metric.name),
        start=figure.metric.start,
        ends=list(figure.metric.ends),
        group=figure.group,
        n=figure.n,
        p50=figure.p50,
        p90=figure.p90,
        p99=figure.p99,
        open=figure.open,
        oldest_open_s=figure.oldest_open_s,
        faults=list(figure.faults),
    )
