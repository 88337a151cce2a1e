"""What every endpoint may reach: put on the application once, handed out by `edge_of`."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from clock import Clock
from service.accounts import Accounts
from service.county import County
from service.desk import Desk
from service.feed import Feed
from service.outbox import Outbox
from service.settings import Settings
from service.store import Store
from service.uploads import Uploads


@dataclass(frozen=True, slots=True)
class Edge:
    desk: Desk
    store: Store
    accounts: Accounts
    outbox: Outbox
    county: County
    settings: Settings
    clock: Clock
    feed: Feed
    uploads: Uploads


def edge_of(request: Request) -> Edge:
    return cast(Edge, request.app.state.edge)


AtEdge = Annotated[Edge, Depends(edge_of)]
