"""API keys as rows: hashes, never the keys themselves."""

from datetime import datetime

from sqlalchemy import delete, func, insert, select, update

from service.errors import NotFound
from service.keys import Key
from service.post_tables import keys
from service.rows import Rows, all_built, built, values


class Keys(Rows):
    def get(self, key_id: str) -> Key:
        row = self._db.execute(select(keys).where(keys.c.id == key_id)).one_or_none()
        if row is None:
            raise NotFound("key", key_id)
        return built(Key, row)

    def by_hash(self, secret_hash: str) -> Key | None:
        row = self._db.execute(select(keys).where(keys.c.secret_hash == secret_hash)).one_or_none()
        return None if row is None else built(Key, row)

    def all(self) -> list[Key]:
        """Newest first."""
        return all_built(Key, self._db.execute(select(keys).order_by(keys.c.created_at.desc(), keys.c.id)))

    def count(self) -> int:
        return self._db.execute(select(func.count()).select_from(keys)).scalar_one()

    def add(self, key: Key) -> None:
        self._db.execute(insert(keys), values(key))

    def revoke(self, key_id: str, at: datetime) -> None:
        self._db.execute(update(keys).where(keys.c.id == key_id).values(revoked_at=at))

    def used(self, key_id: str, at: datetime) -> None:
        self._db.execute(update(keys).where(keys.c.id == key_id).values(last_used_at=at))

    def forget_sessions(self, before: datetime) -> int:
        """Those that ended before; returns how many. Keys proper are kept: the ledger names them."""
        over = (keys.c.parent.is_not(None)) & (keys.c.expires_at < before)
        return self._db.execute(delete(keys).where(over)).rowcount
