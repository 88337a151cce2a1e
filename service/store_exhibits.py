"""Exhibits as rows: the files that prove something."""

from sqlalchemy import insert, select

from service.errors import NotFound
from service.exhibits import Exhibit
from service.rows import Rows, all_built, built, values
from service.tables import exhibits


class Exhibits(Rows):
    def get(self, exhibit_id: int) -> Exhibit:
        row = self._db.execute(select(exhibits).where(exhibits.c.id == exhibit_id)).one_or_none()
        if row is None:
            raise NotFound("evidence", str(exhibit_id))
        return built(Exhibit, row)

    def of(self, incident_id: str) -> list[Exhibit]:
        """In the order in which they came."""
        of_it = select(exhibits).where(exhibits.c.incident_id == incident_id)
        return all_built(Exhibit, self._db.execute(of_it.order_by(exhibits.c.id)))

    def add(self, exhibit: Exhibit) -> None:
        """The same file in the same role is there once, however often it is brought."""
        if not self._has(exhibit):
            self._db.execute(insert(exhibits), values(exhibit, without=["id"]))

    def _has(self, exhibit: Exhibit) -> bool:
        column = exhibits.c
        same = (column.incident_id == exhibit.incident_id, column.role == exhibit.role)
        file = (column.name == exhibit.name, column.sha256 == exhibit.sha256)
        return self._db.execute(select(column.id).where(*same, *file)).first() is not None
