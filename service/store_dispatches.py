"""Dispatches as rows, written by compare-and-set."""

from datetime import datetime

from sqlalchemy import insert, select, update

from service.dispatch import OVER, Dispatch, Status
from service.errors import NotFound, Stale
from service.rows import Rows, all_built, built, values
from service.tables import dispatches


class Dispatches(Rows):
    def get(self, dispatch_id: str) -> Dispatch:
        row = self._db.execute(select(dispatches).where(dispatches.c.id == dispatch_id)).one_or_none()
        if row is None:
            raise NotFound("dispatch", dispatch_id)
        return built(Dispatch, row)

    def of(self, incident_id: str) -> list[Dispatch]:
        """Oldest first, the lead before those that assist."""
        of_it = select(dispatches).where(dispatches.c.incident_id == incident_id)
        ordered = of_it.order_by(dispatches.c.created_at, dispatches.c.part.desc(), dispatches.c.department)
        return all_built(Dispatch, self._db.execute(ordered))

    def for_department(self, department: str, *, open_only: bool = True, limit: int = 200) -> list[Dispatch]:
        """Newest first."""
        theirs = select(dispatches).where(dispatches.c.department == department)
        if open_only:
            theirs = theirs.where(dispatches.c.status.not_in(OVER))
        ordered = theirs.order_by(dispatches.c.created_at.desc(), dispatches.c.id).limit(limit)
        return all_built(Dispatch, self._db.execute(ordered))

    def incident_ids_of(self, department: str) -> set[str]:
        theirs = select(dispatches.c.incident_id).where(dispatches.c.department == department)
        return set(self._db.execute(theirs).scalars())

    def suspended_until_before(self, moment: datetime) -> list[Dispatch]:
        over = (dispatches.c.status == Status.SUSPENDED) & (dispatches.c.suspended_until <= moment)
        return all_built(Dispatch, self._db.execute(select(dispatches).where(over)))

    def add(self, dispatch: Dispatch) -> None:
        self._db.execute(insert(dispatches), values(dispatch))

    def save(self, dispatch: Dispatch) -> None:
        """Write the next version; whoever saved the same version first wins. Raises Stale."""
        before = (dispatches.c.id == dispatch.id) & (dispatches.c.version == dispatch.version - 1)
        changed = self._db.execute(update(dispatches).where(before).values(values(dispatch, without=["id"])))
        if changed.rowcount != 1:
            raise Stale(dispatch.id)
