"""The pages, their static parts and the health check: all that answers without a key."""

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse, RedirectResponse
from pydantic import BaseModel

from service.api.edge import AtEdge

WEB = Path(__file__).resolve().parents[2] / "web"

pages = APIRouter(tags=["pages"])


class Health(BaseModel):
    ok: bool


@pages.get("/healthz")
def get_health(edge: AtEdge) -> Health:
    """The service answers and its database can be read."""
    with edge.store.read() as tx:
        tx.stamps.last_id()
    return Health(ok=True)


@pages.get("/", response_class=FileResponse, include_in_schema=False)
def get_first_page() -> FileResponse:
    return FileResponse(WEB / "index.html", headers={"Cache-Control": "no-cache"})


@pages.get("/department", response_class=RedirectResponse, include_in_schema=False)
def get_department_page() -> RedirectResponse:
    """A telephone's page. It lives beside its parts, since a service worker minds only what lies below it."""
    return RedirectResponse("/static/department/index.html")
