"""The API described for client generators."""

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from service.api.door import Admitted
from service.api.parts import router

schema = router("schema")


@schema.get("/openapi.json", response_class=JSONResponse, include_in_schema=False)
def get_openapi(request: Request, _: Admitted) -> Response:
    return JSONResponse(request.app.openapi())
