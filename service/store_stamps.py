"""The ledger as rows: appended and read, never changed; the database itself refuses the rest."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, func, insert, select

from service.rows import Rows, all_built, values
from service.stamps import FIRST_HASH, Stamp, chained, verify
from service.tables import stamps

_CHUNK = 1000


class Stamps(Rows):
    def append(self, stamp: Stamp) -> Stamp:
        """In the order of the calls; writers wait for each other, so the chain has one end."""
        last = select(stamps.c.id, stamps.c.hash).order_by(stamps.c.id.desc()).limit(1)
        row = self._db.execute(last).first()
        after_id, after_hash = (0, FIRST_HASH) if row is None else (row.id, row.hash)
        placed = chained(stamp, after_id=after_id, after_hash=after_hash)
        self._db.execute(insert(stamps), values(placed))
        return placed

    def of(self, incident_id: str) -> list[Stamp]:
        """In the order in which they were written down; those of its dispatches are among them."""
        return self._built(select(stamps).where(stamps.c.incident_id == incident_id).order_by(stamps.c.id))

    def after(self, stamp_id: int, limit: int = 500) -> list[Stamp]:
        return self._built(select(stamps).where(stamps.c.id > stamp_id).order_by(stamps.c.id).limit(limit))

    def last_id(self) -> int:
        last: int | None = self._db.execute(select(func.max(stamps.c.id))).scalar_one()
        return last or 0

    def verify(self) -> tuple[int, str]:
        """The head (id, hash) of the chain. Raises LedgerBroken at the first row that was changed."""
        return verify(self._all())

    def _all(self) -> Iterator[Stamp]:
        at = 0
        while chunk := self.after(at, _CHUNK):
            yield from chunk
            at = chunk[-1].id

    def _built(self, wanted: Select[Any]) -> list[Stamp]:
        return all_built(Stamp, self._db.execute(wanted))
