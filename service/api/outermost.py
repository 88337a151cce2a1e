"""What every answer goes through last: headers that forbid what is not ours, and one shape for refusals."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.api.refusals import told
from service.errors import ServiceError

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class TooLarge(ServiceError):
    status = 413
    code = "too_large"

    def __init__(self) -> None:
        super().__init__("内容过大", "too large")


class TooLargeInOurWords:
    """The framework's body limit says 413 in plain text; a program expects the shape of every other refusal."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        replaced = False

        async def in_our_words(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start" and _is_plain_413(message):
                replaced = True
                await told(TooLarge())(scope, receive, send)
            elif not replaced:
                await send(message)

        await self._app(scope, receive, in_our_words)


def _is_plain_413(message: Message) -> bool:
    return message["status"] == 413 and MutableHeaders(scope=message).get("content-type", "").startswith("text/plain")


class SecurityHeaders:
    """Also on errors: it stands outside everything else. What is under /api is never kept by a cache."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                if scope["path"].startswith("/api"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, with_headers)
