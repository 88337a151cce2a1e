"""The breakers of the departments' endpoints as rows: they outlive a restart."""

from sqlalchemy import insert, select, update

from service.letters import EndpointState
from service.post_tables import endpoints
from service.rows import Rows, all_built, built, values


class Endpoints(Rows):
    def all(self) -> list[EndpointState]:
        return all_built(EndpointState, self._db.execute(select(endpoints).order_by(endpoints.c.department)))

    def get(self, department: str) -> EndpointState:
        """One that never failed has no row."""
        row = self._db.execute(select(endpoints).where(endpoints.c.department == department)).one_or_none()
        return EndpointState(department=department) if row is None else built(EndpointState, row)

    def put(self, state: EndpointState) -> None:
        row = values(state)
        changed = self._db.execute(update(endpoints).where(endpoints.c.department == state.department).values(row))
        if changed.rowcount == 0:
            self._db.execute(insert(endpoints), row)
