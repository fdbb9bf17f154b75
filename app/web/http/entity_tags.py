"""Conditional requests: what has not changed is not sent again (RFC 9110, sections 8.8 and 13).

Entity tags, as the keys of the page cache, are made of the validity of an answer and of nothing
else: `validity_of` says what that is for a request.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Annotated

from fastapi import Depends, Request, Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.revisions.chain import RecordNumbers
from app.errors import EditConflict, EditUnconditional
from app.queries.validity import ClaimValidity, Validity, read_numbers
from app.web.html.rendering import build_id
from app.web.http.dependencies import ReadSession
from app.web.http.headers import Coding, coding_of
from app.web.wording.locale import language

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The clock of a running site."""
    return datetime.now(UTC)


_REVISION = re.compile(r'"r([1-9][0-9]{0,9})(?:-c[1-9][0-9]{0,9})?"')
# Where answers say how long ago something was; the route asks for the day by `Today`, which these
# alone are given.
_SAYS_TODAY = frozenset({"/links"})
_OF_MACHINES = "/api/v1/"
_MAX_REMEMBERED = 256  # letters of a path


def validity_of(scope: Scope, numbers: RecordNumbers, base_url: str, now: Clock) -> Validity:
    """What the answer to a request depends on, while the record has got as far as these numbers."""
    path: str = scope["path"]
    # The first header of a name counts, as for the middleware that compresses the answer.
    # Starlette's `Headers` decodes all of them for each question.
    accepted = dict(reversed(scope["headers"])).get(b"accept-encoding", b"")
    asked = _asked if len(path) <= _MAX_REMEMBERED else _asked.__wrapped__
    form, coding = asked(path, coding_of("", accepted))
    today = now().astimezone(UTC).date().isoformat() if path in _SAYS_TODAY else ""
    site = scope.get("site", base_url)
    return Validity(numbers, build_id(), form, language(), coding, site, today)


# Remembered, so that a page from memory is found by the texts that it was stored under: making
# and comparing them again took a tenth of the time that such a page takes. Few and short, as
# strangers choose them.
@lru_cache(maxsize=512)
def _asked(path: str, accepted: Coding) -> tuple[str, str]:
    """The form and the coding of an answer."""
    return _form(path), coding_of(path, accepted.encode())


def _form(path: str) -> str:
    """What an answer is written in; the address alone decides that, by its suffix."""
    if path.startswith(_OF_MACHINES):
        return "json"
    return path.rpartition("/")[2].rpartition(".")[2]


def revision_matched(if_match: str, now: int) -> int:
    """The revision among those of an If-Match header that the claim is at, compared strongly.

    RFC 9110, section 13.1.1. When the claim was compared does not matter to an edit. `*` says
    nothing of what was read and is taken for no condition.
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
    """Give the answer the tag of its validity; raise `NotModified` where the client has it."""
    state = request.app.state
    validity = validity_of(request.scope, read_numbers(session), state.base_url, state.now)
    request.state.today = validity.today
    use_validity(request, validity)


async def _today(request: Request) -> date:
    return date.fromisoformat(request.state.today)


Today = Annotated[date, Depends(_today)]
"""The day in UTC, for routes whose answers are valid for that day alone: `_SAYS_TODAY` names them.

Any other fails, so that no answer that says how long ago something was is stored past midnight.
"""


def use_validity(request: Request, validity: Validity | ClaimValidity) -> None:
    """Give the answer this entity tag; raise `NotModified` where the client has it."""
    etag = validity.tag
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
