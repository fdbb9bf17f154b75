"""What every answer carries, whatever made it; pure ASGI, in front of the routes."""

from __future__ import annotations

import re
from typing import Literal

from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class SecurityHeaders:
    """Adds the headers that prevent pages from running or loading anything that is not ours."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add to the answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class HeadAsGet:
    """Lets routes answer HEAD as they answer GET; the server leaves the body out.

    RFC 9110, section 9.3.2.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a HEAD request on as GET."""
        if scope["type"] == "http" and scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}
        await self.app(scope, receive, send)


Coding = Literal["gzip", "identity"]

# The entity tag of one claim's JSON is its revision's number alone, by the interface. Two codings
# are two representations and may not share a strong tag (RFC 9110, section 8.8.3.3), so that these
# few kilobytes have one. To mark the tag of the other (`"r12-gzip"`) would break the interface.
_IN_ONE_CODING = re.compile(r"/api/v1/claims/[^/]+(?:/comparison|/timeline)?")


def coding_of(path: str, accepted: bytes) -> Coding:
    """The coding of an answer of this path, if it is large enough; `accepted` by the client."""
    if _IN_ONE_CODING.fullmatch(path):
        return "identity"
    return "gzip" if b"gzip" in accepted else "identity"


class Compression(GZipMiddleware):
    """Compresses answers, except those that have one coding alone, and says so in `Vary`."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and compress the answer where the client takes that."""
        if scope["type"] == "http" and _IN_ONE_CODING.fullmatch(scope["path"]):
            await self.app(scope, receive, send)
            return

        async def send_with_vary(message: Message) -> None:
            # Starlette adds it to what it may compress, and a 304 has no body; it has to carry the
            # Vary of its 200 all the same (RFC 9110, section 15.4.5).
            if message["type"] == "http.response.start" and message["status"] == 304:
                MutableHeaders(scope=message).add_vary_header("Accept-Encoding")
            await send(message)

        await super().__call__(scope, receive, send_with_vary)
