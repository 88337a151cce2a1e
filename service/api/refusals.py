"""What the HTTP edge itself refuses, and how every refusal is told: one JSON shape, both languages."""

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from service.errors import BadInput, Conflict, Forbidden, ServiceError, Unauthorised

_log = logging.getLogger(__name__)


class Refused(BaseModel):
    """Why not, for a program (`error`), for people, and whether sending the same again can help."""

    error: str
    message_zh: str
    message_en: str
    again: bool


class KeyNeeded(Unauthorised):
    code = "key_needed"

    def __init__(self) -> None:
        super().__init__("需要密钥", "a key is needed")


class RoleRefused(Forbidden):
    code = "role_refused"

    def __init__(self, role: str) -> None:
        super().__init__("您的角色不能做这件事", f"the role {role} may not do this")


class NotFromOurPage(Forbidden):
    code = "header_needed"

    def __init__(self) -> None:
        super().__init__("请求不是从本系统页面发出的", "a session's request needs the header X-Patrol: 1")


class KeySpent(BadInput):
    code = "idempotency_key_reused"

    def __init__(self) -> None:
        super().__init__("这个 Idempotency-Key 已用于另一请求", "this Idempotency-Key belongs to another request")


class BadIdempotencyKey(BadInput):
    code = "bad_idempotency_key"

    def __init__(self) -> None:
        super().__init__(
            "Idempotency-Key 须为 1 至 200 个可见字符", "an Idempotency-Key has 1 to 200 visible characters"
        )


class StillRunning(Conflict):
    code = "still_running"
    again = True

    def __init__(self) -> None:
        super().__init__("同一请求正在处理", "the same request is being worked on")


def install(app: FastAPI) -> None:
    app.add_exception_handler(ServiceError, _service_error)
    app.add_exception_handler(RequestValidationError, _bad_request)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _unforeseen)


def told(error: ServiceError) -> JSONResponse:
    return _answer(error.status, Refused(error=error.code, message_zh=error.zh, message_en=error.en, again=error.again))


def _answer(status: int, refused: Refused) -> JSONResponse:
    headers = {"WWW-Authenticate": "Bearer"} if status == HTTPStatus.UNAUTHORIZED else {}
    if refused.again:
        headers["Retry-After"] = "1"
    return JSONResponse(refused.model_dump(), status_code=status, headers=headers)


async def _service_error(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ServiceError)
    return told(error)


async def _bad_request(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    places = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()[:5])
    return told(BadInput("请求内容有误", places))


async def _http_error(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    status = HTTPStatus(error.status_code)
    zh = {404: "没有这个地址", 405: "这个地址不接受此方法"}.get(status, "请求未被接受")
    return _answer(status, Refused(error=status.name.lower(), message_zh=zh, message_en=status.phrase, again=False))


async def _unforeseen(request: Request, error: Exception) -> JSONResponse:
    """Whatever else: the details go to the log, not to the caller."""
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return told(ServiceError("服务内部出错，已记入日志", "an internal error; it is in the log"))
