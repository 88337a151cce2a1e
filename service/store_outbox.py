"""The outbox as rows: letters that commit with the fact they tell, claimed by one deliverer at a time."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, exists, insert, literal, or_, select, update

from service.columns import Moment
from service.errors import NotFound
from service.letters import Attempt, Letter, LetterState
from service.post_tables import attempts, endpoints, outbox
from service.rows import Rows, all_built, built, values
from service.tables import dispatches

_WAITING = outbox.c.state == LetterState.WAITING


class Letters(Rows):
    def add(self, letter: Letter) -> None:
        self._db.execute(insert(outbox), values(letter, without=["id"]))

    def get(self, letter_id: int) -> Letter:
        row = self._db.execute(select(outbox).where(outbox.c.id == letter_id)).one_or_none()
        if row is None:
            raise NotFound("letter", str(letter_id))
        return built(Letter, row)

    def of(self, incident_id: str) -> list[Letter]:
        return self._built(select(outbox).where(outbox.c.incident_id == incident_id).order_by(outbox.c.id))

    def of_dispatch(self, dispatch_id: str) -> list[Letter]:
        return self._built(select(outbox).where(outbox.c.dispatch_id == dispatch_id).order_by(outbox.c.id))

    def dead(self, limit: int = 200, *, department: str | None = None) -> list[Letter]:
        """Newest first."""
        wanted = select(outbox).where(outbox.c.state == LetterState.DEAD)
        if department is not None:
            wanted = wanted.where(outbox.c.department == department)
        return self._built(wanted.order_by(outbox.c.id.desc()).limit(limit))

    def waiting_for(self, department: str) -> list[Letter]:
        return self._built(select(outbox).where(_WAITING, outbox.c.department == department).order_by(outbox.c.id))

    def claim(self, *, now: datetime, lease: str, until: datetime) -> Letter | None:
        """The gravest letter that is due, leased to the caller in one statement.

        One letter at a time per department, so that a recall cannot overtake what it recalls and a hanging
        endpoint holds up nobody else; none for an endpoint whose breaker is open.
        """
        due = _due(now).with_for_update(of=outbox, skip_locked=True)
        taken = update(outbox).where(outbox.c.id == due.scalar_subquery()).values(lease=lease, leased_until=until)
        row = self._db.execute(taken.returning(*outbox.c)).one_or_none()
        return None if row is None else built(Letter, row)

    def has_due(self, now: datetime) -> bool:
        return self._db.execute(_due(now)).first() is not None

    def overdue(self, *, urgent_before: datetime, calm_before: datetime) -> list[Letter]:
        """Begun before then, still waiting, and no operator has been told so yet."""
        limit = case((outbox.c.urgent, literal(urgent_before, Moment)), else_=literal(calm_before, Moment))
        return self._built(select(outbox).where(_WAITING, outbox.c.gave_up_at.is_(None), outbox.c.started_at <= limit))

    def save(self, letter: Letter) -> None:
        self._db.execute(update(outbox).where(outbox.c.id == letter.id).values(values(letter, without=["id"])))

    def add_attempt(self, attempt: Attempt) -> None:
        self._db.execute(insert(attempts), values(attempt))

    def attempts(self, letter_id: int) -> list[Attempt]:
        made = select(attempts).where(attempts.c.letter_id == letter_id).order_by(attempts.c.id)
        return all_built(Attempt, self._db.execute(made.with_only_columns(*_ATTEMPT)))

    def unannounced(self) -> list[str]:
        """Dispatches without any letter; there are none, unless the promise did not commit with the fact."""
        silent = ~exists().where(outbox.c.dispatch_id == dispatches.c.id)
        return list(self._db.execute(select(dispatches.c.id).where(silent)).scalars())

    def _built(self, wanted: Select[Any]) -> list[Letter]:
        return all_built(Letter, self._db.execute(wanted))


_ATTEMPT = [column for column in attempts.c if column.name != "id"]


def _due(now: datetime) -> Select[Any]:
    due = select(outbox.c.id).outerjoin(endpoints, endpoints.c.department == outbox.c.department)
    due = due.where(_WAITING, outbox.c.next_at <= now, _free(now), _reachable(now))
    return due.order_by(outbox.c.urgent.desc(), outbox.c.next_at, outbox.c.id).limit(1)


def _free(now: datetime) -> Any:
    other = outbox.alias()
    busy = exists().where(and_(other.c.department == outbox.c.department, other.c.leased_until > now))
    return ~busy


def _reachable(now: datetime) -> Any:
    closed = or_(endpoints.c.open_until.is_(None), endpoints.c.open_until <= now)
    return and_(closed, endpoints.c.disabled_at.is_(None))
