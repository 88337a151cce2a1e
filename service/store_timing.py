"""The stamps that timing needs, each beside what it is grouped by."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select

from service.dispatch import OVER
from service.metrics import METRICS
from service.rows import Rows, all_built
from service.stamps import Step
from service.tables import dispatches, incidents, stamps
from service.timing import Row

_ALSO = {Step.SUSPENDED, Step.RESUMED, Step.REWORK, Step.REOPENED}
_STEPS = _ALSO | {step for metric in METRICS for step in (metric.start, *metric.ends)}


class TimingRows(Rows):
    def rows(self, *, since: datetime | None = None, until: datetime | None = None) -> list[Row]:
        """Of the incidents raised in between, in the order in which they were written down."""
        wanted = select(
            stamps.c.incident_id,
            incidents.c.number,
            incidents.c.kind,
            incidents.c.camera_id.label("camera"),
            incidents.c.status,
            stamps.c.step,
            stamps.c.at,
            stamps.c.dispatch_id,
            func.coalesce(dispatches.c.status.in_(OVER), False).label("dispatch_over"),
            func.coalesce(dispatches.c.department, incidents.c.lead).label("department"),
        )
        joined = wanted.join_from(stamps, incidents).outerjoin(dispatches, dispatches.c.id == stamps.c.dispatch_id)
        raised: list[ColumnElement[bool]] = [stamps.c.step.in_(_STEPS)]
        if since is not None:
            raised.append(incidents.c.raised_at >= since)
        if until is not None:
            raised.append(incidents.c.raised_at < until)
        return all_built(Row, self._db.execute(joined.where(and_(*raised)).order_by(stamps.c.id)))
