"""Which coding an answer has: gzip where the client takes it, else none."""

from __future__ import annotations

import re
from typing import Literal

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Receive, Scope, Send

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
    """Compresses answers, save those that have one coding alone."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and compress the answer where the client takes that."""
        if scope["type"] == "http" and _IN_ONE_CODING.fullmatch(scope["path"]):
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)
