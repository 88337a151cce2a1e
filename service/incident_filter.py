"""Which incidents, in which order, and where the next page begins."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, and_, or_, select

from pipelines.observation import Kind
from service.colour import Colour
from service.columns import Moment
from service.errors import BadInput
from service.incident import OPEN, Incident, Status
from service.tables import dispatches, incidents

MOST = 500


class Order(StrEnum):
    GRAVEST = "gravest"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """All that is given must hold. department: it was dispatched to them, whatever became of it."""

    statuses: Sequence[Status] = ()
    open_only: bool = False
    kind: Kind | None = None
    camera: str | None = None
    department: str | None = None
    colour: Colour | None = None
    since: datetime | None = None
    text: str = ""
    order: Order = Order.NEWEST
    limit: int = 50
    cursor: str | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= MOST:
            raise BadInput(f"每页 1 至 {MOST} 条", f"limit must lie between 1 and {MOST}")


@dataclass(frozen=True, slots=True)
class Page:
    """`next` is the cursor of the following page, None on the last one."""

    incidents: list[Incident]
    next: str | None


def statement(wanted: Filter) -> Select[Any]:
    """One row more than a page, so that its end is known."""
    query = select(incidents).where(*_conditions(wanted))
    if wanted.cursor is not None:
        query = query.where(_beyond(wanted.order, wanted.cursor))
    newest_first = (incidents.c.raised_at.desc(), incidents.c.id.desc())
    order = newest_first if wanted.order is Order.NEWEST else (incidents.c.colour, *newest_first)
    return query.order_by(*order).limit(wanted.limit + 1)


def cursor_after(incident: Incident, order: Order) -> str:
    raised = Moment().process_bind_param(incident.raised_at, _NO_DIALECT)
    place = [int(incident.colour), raised, incident.id]
    return base64.urlsafe_b64encode(json.dumps([order, *place]).encode()).decode()


_NO_DIALECT: Any = None


def _conditions(wanted: Filter) -> list[Any]:
    column = incidents.c
    equal = ((column.kind, wanted.kind), (column.camera_id, wanted.camera), (column.colour, wanted.colour))
    found = [one == value for one, value in equal if value is not None]
    if wanted.statuses:
        found.append(column.status.in_(wanted.statuses))
    if wanted.open_only:
        found.append(column.status.in_(OPEN))
    if wanted.since is not None:
        found.append(column.raised_at >= wanted.since)
    return [*found, *_of_department(wanted.department), *_with_words(wanted.text)]


def _of_department(department: str | None) -> list[Any]:
    if department is None:
        return []
    return [incidents.c.id.in_(select(dispatches.c.incident_id).where(dispatches.c.department == department))]


def _with_words(text: str) -> list[Any]:
    """Every word appears somewhere."""
    column = incidents.c
    searched = (column.number, column.camera_id, column.zone_id, column.subject, column.why_zh, column.why_en)
    return [or_(*(one.icontains(word, autoescape=True) for one in searched)) for word in text.split()]


def _beyond(order: Order, cursor: str) -> Any:
    colour, raised_at, incident_id = _read(order, cursor)
    column = incidents.c
    older = or_(
        column.raised_at < raised_at,
        and_(column.raised_at == raised_at, column.id < incident_id),
    )
    if order is Order.NEWEST:
        return older
    return or_(column.colour > colour, and_(column.colour == colour, older))


def _read(order: Order, cursor: str) -> tuple[Colour, datetime, str]:
    try:
        made_for, colour, raised, incident_id = json.loads(base64.urlsafe_b64decode(cursor))
        raised_at = Moment().process_result_value(int(raised), _NO_DIALECT)
        if made_for != order or raised_at is None:
            raise ValueError("made for another order")
        return Colour(colour), raised_at, str(incident_id)
    except (ValueError, TypeError, binascii.Error) as error:
        raise BadInput(
            "翻页标记无效，请从第一页开始", "the cursor is not one of ours: begin with the first page"
        ) from error
