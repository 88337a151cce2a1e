"""The bytes of declared files, over tus 1.0: ask how much is here, send a piece from there on.

Who asks is settled before anything of the body is read.
"""

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import contextmanager_in_threadpool
from starlette.concurrency import run_in_threadpool

from service.accounts import Actor
from service.api.door import Admitted
from service.api.edge import AtEdge, Edge
from service.api.flights import file_url, own_flight
from service.api.parts import REFUSALS, Id
from service.api.piece import take_piece
from service.api.tus import (
    ALGORITHMS,
    EXTENSIONS,
    VERSION,
    BadHeader,
    TusRoute,
    announced,
    checksum_of,
    http_date,
    length_of,
    metadata_of,
    offset_of,
    speak_version,
)
from service.errors import NotFound
from service.flights import FileStatus, FlightFile
from service.upload_errors import NotUploading, TooMuchSent, WrongOffset

_NO_LIMIT = 2**62  # what may come is what was declared

uploads = APIRouter(
    prefix="/api/uploads",
    tags=["uploads"],
    route_class=TusRoute,
    responses=REFUSALS,
    include_in_schema=False,  # tus.io describes it
    dependencies=[Depends(speak_version)],
)


@uploads.options("")
def describe_uploads(edge: AtEdge, _: Admitted) -> Response:
    headers = {
        "Tus-Version": VERSION,
        "Tus-Extension": EXTENSIONS,
        "Tus-Max-Size": str(edge.uploads.limits.file),
        "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
    }
    return Response(status_code=204, headers=headers)


@uploads.post("")
def create_upload(edge: AtEdge, actor: Admitted, request: Request) -> Response:
    """Finds the place of a declared file: `flight` and `filename` in the metadata. May be sent again."""
    said = metadata_of(request)
    flight = own_flight(edge, actor, said.get("flight", ""))
    with edge.store.read() as tx:
        named = [one for one in tx.flights.files(flight.id) if one.name == said.get("filename")]
    if not named:
        raise NotFound("file", said.get("filename", ""))
    if named[0].size != length_of(request):
        raise BadHeader("Upload-Length", f"{named[0].size} bytes were declared")
    return Response(status_code=201, headers={"Location": file_url(named[0]), **_expiry(edge, named[0])})


@uploads.head("/{file_id}")
def get_upload_offset(edge: AtEdge, actor: Admitted, file_id: Id) -> Response:
    file = _own(edge, actor, file_id)
    if file.status not in (FileStatus.WAITING, FileStatus.VERIFIED):
        raise NotUploading("file", file.status)
    headers = {"Upload-Offset": str(edge.uploads.held(file)), "Upload-Length": str(file.size)}
    return Response(status_code=200, headers=headers | _expiry(edge, file))


@uploads.patch("/{file_id}", max_body_size=_NO_LIMIT)
async def append_to_upload(edge: AtEdge, actor: Admitted, request: Request, file_id: Id) -> Response:
    """One piece, from Upload-Offset on."""
    offset, checksum, coming = offset_of(request), checksum_of(request), announced(request)
    file = await run_in_threadpool(_own, edge, actor, file_id)
    async with contextmanager_in_threadpool(edge.uploads.writing(file)) as part:
        _fits(file, offset, coming, part.size)
        try:
            await take_piece(request, part, file.size - offset, checksum)
        finally:
            await run_in_threadpool(edge.uploads.written, file, part, offset)
        held = part.size
    return Response(status_code=204, headers={"Upload-Offset": str(held), **_expiry(edge, file)})


@uploads.delete("/{file_id}")
def terminate_upload(edge: AtEdge, actor: Admitted, file_id: Id) -> Response:
    """The file is no longer one of the flight's."""
    edge.uploads.remove(_own(edge, actor, file_id), by=actor.by)
    return Response(status_code=204)


def _own(edge: Edge, actor: Actor, file_id: str) -> FlightFile:
    """Raises NotFound for a team whose file it is not."""
    with edge.store.read() as tx:
        file = tx.flights.file(file_id)
        if tx.flights.get(file.flight_id).team != actor.team:
            raise NotFound("file", file_id)
    return file


def _fits(file: FlightFile, offset: int, coming: int | None, held: int) -> None:
    if offset != held:
        raise WrongOffset(offset, held)
    if offset + (coming or 0) > file.size:
        raise TooMuchSent


def _expiry(edge: Edge, file: FlightFile) -> dict[str, str]:
    if file.status is not FileStatus.WAITING:
        return {}
    with edge.store.read() as tx:
        touched = tx.flights.get(file.flight_id).touched_at
    return {"Upload-Expires": http_date(touched + edge.uploads.limits.kept)}
