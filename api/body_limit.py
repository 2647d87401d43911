"""No request body may be longer than the site allows, whether it says its length or not."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.faults import answer
from extractor.errors import OversizedInputError

__all__ = ["BodyLimit"]


class BodyLimit:
    """Refuses a body that is too long, before or while it is read."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its body counted."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if _announced(scope) > self._most:
            await answer(Request(scope), self._refusal())(scope, receive, send)
            return
        counted = 0

        async def counting() -> Message:
            nonlocal counted
            message = await receive()
            counted += len(message.get("body", b""))
            if counted > self._most:
                raise self._refusal()
            return message

        await self._app(scope, counting, send)

    def _refusal(self) -> OversizedInputError:
        return OversizedInputError(f"The file is over {self._most // 1024 // 1024} MB.")


def _announced(scope: Scope) -> int:
    said = Headers(scope=scope).get("content-length", "")
    return int(said) if said.isdecimal() else 0
