"""Conditional requests: what has not changed is not sent again (RFC 9110, sections 8.8 and 13).

Every page and list depends on the whole record, on this program and on a language; its entity tag
is made of the record's change number, the number of the last check of a page, build and language.
"""

from __future__ import annotations

import re

from fastapi import Request, Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import EditConflict, EditUnconditional
from app.storage.following.checks import check_number
from app.storage.revisions.log import head
from app.web.html.rendering import build_id
from app.web.http.dependencies import ReadSession
from app.web.wording.locale import language

_REVISION = re.compile(r'"r([1-9][0-9]{0,9})"')


def revision_matched(if_match: str, now: int) -> int:
    """The revision among those of an If-Match header that the claim stands at, compared strongly.

    RFC 9110, section 13.1.1. `*` says nothing of what was read and is taken for no condition.
    """
    if if_match.strip() == "*":
        raise EditUnconditional
    tags = (_REVISION.fullmatch(tag.strip()) for tag in if_match.split(","))
    if now not in {int(tag[1]) for tag in tags if tag}:
        raise EditConflict(now)
    return now


class NotModified(Exception):
    """The client has what it asks for already."""

    def __init__(self, etag: str) -> None:
        super().__init__(etag)
        self.etag = etag


def revalidate(request: Request, session: ReadSession) -> None:
    """Give the answer the record's entity tag; raise `NotModified` where the client has it."""
    numbers = f"h{head(session).number}-{check_number(session)}"
    use_etag(request, f'"{numbers}-{build_id()}-{language()}"')


def use_etag(request: Request, etag: str) -> None:
    """Give the answer this strong entity tag; raise `NotModified` where the client has it."""
    if matches(request.headers, etag):
        raise NotModified(etag)
    request.state.etag = etag


def matches(headers: Headers, etag: str) -> bool:
    """Whether If-None-Match names this entity tag; compared weakly, as section 13.1.2 has it."""
    given = headers.get("if-none-match", "")
    return any(tag.strip().removeprefix("W/") in (etag, "*") for tag in given.split(","))


def on_not_modified(_request: Request, error: Exception) -> Response:
    """304 with the entity tag, and nothing else."""
    etag = error.etag if isinstance(error, NotModified) else ""
    return Response(status_code=304, headers={"ETag": etag, "Cache-Control": "no-cache"})


class EntityTags:
    """Writes the entity tag that a route chose onto its answer; pure ASGI."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add to a successful answer."""

        async def send_with_tag(message: Message) -> None:
            etag = scope.get("state", {}).get("etag")
            if message["type"] == "http.response.start" and message["status"] == 200 and etag:
                headers = MutableHeaders(scope=message)
                headers["ETag"] = etag
                headers.setdefault("Cache-Control", "no-cache")
            await send(message)

        await self.app(scope, receive, send_with_tag if scope["type"] == "http" else send)
