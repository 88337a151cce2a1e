"""The pieces every router is made of: the router itself, and the refusals it declares."""

from typing import Annotated, Any

from fastapi import APIRouter, Path
from pydantic import StringConstraints

from service.api.once import OnceRoute
from service.api.refusals import Refused

BODY_LIMIT = 1024 * 1024

_WHY = {
    401: "No key, or not a valid one",
    403: "The key's role may not do this",
    404: "No such thing, or not for this key",
    409: "The world is not as the caller thought",
    413: "Too large",
    422: "What was sent cannot be understood",
    503: "Busy: try again",
}
REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": Refused, "description": why} for status, why in _WHY.items()
}
# The same for routes whose success is not JSON: FastAPI would give their refusals the media type of a picture.
_REFUSED = {"application/json": {"schema": {"$ref": f"#/components/schemas/{Refused.__name__}"}}}
REFUSALS_OF_FILES: dict[int | str, dict[str, Any]] = {
    status: {"description": why, "content": _REFUSED} for status, why in _WHY.items()
}

Id = Annotated[str, Path(min_length=1, max_length=64, pattern=r"^[0-9A-Za-z-]+$")]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


def router(tag: str) -> APIRouter:
    return APIRouter(prefix="/api", tags=[tag], route_class=OnceRoute, responses=REFUSALS)
