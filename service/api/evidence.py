"""Evidence: pictures and clips, blurred for everybody; an original needs a role and a reason, and leaves a trace."""

from pathlib import Path
from typing import Annotated

from fastapi import Query
from fastapi.responses import FileResponse

from service.access import ORIGINALS
from service.accounts import Actor
from service.api.door import Admitted
from service.api.edge import AtEdge, Edge
from service.api.parts import REFUSALS_OF_FILES, router
from service.api.present import visible
from service.api.refusals import RoleRefused
from service.errors import NotFound, ReasonNeeded
from service.exhibits import Exhibit

# What a browser may show; anything else that a node sends is offered as a download.
SHOWN = frozenset({"image/jpeg", "image/png", "image/webp", "video/mp4"})

evidence = router("evidence")


@evidence.get("/evidence/{exhibit_id}", response_class=FileResponse, responses=REFUSALS_OF_FILES)
def get_evidence(
    edge: AtEdge,
    actor: Admitted,
    exhibit_id: int,
    original: bool = False,
    reason: Annotated[str, Query(max_length=500)] = "",
) -> FileResponse:
    """The file. `original`: not blurred, with a reason that is written into the ledger."""
    exhibit = _exhibit(edge, actor, exhibit_id)
    name = _opened(edge, actor, exhibit, reason.strip()) if original else exhibit.name
    path = _inside(edge.settings.evidence, name, exhibit)
    if exhibit.media_type in SHOWN:
        return FileResponse(path, media_type=exhibit.media_type, headers={"Cache-Control": "private, no-store"})
    return FileResponse(path, media_type="application/octet-stream", filename=f"{exhibit.id}.bin")


def _exhibit(edge: Edge, actor: Actor, exhibit_id: int) -> Exhibit:
    with edge.store.read() as tx:
        exhibit = tx.exhibits.get(exhibit_id)
        incident = tx.incidents.get(exhibit.incident_id)
        visible(tx.dispatches.of(incident.id), incident, actor)
        return exhibit


def _opened(edge: Edge, actor: Actor, exhibit: Exhibit, reason: str) -> str:
    """The original's name; that it was opened is on record before a byte of it is sent."""
    if actor.role not in ORIGINALS:
        raise RoleRefused(actor.role)
    if not reason:
        raise ReasonNeeded
    if exhibit.original is None:
        raise NotFound("original", str(exhibit.id))
    edge.desk.opened_original(exhibit.id, by=actor.by, reason=reason)
    return exhibit.original


def _inside(root: Path, name: str, exhibit: Exhibit) -> Path:
    """The name came from a node: it is followed nowhere but inside the folder. Raises NotFound."""
    folder = root.resolve()
    path = (folder / name).resolve()
    if not path.is_relative_to(folder) or not path.is_file():
        raise NotFound("evidence", str(exhibit.id))
    return path
