"""Keys and sessions over HTTP."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Request, Response
from pydantic import BaseModel, ConfigDict, Field

from service.access import Role
from service.accounts import YEAR
from service.api.door import COOKIE, Admitted
from service.api.edge import AtEdge
from service.api.parts import Id, Reason, router
from service.keys import Key

accounts = router("accounts")
entrance = router("accounts")  # open: this is where one comes in


class KeyView(BaseModel):
    """A key without its text, which is shown once when it is made."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    role: Role
    department: str | None
    team: str | None
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None


class KeyList(BaseModel):
    keys: list[KeyView]


class NewKey(BaseModel):
    """`department` for a department's key and no other; `team` for a pilot's."""

    name: Reason
    role: Role
    department: Reason | None = None
    team: Reason | None = None
    days: Annotated[int, Field(ge=1, le=3650)] = YEAR.days


class KeyWithText(KeyView):
    """`text` cannot be had again."""

    text: str


class Me(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    role: Role
    name: str
    department: str | None
    team: str | None


class Entry(BaseModel):
    key: Annotated[str, Field(min_length=1, max_length=200)]


@entrance.post("/session")
def open_session(edge: AtEdge, request: Request, response: Response, entry: Entry) -> Me:
    """A cookie for browsers, where a key cannot go into every request's head."""
    length = edge.settings.session_length
    actor = edge.accounts.actor(entry.key)
    session = edge.accounts.open_session(entry.key, length)
    _set(response, session, length, secure=request.url.scheme == "https")
    return Me.model_validate(actor)


@accounts.post("/session/end")
def end_session(edge: AtEdge, actor: Admitted, response: Response) -> Me:
    edge.accounts.end_session(actor)
    _set(response, "", timedelta(), secure=False)
    return Me.model_validate(actor)


@accounts.get("/me")
def get_me(actor: Admitted) -> Me:
    return Me.model_validate(actor)


@accounts.get("/keys")
def list_keys(edge: AtEdge, _: Admitted) -> KeyList:
    return KeyList(keys=_views(edge.accounts.all()))


@accounts.post("/keys")
def create_key(edge: AtEdge, actor: Admitted, wanted: NewKey) -> KeyWithText:
    if wanted.department is not None:
        edge.county.department(wanted.department)
    lives = timedelta(days=wanted.days)
    key, text = edge.accounts.create(
        wanted.role, wanted.name, by=actor.by, department=wanted.department, team=wanted.team, lives=lives
    )
    return KeyWithText(**KeyView.model_validate(key).model_dump(), text=text)


@accounts.post("/keys/{key_id}/revoke")
def revoke_key(edge: AtEdge, actor: Admitted, key_id: Id) -> KeyList:
    """Its sessions end with it, and the streams that it opened."""
    edge.accounts.revoke(key_id, by=actor.by)
    return KeyList(keys=_views(edge.accounts.all()))


def _views(keys: Sequence[Key]) -> list[KeyView]:
    return [KeyView.model_validate(key) for key in keys]


def _set(response: Response, session: str, length: timedelta, *, secure: bool) -> None:
    age = int(length.total_seconds())
    response.set_cookie(COOKIE, session, max_age=age, httponly=True, samesite="strict", secure=secure, path="/")
