"""The door: who asks, and whether the policy lets them in. Every route behind it names its roles in access.py."""

from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer

from service.access import ACCESS
from service.accounts import Actor
from service.api.edge import edge_of
from service.api.refusals import KeyNeeded, NotFromOurPage, RoleRefused

COOKIE = "patrol_session"
PAGE_HEADER = "X-Patrol"  # no other site's page can send it without asking us first
_SAFE = frozenset({"GET", "HEAD"})

_bearer = HTTPBearer(auto_error=False, description="A key: patrol_…")
_cookie = APIKeyCookie(name=COOKIE, auto_error=False, description="From POST /api/session")


def identify(request: Request) -> Actor:
    """Raises Unauthorised, or Forbidden for a session used from elsewhere than our page."""
    words = request.headers.get("Authorization", "").split()
    accounts = edge_of(request).accounts
    if len(words) == 2 and words[0].lower() == "bearer":
        return accounts.actor(words[1])
    session = request.cookies.get(COOKIE)
    if not session:
        raise KeyNeeded
    if request.method not in _SAFE and PAGE_HEADER not in request.headers:
        raise NotFromOurPage
    return accounts.actor(session)


def admit(request: Request) -> Actor:
    """Raises Unauthorised or Forbidden; a route without a rule is a KeyError and answers nobody."""
    if not hasattr(request.state, "actor"):
        request.state.actor = identify(request)
    actor: Actor = request.state.actor
    if actor.role not in ACCESS[request.scope["route"].name]:
        raise RoleRefused(actor.role)
    return actor


def admitted(
    request: Request,
    _: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)],
    __: Annotated[str | None, Security(_cookie)],
) -> Actor:
    return admit(request)


Admitted = Annotated[Actor, Depends(admitted)]
