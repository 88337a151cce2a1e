"""API keys and remembered answers, as they are kept."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """Only the hash of the key's text is kept. `parent` is the key with which a session was opened; `department` and
    `team` say whose a department's or a pilot team's key is.
    """

    id: str
    name: str
    role: str
    department: str | None
    secret_hash: str
    created_at: datetime
    expires_at: datetime
    parent: str | None = None
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None
    team: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was answered to a request that may be repeated; `status` is None while it is being worked on."""

    actor: str
    key: str
    fingerprint: str
    status: int | None
    body: bytes
    media_type: str
    at: datetime
