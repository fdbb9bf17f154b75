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
_TWO_YEARS = 2 * 365 * 24 * 60 * 60
_NO_SNIFFING = (b"x-content-type-options", b"nosniff")
_OF_ALL = [
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    _NO_SNIFFING,
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
]
# Pictures, cards and embeds are made to be shown on other sites.
_FOR_OTHER_SITES = (".svg", ".png", ".ico", "/embed")
# Answers for one visitor or one key alone.
_PRIVATE = ("/contribute", "/submissions", "/review", "/inbox", "/api/v1/submissions")
# Reading is open to every site, and never with cookies: `*` cannot be combined with credentials
# (Fetch Standard, section 3.3.5).
_OF_READING = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Link, Location, Retry-After"),
]
_PREFLIGHT = [
    *_OF_READING,
    (b"access-control-allow-methods", b"GET, HEAD"),
    (b"access-control-allow-headers", b"If-None-Match, If-Modified-Since, Range, Content-Type"),
    (b"access-control-max-age", b"86400"),
]


class SecurityHeaders:
    """Adds the headers that prevent pages from running or loading anything that is not ours.

    And those that let scripts of other sites read what is public.
    """

    def __init__(self, app: ASGIApp, base_url: str) -> None:
        self.app = app
        # Only where readers come by TLS: over plain HTTP browsers ignore it (RFC 6797, section
        # 8.1). Without includeSubDomains, as other names of the domain are not ours to decide on.
        hsts = [(b"strict-transport-security", b"max-age=%d" % _TWO_YEARS)]
        hsts = hsts if base_url.startswith("https://") else []
        self._of_all = [*_OF_ALL, *hsts]
        # A font is never a document that could run, load or lead to anything, and a page has four:
        # the other headers would be a fiftieth of all that a first visit takes.
        self._of_fonts = [_NO_SNIFFING, *hsts]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add to the answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path: str = scope["path"]
        is_shared = path.endswith(_FOR_OTHER_SITES)
        added = [
            *(self._of_fonts if path.endswith(".woff2") else self._of_all),
            (b"cross-origin-resource-policy", b"cross-origin" if is_shared else b"same-origin"),
        ]
        is_public = not path.startswith(_PRIVATE)
        if is_public and _is_preflight(scope):
            headers = [*added, *_PREFLIGHT]
            await send({"type": "http.response.start", "status": 204, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return
        if is_public and scope["method"] in ("GET", "HEAD"):
            added += _OF_READING

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = message["headers"]
                names = {name for name, _value in given}
                # A list of its own: what is cached of a page must not grow.
                headers = [*given, *[pair for pair in added if pair[0] not in names]]
                message = {**message, "headers": headers}
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _is_preflight(scope: Scope) -> bool:
    if scope["method"] != "OPTIONS":
        return False
    return any(name == b"access-control-request-method" for name, _value in scope["headers"])


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
