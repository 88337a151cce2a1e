"""Who is asking: keys that are random, kept only as hashes, expiring and revocable; a session is a short-lived key."""

import hashlib
import hmac
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from clock import Clock
from service.access import Role
from service.errors import BadInput, Unauthorised
from service.keys import Key
from service.stamps import Stamp, Step
from service.store import Store, Tx

YEAR = timedelta(days=365)
_USED_EVERY = timedelta(minutes=10)  # noting each use would make every read a write


class KeyRefused(Unauthorised):
    """Unknown, revoked or expired: not said which."""

    code = "key_refused"

    def __init__(self) -> None:
        super().__init__("密钥无效或已过期", "the key is not valid, or no longer")


class DepartmentNeeded(BadInput):
    code = "department_needed"

    def __init__(self) -> None:
        super().__init__(
            "部门密钥须指明部门，其他密钥不得指明部门", "a department's key names its department, no other key does"
        )


class TeamNeeded(BadInput):
    code = "team_needed"

    def __init__(self) -> None:
        super().__init__("飞手密钥须指明飞行队，其他密钥不得指明", "a pilot's key names its team, no other key does")


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose a key is. Several keys may be of one department or team."""

    role: Role
    name: str
    department: str | None = None
    team: str | None = None

    def check(self) -> None:
        """Raises DepartmentNeeded or TeamNeeded."""
        if (self.role is Role.DEPARTMENT) != (self.department is not None):
            raise DepartmentNeeded
        if (self.role is Role.PILOT) != (self.team is not None):
            raise TeamNeeded


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever holds a valid key. `by` is what the ledger writes."""

    key_id: str
    role: Role
    name: str
    department: str | None
    team: str | None = None

    @property
    def by(self) -> str:
        return f"{self.role}:{self.department or self.team or self.name}"

    @property
    def holder(self) -> Holder:
        return Holder(self.role, self.name, self.department, self.team)


class Accounts:
    """Every text of a key leaves here once and is never kept."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def first_key(self) -> str | None:
        """The administrator's key of a new installation, to be printed by the caller; None ever after."""
        with self._store.begin() as tx:
            first = Holder(Role.ADMINISTRATOR, "first")
            return None if tx.keys.count() else self._add(tx, first, YEAR, by="first start")[1]

    def create(
        self,
        role: Role,
        name: str,
        *,
        by: str,
        department: str | None = None,
        team: str | None = None,
        lives: timedelta = YEAR,
    ) -> tuple[Key, str]:
        """The key as kept, and its text. Raises DepartmentNeeded or TeamNeeded."""
        holder = Holder(role, name, department, team)
        holder.check()
        with self._store.begin() as tx:
            return self._add(tx, holder, lives, by=by)

    def revoke(self, key_id: str, *, by: str) -> None:
        """Its sessions end with it."""
        with self._store.begin() as tx:
            tx.keys.get(key_id)
            tx.keys.revoke(key_id, self._clock.now())
            tx.stamps.append(self._stamp(Step.KEY_REVOKED, key_id, by))

    def all(self) -> Sequence[Key]:
        """Newest first, without sessions."""
        with self._store.read() as tx:
            return [key for key in tx.keys.all() if key.parent is None]

    def actor(self, text: str) -> Actor:
        """Raises KeyRefused."""
        digest = _digest(text)
        with self._store.read() as tx:
            key = tx.keys.by_hash(digest)
            if key is None or not hmac.compare_digest(key.secret_hash, digest) or not self._alive(tx, key):
                raise KeyRefused
        self._note_use(key)
        return Actor(key.id, Role(key.role), key.name, key.department, key.team)

    def open_session(self, text: str, length: timedelta) -> str:
        """The session's own text, for a cookie; it dies with the key. Raises KeyRefused."""
        actor = self.actor(text)
        with self._store.begin() as tx:
            return self._add(tx, actor.holder, length, by=actor.by, parent=actor.key_id)[1]

    def end_session(self, actor: Actor) -> None:
        """A key that is not a session's is left alone."""
        with self._store.begin() as tx:
            if tx.keys.get(actor.key_id).parent is not None:
                tx.keys.revoke(actor.key_id, self._clock.now())

    def _alive(self, tx: Tx, key: Key) -> bool:
        if key.revoked_at is not None or key.expires_at <= self._clock.now():
            return False
        return key.parent is None or self._alive(tx, tx.keys.get(key.parent))

    def _add(self, tx: Tx, holder: Holder, lives: timedelta, *, by: str, parent: str | None = None) -> tuple[Key, str]:
        now = self._clock.now()
        text = f"patrol_{secrets.token_urlsafe(32)}"
        key = Key(
            id=str(uuid.uuid4()),
            name=holder.name,
            role=holder.role,
            department=holder.department,
            team=holder.team,
            secret_hash=_digest(text),
            created_at=now,
            expires_at=now + lives,
            parent=parent,
        )
        tx.keys.add(key)
        if parent is None:
            tx.stamps.append(self._stamp(Step.KEY_CREATED, key.id, by))
        return key, text

    def _stamp(self, step: Step, key_id: str, by: str) -> Stamp:
        now = self._clock.now()
        return Stamp(step=step, at=now, recorded_at=now, by=by, details={"key": key_id})

    def _note_use(self, key: Key) -> None:
        now = self._clock.now()
        if key.last_used_at is None or now - key.last_used_at >= _USED_EVERY:
            with self._store.begin() as tx:
                tx.keys.used(key.id, now)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
